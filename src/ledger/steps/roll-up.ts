import type { Day } from '../../base/calendar.ts';
import { DAYS_PER_YEAR } from '../../base/units.ts';
import type { Part, Population } from '../../data/customers.ts';
import type { RollUpName } from '../../data/movement.ts';
import type { LoadPlan, RollUpPlan } from '../plan.ts';
import { count, dayOrNull, type Loaded, type Row, units } from '../store.ts';
import { customersByOccasion, occasions } from './occasions.ts';
import * as sql from './roll-up-sql.ts';
import { dateLiteral } from './sql.ts';

/** Makes the table `name` of customers with their states and exact money, and tells what became of every record. */
export async function rollUp(
  { store, plan: loaded, days, summed }: Loaded,
  asked: RollUpPlan,
  name: RollUpName,
): Promise<Population> {
  const { asOf, spendFrom, fillMeans, opportunity, last = false } = asked;
  const [plan, table] = pricedBy(loaded, asked.openingMargins === true);
  const day = asOf ?? days.at(-1)!;
  const at = dateLiteral(day);
  const rolled = rolledAt({ store, plan, days, summed }, day, table);
  await store.create('irregular', sql.irregularCustomers(plan, at, table));
  if (opportunity) {
    await store.create('rolled', rolled);
    await store.create('occasions', occasions(plan, opportunity, spendFrom, day));
  }
  const customers = opportunity
    ? customersByOccasion(opportunity, spendFrom, day)
    : sql.customersOf(rolled, spendFrom, at);
  if (fillMeans) await store.create('unfilled', customers);
  await store.create(name, fillMeans ? sql.withFilledMeans() : sql.withMeans(customers));
  const begun = (await store.rows(sql.byFirstPurchase(name))).map(begunOn);
  const [without] = await store.rows(sql.WITHOUT_PURCHASE);
  const [late] = day < days.at(-1)! ? await store.rows(sql.afterAsOf(at)) : [];
  const [left] = plan.costs === null ? [] : await store.rows(sql.costsLeft(at));
  const made = [
    'irregular',
    ...(opportunity ? ['rolled', 'occasions'] : []),
    ...(fillMeans ? ['unfilled'] : []),
    ...(last ? ['days'] : []),
  ];
  for (const table of made) await store.drop(table);
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
  if (summed !== null && asOf >= days.at(-1)!) return sql.keptRollUp(plan, summed);
  return sql.rolledUp(plan, dateLiteral(asOf), table, store.dialect);
}

/** Customers whose first purchase was on one day. */
interface Begun extends Part {
  readonly day: Day;
  readonly notPositive: number;
  readonly changed: number;
}

function begunOn(row: Row): Begun {
  return {
    day: dayOrNull(row['first_purchase'])!,
    notPositive: count(row['not_positive']),
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
