import { Decimal, ONE, ZERO } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { halfEvenQuotient } from '../../base/money.ts';
import type { Problem } from '../../base/rates.ts';
import type { ContractCells } from '../../data/contracts.ts';
import { type Changes, CONTRACT_DRIVERS, type Driver, type GivenScenario } from '../../data/what-if.ts';
import { ratePerPeriod } from '../../engine/contracts/timing.ts';
import { contractValues, type Terms } from '../../engine/contracts/value.ts';
import type { ContractTerms } from '../contracts/terms.ts';
import { type ContractValuation, meanMargin, sumOf, worthOf } from '../contracts/value.ts';
import { type Tried, tornadoChanges } from './figures.ts';
import { ENDLESS, marginOf, type Refused, rateOf, wonOf } from './future.ts';
import { type Trials, worthOfWon } from './trials.ts';

/** Subscriptions of one fit as they are. */
export interface ContractPart {
  readonly cells: ContractCells;
  readonly valuation: Pick<ContractValuation, 'terms' | 'equity' | 'prospectValue'>;
  readonly settings: ContractTerms;
}

/** Subscriptions as they are, and what drivers change from. */
export interface ContractBaseline {
  /** Those of each fit, one at least. */
  readonly parts: readonly ContractPart[];
  /** The one rate that all margin comes from; null where there are several. */
  readonly margin: Decimal | null;
  /** Customers won in the year up to the as-of date; null: it is not known. */
  readonly acquired: number | null;
}

/** Subscriptions under some changes: how they are valued, and their margin as a multiple of what it is. */
interface ContractFuture {
  readonly terms: Terms;
  readonly margin: Decimal;
  readonly won: Decimal | null;
}

/**
 * Values the subscriptions that run once for each scenario and each swing of a driver. What a driver is a share of where there
 * is none of it (no growth, no cost) has no swings.
 * @throws ClvError E155 or E254 for a scenario that cannot be
 */
export function tryContractScenarios(scenarios: readonly GivenScenario[], baseline: ContractBaseline): Trials {
  const { settings } = baseline.parts[0]!;
  const absent = new Set<Driver>([
    ...(settings.growth.isZero() ? ['growth' as const] : []),
    ...(settings.cost === null ? ['retention-cost' as const] : []),
    ...(baseline.acquired === null ? ['acquisition' as const] : []),
  ]);
  const swings = tornadoChanges(CONTRACT_DRIVERS.filter((driver) => !absent.has(driver)));
  const given = scenarios.map(({ changes, refuse }) => {
    const found = triedWith(changes, baseline);
    if ('problem' in found) throw refuse(found.driver, found);
    return found;
  });
  const tornado = swings.map((changes): Tried => {
    const found = triedWith(changes, baseline);
    return 'problem' in found ? { changes, refused: found.problem } : found;
  });
  const equity = baseline.parts.reduce((sum, { valuation }) => sum + valuation.equity, 0n);
  return { equity, scenarios: given, tornado };
}

/**
 * What a new customer is worth, in minor units: of several lengths, the mean over all subscriptions, as if each were new. Rounded
 * half to even.
 */
export function prospectOf(
  parts: readonly ContractPart[],
  worthIn: (part: ContractPart) => bigint = ({ valuation }) => valuation.prospectValue!,
): bigint {
  if (parts.length === 1) return worthIn(parts[0]!);
  const counts = parts.map(({ cells }) => cells.count.reduce((sum, n) => sum + n, 0));
  const sum = parts.reduce((all, part, i) => all + BigInt(counts[i]!) * worthIn(part), 0n);
  return halfEvenQuotient(sum, BigInt(counts.reduce((all, n) => all + n, 0)));
}

function triedWith(changes: Changes, baseline: ContractBaseline): Tried | Refused {
  const futures = new Map<ContractPart, ContractFuture>();
  for (const part of baseline.parts) {
    const future = futureOf(changes, part, baseline);
    if ('problem' in future) return future;
    futures.set(part, future);
  }
  const worth = new Map<ContractPart, Pick<ContractValuation, 'equity'> & { readonly prospect: bigint }>();
  try {
    for (const [part, { terms, margin }] of futures) worth.set(part, worthUnder(part.cells, terms, margin));
  } catch (error) {
    if (!(error instanceof ClvError && error.code === 'E121')) throw error;
    const driver = (['retention', 'growth', 'discount-rate'] as const).find((name) => changes.has(name));
    if (!driver) throw error;
    return { driver, ...ENDLESS };
  }
  const equity = [...worth.values()].reduce((sum, one) => sum + one.equity, 0n);
  const prospect = prospectOf(baseline.parts, (part) => worth.get(part)!.prospect);
  const { won } = futures.get(baseline.parts[0]!)!;
  return { changes, equity, prospect, acquisition: won && worthOfWon(won, prospect) };
}

function worthUnder(cells: ContractCells, terms: Terms, margin: Decimal) {
  const longest = cells.tenure.reduce((most, periods) => Math.max(most, periods), 0) + 1;
  const values = contractValues(terms, longest);
  const worth = worthOf(cells, () => values, margin);
  return { equity: sumOf(cells, worth), prospect: values.prospect(meanMargin(cells).times(margin)) };
}

