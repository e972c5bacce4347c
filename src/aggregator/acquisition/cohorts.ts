import { AMOUNT_SCALE, halfEvenQuotient, MARGIN_SCALE } from '../../base/money.ts';
import { NORMAL_95 } from '../../base/normal.ts';
import type { Acquired, AcquiredGroup, AcquisitionCost, AgeCell } from '../../data/acquisition/cohorts.ts';

/** Customers by when or where they were won: what they brought by age, what they are worth, and what it cost to win them. */

/** Customers of a cohort in one period of their age. */
export interface AgeOf {
  readonly age: number;
  /** Those whose period of that age was over on the as-of date. */
  readonly customers: number;
  /** Of them, those with a purchase in it. */
  readonly buyers: number;
  /** Of the whole cohort, in 10^-10: those whose period is not over included, so that the ages sum to the cohort. */
  readonly margin: bigint;
  /** Margin up to the end of that age a customer, in minor units; null where the period is over for nobody. */
  readonly cumulative: bigint | null;
  /** Its 95 % interval; null for fewer than two customers. */
  readonly low: bigint | null;
  readonly high: bigint | null;
}

/** A cohort: of a calendar period, of values of segment columns, or of those without any purchase (neither). */
export interface CohortFound {
  readonly period: number | null;
  readonly segment: readonly string[] | null;
  readonly customers: number;
  readonly margin: bigint;
  readonly clv: bigint;
  readonly ages: readonly AgeOf[];
  /** In 10^-4; null where none is known. */
  readonly cost: bigint | null;
}

/** How the ages are looked at. */
interface Looked {
  /** Whether cohorts are of the values of segment columns, whatever the period. */
  readonly bySegment: boolean;
  /** The period of the as-of date, and the last one that is over. */
  readonly now: number;
  readonly complete: number;
  readonly digits: number;
}

/** Cohorts in their order, customers without any purchase last, and the costs that belong to none. */
export function cohortsOf(
  { groups, cells }: Acquired,
  costs: readonly AcquisitionCost[],
  looked: Looked,
): { readonly cohorts: readonly CohortFound[]; readonly left: readonly AcquisitionCost[] } {
  const { bySegment } = looked;
  const nameOf = ({ segment, period }: Pick<AcquiredGroup, 'segment' | 'period'>): string =>
    period === null ? '' : JSON.stringify(bySegment ? segment : period);
  const gathered = groupedBy(groups, nameOf);
  const cellsOf = groupedBy(cells, nameOf);
  const { spent, left } = costsOf(costs, looked, groups, nameOf);
  const none = gathered.get('');
  gathered.delete('');
  const sorted = [...gathered].sort(([, [a]], [, [b]]) => (bySegment ? 0 : a!.period! - b!.period!));
  const cohorts = [...sorted, ...(none ? ([['', none]] as const) : [])].map(([name, own]) => ({
    period: bySegment ? null : own[0]!.period,
    segment: bySegment && name !== '' ? own[0]!.segment : null,
    customers: own.reduce((sum, group) => sum + group.customers, 0),
    margin: own.reduce((sum, group) => sum + group.margin, 0n),
    clv: own.reduce((sum, group) => sum + group.clv, 0n),
    ages: name === '' ? [] : agesOf(own, cellsOf.get(name) ?? [], looked),
    cost: spent.get(name) ?? null,
  }));
  return { cohorts, left };
}

function groupedBy<T>(all: readonly T[], nameOf: (one: T) => string): Map<string, T[]> {
  const found = new Map<string, T[]>();
  for (const one of all) {
    const own = found.get(nameOf(one));
    if (own) own.push(one);
    else found.set(nameOf(one), [one]);
  }
  return found;
}

/** Costs by the cohort that they belong to: that of their period, or of their segment where their period is not outside of the data. */
function costsOf(
  costs: readonly AcquisitionCost[],
  { now }: Looked,
  groups: readonly AcquiredGroup[],
  nameOf: (group: Pick<AcquiredGroup, 'segment' | 'period'>) => string,
): { readonly spent: ReadonlyMap<string, bigint>; readonly left: readonly AcquisitionCost[] } {
  const begun = groups.filter((group) => group.period !== null);
  const first = Math.min(...begun.map((group) => group.period!));
  const known = new Set(begun.map(nameOf));
  const spent = new Map<string, bigint>();
  const left: AcquisitionCost[] = [];
  for (const one of costs) {
    const period = one.period ?? first;
    const name = nameOf({ segment: one.segment ?? [], period });
    if (known.has(name) && period >= first && period <= now) spent.set(name, (spent.get(name) ?? 0n) + one.cost);
    else left.push(one);
  }
  return { spent, left };
}

