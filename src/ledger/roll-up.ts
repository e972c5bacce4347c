import { type Day, isoOf } from '../base/calendar.ts';
import type { Part, Population } from '../base/customers.ts';
import type { RollUpName } from '../base/movement.ts';
import type { LoadPlan, RollUpPlan } from './ledger.ts';
import * as sql from './sql.ts';
import { customersByOccasion, occasions } from './sql-opportunity.ts';
import { count, dayOrNull, type Row, type Store, units } from './store.ts';

/** Makes the table `name` of customers with their states and exact money, and tells what became of every record. */
export async function rollUp(store: Store, loaded: LoadPlan, asked: RollUpPlan, name: RollUpName): Promise<Population> {
  const { asOf, spendFrom, fillMeans, opportunity } = asked;
  const [plan, table] = pricedBy(loaded, asked.openingMargins === true);
  const days = (await store.rows(sql.DAYS)).map((row) => dayOrNull(row['day'])!);
  const day = asOf ?? days.at(-1)!;
  const at = dateLiteral(day);
  await store.create('rolled', sql.rolledUp(plan, at, table));
  const target = fillMeans ? 'unfilled' : name;
  if (opportunity) {
    await store.create('occasions', occasions(plan, opportunity, spendFrom, day));
    await store.create(target, customersByOccasion(opportunity, spendFrom, day));
  } else {
    await store.create('early_margins', sql.earlyMargins(plan, table));
    await store.create(target, sql.customersOf(spendFrom, at));
  }
  if (fillMeans) await store.create(name, sql.filledCustomers());
  const [all] = await store.rows(sql.ALL_CUSTOMERS);
  const [valued] = await store.rows(sql.valuedCustomers(name));
  const [late] = await store.rows(sql.afterAsOf(at));
  const [left] = plan.costs === null ? [] : await store.rows(sql.costsLeft(at));
  const [whole, mine] = [partOf(all!), partOf(valued!)];
  const first = dayOrNull(valued!['first_purchase']);
  const [early] = await store.rows(sql.firstPurchases(dateLiteral(first ?? day), at, name));
  for (const made of ['rolled', opportunity ? 'occasions' : 'early_margins', ...(fillMeans ? ['unfilled'] : [])]) {
    await store.drop(made);
  }
  return {
    asOf: day,
    valued: mine,
    withoutPurchase: {
      customers: whole.customers - mine.customers,
      records: whole.records - mine.records,
      amount: whole.amount - mine.amount,
    },
    afterAsOf: partOf(late!),
    firstPurchase: first,
    notPositive: count(valued!['not_positive']),
    segmentChanged: count(valued!['changed']),
    days,
    earlyFirst: count(early!['early']),
    nextFirst: count(early!['next']),
    recentFirst: count(early!['recent']),
    costsLeft: units(left?.['cost']),
  };
}

/** The plan and the table of days by the margins of the opening, or by those of all the rest. */
export function pricedBy(loaded: LoadPlan, openingMargins: boolean): readonly [LoadPlan, string] {
  return openingMargins ? [{ ...loaded, margin: loaded.openingMargin! }, 'opening_days'] : [loaded, 'days'];
}

function partOf(row: Row): Part {
  return { customers: count(row['n']), records: count(row['records']), amount: units(row['amount']) };
}

/** A day as an SQL literal. */
export function dateLiteral(day: Day): string {
  return `CAST('${isoOf(day)}' AS DATE)`;
}
