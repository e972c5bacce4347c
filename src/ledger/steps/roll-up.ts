import type { Day } from '../../base/calendar.ts';
import { DAYS_PER_YEAR } from '../../base/units.ts';
import type { Part, Population } from '../../data/customers.ts';
import type { RollUpName } from '../../data/movement.ts';
import type { LoadPlan, RollUpPlan } from '../plan.ts';
import { count, dayOrNull, type Loaded, type Row, type Summed, units } from '../store.ts';
import { customersByOccasion, occasions } from './occasions.ts';
import * as sql from './roll-up-sql.ts';
import { dateLiteral } from './sql.ts';

/**
 * Makes the table `name` of customers with their states and exact money, and tells what became of every record.
 * @param known what is told of it, where that is known
 */
export async function rollUp(
  loaded: Loaded,
  asked: RollUpPlan,
  name: RollUpName,
  known: Population | null = null,
): Promise<Population> {
  const { store } = loaded;
  const [plan, days] = pricedBy(loaded.plan, asked.openingMargins === true);
  const day = rolledUpTo(loaded, asked);
  const irregular = `${name}_irregular`;
  await store.create(irregular, sql.irregularCustomers(plan, dateLiteral(day), days));
  const helpers = await makeCustomers({ ...loaded, plan }, asked, {
    name,
    day,
    days,
    irregular,
    again: known !== null,
  });
  const population = known ?? (await populationOf({ ...loaded, plan }, day, name, irregular));
  loaded.largestMeans.set(name, population.largestMean);
  for (const table of [...helpers, ...(asked.last ? ['days'] : [])]) await store.drop(table);
  return population;
}

/** The day as of which a roll-up is made. */
export function rolledUpTo({ days }: Pick<Loaded, 'days'>, { asOf }: Pick<RollUpPlan, 'asOf'>): Day {
  return asOf ?? days.at(-1)!;
}

/** What a table of customers is made of. */
interface Making {
  readonly name: RollUpName;
  readonly day: Day;
  /** The table of customer-days. */
  readonly days: string;
  /** The table of irregularCustomers. */
  readonly irregular: string;
  /** Whether what is asked of all customers first is known: the rest is read a few times at most. */
  readonly again: boolean;
}

/** Makes the customers, a table unless they are read a few times and stand added up. @returns the tables that nobody needs any more */
async function makeCustomers(
  { store, plan, days: all, summed }: Loaded,
  { spendFrom, fillMeans, opportunity, inSum = false }: RollUpPlan,
  { name, day, days, irregular, again }: Making,
): Promise<readonly string[]> {
  const rolled = rolledAt({ store, plan, days: all, summed }, day, days);
  if (opportunity) {
    await store.create('rolled', rolled);
    await store.create('occasions', occasions(plan, opportunity, spendFrom, day));
  }
  const [some] = await store.rows(`SELECT count(*) AS n FROM ${irregular}`);
  const early = count(some!['n']) > 0 ? irregular : null;
  const kept = keptAt({ days: all, summed }, day);
  const narrow = kept !== null && !opportunity && early === null && sql.isNarrow(plan, kept);
  const customers = opportunity
    ? customersByOccasion(opportunity, spendFrom, day)
    : sql.customersOf(rolled, early, spendFrom, dateLiteral(day), narrow);
  if (fillMeans) await store.create('unfilled', customers);
  const named = fillMeans ? sql.withFilledMeans() : sql.withMeans(customers, narrow);
  const derived = again && (kept !== null || inSum) && !opportunity && !fillMeans;
  if (derived) await store.derive(name, named);
  else await store.create(name, named);
  return [
    ...(derived && early !== null ? [] : [irregular]),
    ...(opportunity ? ['rolled', 'occasions'] : []),
    ...(fillMeans ? ['unfilled'] : []),
  ];
}

/** What became of every record as of a day. @param irregular the table of irregularCustomers */
async function populationOf(
  { store, plan, days }: Loaded,
  day: Day,
  name: RollUpName,
  irregular: string,
): Promise<Population> {
  const at = dateLiteral(day);
  const begun = (await store.rows(sql.byFirstPurchase(name))).map(begunOn);
  const [without] = await store.rows(sql.withoutPurchase(irregular));
  const [late] = day < days.at(-1)! ? await store.rows(sql.afterAsOf(at)) : [];
  const [left] = plan.costs === null ? [] : await store.rows(sql.costsLeft(at, irregular));
  const sum = (pick: (one: Begun) => number, from = Number.NEGATIVE_INFINITY, to = Number.POSITIVE_INFINITY): number =>
    begun.reduce((all, one) => (one.day >= from && one.day < to ? all + pick(one) : all), 0);
  const begunFrom = (from: Day, to?: Day): number => sum((one) => one.customers, from, to);
  const first = begun[0]?.day ?? null;
  return {
    asOf: day,
    valued: {
      customers: sum((one) => one.customers),
      records: sum((one) => one.records),
      amount: begun.reduce((all, one) => all + one.amount, 0n),
    },
    withoutPurchase: partOf(without!),
    afterAsOf: late ? partOf(late) : NOBODY,
    firstPurchase: first,
    notPositive: sum((one) => one.notPositive),
    largestMean: begun.reduce((most, one) => Math.max(most, one.largestMean), 0),
    segmentChanged: sum((one) => one.changed),
    days,
    earlyFirst: begunFrom(first ?? day, (first ?? day) + 28),
    nextFirst: begunFrom((first ?? day) + 28, (first ?? day) + 84),
    recentFirst: begunFrom(day - DAYS_PER_YEAR),
    costsLeft: units(left?.['cost']),
  };
}

/** The query of `rolledUp`, or of those that are kept where that is the day. */
export function rolledAt(
  { store, plan, days, summed }: Pick<Loaded, 'store' | 'plan' | 'days' | 'summed'>,
  asOf: Day,
  table = 'days',
): string {
  const kept = keptAt({ days, summed }, asOf);
  return kept ? sql.keptRollUp(plan, kept) : sql.rolledUp(plan, dateLiteral(asOf), table, store.dialect);
}

/** The customers that are kept added up, where that is the day. */
function keptAt({ days, summed }: Pick<Loaded, 'days' | 'summed'>, asOf: Day): Summed | null {
  return asOf >= days.at(-1)! ? summed : null;
}

/** Customers whose first purchase was on one day. */
interface Begun extends Part {
  readonly day: Day;
  readonly notPositive: number;
  readonly largestMean: number;
  readonly changed: number;
}

function begunOn(row: Row): Begun {
  return {
    day: dayOrNull(row['first_purchase'])!,
    notPositive: count(row['not_positive']),
    largestMean: Number(row['largest_mean']),
    changed: count(row['changed']),
    ...partOf(row),
  };
}

/** The plan and the table of days by the margins of the opening, or by those of all the rest. */
export function pricedBy(loaded: LoadPlan, openingMargins: boolean): readonly [LoadPlan, string] {
  return openingMargins ? [{ ...loaded, margin: loaded.openingMargin! }, 'opening_days'] : [loaded, 'days'];
}

const NOBODY: Part = { customers: 0, records: 0, amount: 0n };

function partOf(row: Row): Part {
  return { customers: count(row['n']), records: count(row['records']), amount: units(row['amount']) };
}