/** Sums over the customers of a group up to an age. */
interface Sums {
  readonly margin: bigint;
  readonly rounded: bigint;
  readonly squares: bigint;
}

/**
 * Ages 0 to that of the oldest customers. What a customer brought up to an age is known of those whose period of that age is
 * over; its mean and its spread are those of these customers.
 */
function agesOf(groups: readonly AcquiredGroup[], cells: readonly AgeCell[], looked: Looked): readonly AgeOf[] {
  const { now, complete, digits } = looked;
  const byGroup = groupedBy(cells, (cell) => String(cell.period));
  const periods = [...groupedBy(groups, (group) => String(group.period))].map(([period, own]) => ({
    period: Number(period),
    customers: own.reduce((sum, group) => sum + group.customers, 0),
    cells: groupedBy(byGroup.get(period) ?? [], (cell) => String(cell.age)),
    upTo: { margin: 0n, rounded: 0n, squares: 0n } as Sums,
  }));
  const oldest = now - Math.min(...periods.map(({ period }) => period));
  return Array.from({ length: oldest + 1 }, (_, age): AgeOf => {
    let [customers, buyers, margin] = [0, 0, 0n];
    let sums: Sums = { margin: 0n, rounded: 0n, squares: 0n };
    for (const group of periods) {
      const own = group.cells.get(String(age)) ?? [];
      group.upTo = own.reduce(plus, group.upTo);
      margin = own.reduce((sum, cell) => sum + cell.margin, margin);
      if (group.period + age > complete) continue;
      customers += group.customers;
      buyers += own.reduce((sum, cell) => sum + cell.buyers, 0);
      sums = plus(sums, group.upTo);
    }
    return { age, customers, buyers, margin, ...meanOf(sums, customers, digits) };
  });
}

function plus(a: Sums, b: Sums): Sums {
  return { margin: a.margin + b.margin, rounded: a.rounded + b.rounded, squares: a.squares + b.squares };
}

/** The mean of so many customers in minor units, half to even, with mean ± 1.96 s/√n, s² of the customers' margins in whole minor units. */
function meanOf(
  { margin, rounded, squares }: Sums,
  customers: number,
  digits: number,
): Pick<AgeOf, 'cumulative' | 'low' | 'high'> {
  if (customers === 0) return { cumulative: null, low: null, high: null };
  const n = BigInt(customers);
  const cumulative = halfEvenQuotient(margin, n * 10n ** BigInt(MARGIN_SCALE - digits));
  if (customers === 1) return { cumulative, low: null, high: null };
  const variance = Number(n * squares - rounded * rounded) / (customers * (customers - 1));
  const half = BigInt(Math.round(NORMAL_95 * Math.sqrt(variance / customers)));
  return { cumulative, low: cumulative - half, high: cumulative + half };
}

/** The cost of a customer in minor units, half to even; null where no cost is known. */
export function costOfCustomer(
  { cost, customers }: Pick<CohortFound, 'cost' | 'customers'>,
  digits: number,
): bigint | null {
  if (cost === null) return null;
  const scale = 10n ** BigInt(AMOUNT_SCALE);
  return halfEvenQuotient(cost * 10n ** BigInt(digits), BigInt(customers) * scale);
}

/** The first age at which a customer of the cohort has brought its cost, of the figures in minor units; null: at none so far. */
export interface Payback {
  readonly age: number | null;
  /** By the upper and the lower end of the intervals. */
  readonly low: number | null;
  readonly high: number | null;
}

export function paybackOf(cohort: CohortFound, digits: number): Payback {
  const cost = costOfCustomer(cohort, digits);
  const reached = (pick: (age: AgeOf) => bigint | null): number | null => {
    if (cost === null) return null;
    const first = cohort.ages.find((age) => {
      const brought = pick(age);
      return brought !== null && brought >= cost;
    });
    return first?.age ?? null;
  };
  return {
    age: reached(({ cumulative }) => cumulative),
    low: reached(({ high }) => high),
    high: reached(({ low }) => low),
  };
}