function futureOf(
  changes: Changes,
  { settings, valuation }: ContractPart,
  baseline: ContractBaseline,
): ContractFuture | Refused {
  const now = valuation.terms[0]!;
  const margin = scaleOf(changes, baseline);
  if (!(margin instanceof Decimal)) return margin;
  const [discount, won] = [rateOf(changes, settings), wonOf(changes, { acquired: baseline.acquired ?? 0 })];
  if (!(discount instanceof Decimal)) return { driver: 'discount-rate', ...discount };
  if (won !== null && !(won instanceof Decimal)) return { driver: 'acquisition', ...won };
  const [growth, cost] = [growthOf(changes, settings), costOf(changes, settings)];
  if ('problem' in growth) return { driver: 'growth', ...growth };
  if (cost !== null && 'problem' in cost) return { driver: 'retention-cost', ...cost };
  const { periodsPerYear } = settings;
  const rates = {
    discount: ratePerPeriod(discount, periodsPerYear),
    growth: ratePerPeriod(growth.rate, periodsPerYear),
  };
  const yearly = changes.get('retention')?.value.plus(1) ?? ONE;
  return { terms: keptBetter({ ...now, rates, cost }, ratePerPeriod(yearly.minus(1), periodsPerYear)), margin, won };
}

/** Each renewal is made so much more often, never by more customers than there are. @param change a period, as a share */
function keptBetter(terms: Terms, change: Decimal): Terms {
  if (change.isZero()) return terms;
  const factor = change.plus(1);
  const { model, rate } = terms;
  const times = factor.toNumber();
  return {
    ...terms,
    rate: rate && Decimal.min(ONE, rate.times(factor)),
    model: {
      retention: (parameters, k) => Math.min(1, times * model.retention(parameters, k)),
      renewalsToCome: () => null,
    },
  };
}

/** Margin as a multiple of what it is: a change of price is one of revenue, all of which is margin. */
function scaleOf(changes: Changes, baseline: ContractBaseline): Decimal | Refused {
  const margin = marginOf(changes, baseline);
  if (!(margin instanceof Decimal)) return { driver: 'margin', ...margin };
  const price = changes.get('price');
  if (!price) return margin;
  if (baseline.margin?.gt(0)) return margin.plus(price.value.div(baseline.margin));
  return { driver: 'price', ...NO_ONE_MARGIN };
}

function growthOf(changes: Changes, { growth }: ContractTerms): { readonly rate: Decimal } | Problem {
  const change = changes.get('growth');
  if (!change) return { rate: growth };
  if (!change.relative) return { rate: change.value };
  return growth.isZero() ? NO_GROWTH : { rate: growth.times(change.value.plus(1)) };
}

function costOf(changes: Changes, { cost, timing }: ContractTerms): ContractTerms['cost'] | Problem {
  const change = changes.get('retention-cost');
  if (!change) return cost;
  if (change.relative) return cost === null ? NO_COST : { ...cost, amount: cost.amount.times(change.value.plus(1)) };
  return { amount: change.value, timing: cost?.timing ?? timing };
}

const NO_ONE_MARGIN: Problem = {
  problem: 'changes revenue, and margin is not one rate of it here',
  remedy: 'change the margin instead: margin=+5%',
};

const NO_GROWTH: Problem = { problem: 'is a share of none: the growth is 0', remedy: 'give a rate: growth=2%' };

const NO_COST: Problem = {
  problem: 'is a share of none: no cost is given',
  remedy: 'give an amount: retention-cost=2.50',
};

/** The most payments that are looked for. */
const NEVER = 2 ** 20;

/**
 * Days until the margin expected of a new customer, its first payment at once, adds up to a cost; null where that is never
 * within the horizon. Of several lengths, that of the mean over all subscriptions.
 */
export function paybackDays(parts: readonly ContractPart[], cost: Decimal): number | null {
  const units = cost.times(new Decimal(10).pow(parts[0]!.settings.digits));
  const lengthOf = ({ cells }: ContractPart): number => cells.fits[cells.fit[0]!]!.length.days;
  /** @param days null: the whole horizon */
  const isShort = (days: number | null): boolean => {
    const brought = prospectOf(parts, (part) => {
      const terms = part.valuation.terms[0]!;
      const paid = days === null ? null : Math.round((days / lengthOf(part)) * EXACT) / EXACT;
      const periods = paid === null ? terms.periods : Math.min(Math.floor(paid) + 1, terms.periods ?? NEVER);
      return contractValues({ ...terms, periods }, 0).prospect(meanMargin(part.cells));
    });
    return units.gt(brought.toString());
  };
  if (units.lte(ZERO) || !isShort(0)) return 0;
  if (isShort(null)) return null;
  const found = parts.flatMap((part) => firstOf(lengthOf(part), isShort) ?? []);
  return found.length === 0 ? null : Math.min(...found);
}

/** Parts of a length that are told apart: days of lengths are no exact multiples of each other. */
const EXACT = 1e6;

/** The first whole number of lengths, in days, that is not short; null where it is too far to be looked for. */
function firstOf(length: number, isShort: (days: number) => boolean): number | null {
  let [low, high] = [0, 1];
  for (; isShort(high * length); high *= 2) {
    if (high > NEVER) return null;
    low = high;
  }
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (isShort(middle * length)) low = middle;
    else high = middle;
  }
  return high * length;
}
