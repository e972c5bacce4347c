import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { differingTotal, type LedgerTotals } from '../../data/transactions.ts';
import type { LoadPlan, MarginPlan, UnmatchedRules } from '../plan.ts';
import { count, type Dialect, type Loaded, type Store, type Summed, totalsFrom, units } from '../store.ts';
import { SUMS } from './books/tables.ts';
import { checkCosts, checkMargins, createCosts, createRules, unmatchedLines } from './margin-tables.ts';
import { ruleTables, withMargins } from './margins.ts';
import { DAY_SUMS, REFUND_SUM, segmentOf, WIDE_AMOUNT, WIDE_MARGIN, withIds } from './sql.ts';
import { subscriptionRows } from './subscriptions/rows.ts';

/** What became of the transactions that were loaded. */
interface LoadedDays extends Pick<Loaded, 'days' | 'ids' | 'summed'> {
  readonly totals: LedgerTotals;
  readonly unmatched: readonly UnmatchedRules[];
}

/** Transactions by whole numbers: `customer, day, amount, k0 …`, and a table of `customer, customer_id`, each as it stands after FROM. */
export interface KeyedRows {
  readonly rows: string;
  readonly ids: string;
  readonly summary: Summary | null;
}

/** The same transactions added up, each as it stands after FROM; null: they are not. */
export interface Summary {
  /** By customer and day: `customer, day, records, revenue, refunds`. */
  readonly days: string;
  /** As of the last day: `customer, records, first_purchase, last_purchase, purchases, revenue, first_revenue`. */
  readonly customers: string;
  /** The book that keeps them, for errors. */
  readonly book: string;
}

/**
 * Makes the tables of customer-days: `days`, `opening_days` where there are margins of an opening, and
 * `subscription_rows` where they are of subscriptions.
 * @param rows transactions, as they stand after FROM
 * @param keyed the same by whole numbers, where they have them
 * @throws ClvError E251, E252, E257, E487
 */
export async function loadDays(
  store: Store,
  plan: LoadPlan,
  rows: string,
  keyed: KeyedRows | null,
): Promise<LoadedDays> {
  const costs = await createCosts(store, plan);
  const { openingMargin } = plan;
  const byNumber = keyed !== null && !namesCustomers(plan) ? keyed : null;
  const from: DayRows = byNumber ? { rows: byNumber.rows, customer: 'customer' } : { rows, customer: 'customer_id' };
  const ids = byNumber?.ids ?? null;
  const summary = byNumber && isPlain(plan) ? byNumber.summary : null;
  const unmatched: UnmatchedRules[] = [];
  for (const [name, priced] of [
    ['days', plan] as const,
    ...(openingMargin ? [['opening_days', { ...plan, margin: openingMargin }] as const] : []),
  ]) {
    if (summary) await store.derive(name, keptDays(plan, summary));
    else unmatched.push(...(await createDays(store, name, from, priced, costs)));
  }
  if (costs) await checkCosts(store, plan);
  if (plan.subscriptions) {
    const priced = plan.margin.rules ? withMargins(rows, plan.margin, ruleTables(plan.margin, 'days')) : rows;
    await store.create('subscription_rows', subscriptionRows(plan, priced, store.dialect.nul));
  }
  const found = await readDays(store, summary && plan.nameless ? null : withIds(summary?.customers ?? 'days', ids));
  const summed = summary && (await checkSummary(store, summary, from.rows, found.totals));
  return { ...found, ids, summed, unmatched };
}

/** E487 where transactions are others than those that were added up, by customer and day or by customer. */
async function checkSummary(store: Store, summary: Summary, rows: string, added: LedgerTotals): Promise<Summed> {
  const { book, customers } = summary;
  const [row] = await store.rows(`SELECT ${SUMS}, min(day) AS first_day, max(day) AS last_day FROM ${rows} AS r`);
  const counted = { ...totalsFrom(row!), idBytes: 0n };
  const [held] =
    await store.rows(`SELECT CAST(sum(records) AS BIGINT) AS records, sum(revenue) AS amount, CAST(max(greatest(abs(revenue), abs(first_revenue))) AS DOUBLE) AS most
FROM ${customers} AS c`);
  const byDay = { ...added, idBytes: null };
  const byCustomer = { ...byDay, records: count(held!['records']), amount: units(held!['amount']) };
  for (const [how, sums] of [['by customer and day', byDay] as const, ['by customer', byCustomer] as const]) {
    const found = differingTotal(counted, sums);
    if (found === null) continue;
    const { what, reader: wanted, ledger } = found;
    throw new ClvError('E487', { what: `the ${what} ${how}`, found: ledger, wanted }, { file: book });
  }
  return { customers, most: Math.ceil(Number(held!['most'] ?? 0)) };
}

/** Transactions as they stand after FROM, and the column that tells their customers apart. */
interface DayRows {
  readonly rows: string;
  readonly customer: 'customer' | 'customer_id';
}

/** Whether costs, margins or subscriptions name customers by their ids. */
function namesCustomers({ costs, subscriptions, margin, openingMargin }: LoadPlan): boolean {
  const byCustomer = (plan: MarginPlan | null | undefined): boolean =>
    plan?.rules?.columns.some((key) => key < 0) === true;
  return costs !== null || Boolean(subscriptions) || byCustomer(margin) || byCustomer(openingMargin);
}

/** Whether all that days tell of a customer is money by one rate: no rules, and no column. */
function isPlain({ margin, openingMargin, by, fitBy }: LoadPlan): boolean {
  return !margin.rules && !openingMargin?.rules && by.length === 0 && fitBy.length === 0;
}

/** The columns that `daysOf` would make. */
function keptDays({ refunds }: LoadPlan, { days }: Summary): string {
  return `SELECT customer, day, records, revenue${refunds ? ', refunds' : ''} FROM ${days}`;
}

/** Makes a table of days, with margins where there are rules; returns those of them that match nothing. */
async function createDays(
  store: Store,
  days: string,
  { rows, customer }: DayRows,
  plan: LoadPlan,
  costs: string | null,
): Promise<readonly UnmatchedRules[]> {
  const { margin } = plan;
  const tables = ruleTables(margin, days);
  await createRules(store, tables, margin);
  const priced = margin.rules ? withMargins(rows, margin, tables) : rows;
  await store.create(days, daysOf({ rows: priced, customer }, plan, costs, store.dialect));
  if (!margin.rules) return [];
  await checkMargins(store, rows, plan, tables, days);
  const lines = await unmatchedLines(store, rows, tables);
  return lines.length === 0 ? [] : [{ file: margin.rules.file, lines }];
}

/**
 * Transactions and costs by customer and day: the number of records, revenue, and where they are asked for the margin of
 * margin rules, costs, and the least and greatest segment.
 * @param rows transactions, as they stand after FROM, with `margin`, `missing` and `tied` when there are rules
 * @param costs subquery of `customer_id, day, cost`, or null
 */
function daysOf({ rows, customer }: DayRows, plan: LoadPlan, costs: string | null, { nul }: Dialect): string {
  const rules = plan.margin.rules !== null;
  const grouped = [
    DAY_SUMS,
    ...(plan.refunds ? [REFUND_SUM] : []),
    ...(rules ? ['sum(margin) AS margin', 'sum(missing) AS missing', 'sum(tied) AS tied'] : []),
    ...(plan.by.length > 0
      ? [`min(${segmentOf(plan.by, nul)}) AS least_segment`, `max(${segmentOf(plan.by, nul)}) AS segment`]
      : []),
    ...(plan.fitBy.length > 0 ? [`max(${segmentOf(plan.fitBy, nul)}) AS fit_group`] : []),
  ];
  const transactions = `SELECT ${customer} AS customer, day, ${grouped.join(', ')} FROM ${rows} AS r GROUP BY ${customer}, day`;
  if (costs === null) return transactions;
  const counted = plan.refunds ? ['refunds'] : [];
  const one = ['customer', 'day', 'records', 'revenue', ...counted, ...(rules ? ['margin', 'missing', 'tied'] : [])];
  const segments = [
    ...(plan.by.length > 0 ? ['least_segment', 'segment'] : []),
    ...(plan.fitBy.length > 0 ? ['fit_group'] : []),
  ];
  const zero: Readonly<Record<string, string>> = {
    customer: 'customer_id',
    day: 'day',
    revenue: `CAST(0 AS ${WIDE_AMOUNT})`,
    refunds: `CAST(0 AS ${WIDE_AMOUNT})`,
    margin: `CAST(0 AS ${WIDE_MARGIN})`,
  };
  const costRows = [
    ...one.map((name) => zero[name] ?? '0'),
    ...segments.map(() => 'NULL'),
    `CAST(cost AS ${WIDE_AMOUNT})`,
  ];
  const sums = one.slice(2).map((name) => `sum(${name}) AS ${name}`);
  return `SELECT customer, day, ${[...sums, ...segments.map((s) => `max(${s}) AS ${s}`)].join(', ')}, sum(cost) AS cost FROM (
  SELECT ${[...one, ...segments].join(', ')}, CAST(0 AS ${WIDE_AMOUNT}) AS cost FROM (${transactions}) AS t
  UNION ALL SELECT ${costRows.join(', ')} FROM (${costs}) AS c) AS u GROUP BY customer, day`;
}

/** @param named the days with the ids of their customers, as they stand after FROM; null where the ids are not read */
async function readDays(store: Store, named: string | null): Promise<Pick<LoadedDays, 'totals' | 'days'>> {
  const days: Day[] = [];
  let [records, amount, dayNumbers] = [0n, 0n, 0n];
  for await (const chunk of store.chunks(SUMS_BY_DAY)) {
    const [day, count, sum] = [chunk.integers(0), chunk.bigints(1), chunk.decimals(2)];
    for (let i = 0; i < chunk.rowCount; i++) {
      if (count[i]! > 0n) days.push(day[i]!);
      records += count[i]!;
      amount += sum[i]!;
      dayNumbers += count[i]! * BigInt(day[i]!);
    }
  }
  const [firstDay, lastDay] = [days[0] ?? null, days.at(-1) ?? null];
  const [ofIds] = named === null ? [] : await store.rows(idBytesOf(named, store.dialect));
  const idBytes = ofIds ? units(ofIds['id_bytes']) : null;
  return { totals: { records: Number(records), amount, days: dayNumbers, idBytes, firstDay, lastDay }, days };
}

/** What the ledger holds by day, to be held against what the reader counted; days with costs alone are among them. */
const SUMS_BY_DAY = `SELECT day, CAST(sum(records) AS BIGINT) AS n, sum(revenue) AS amount FROM days GROUP BY day ORDER BY day`;

/** The bytes of the ids of all records. @param records of customers with their ids, as they stand after FROM */
function idBytesOf(records: string, { byteLength }: Dialect): string {
  return `SELECT CAST(sum(records * ${byteLength}(customer_id)) AS BIGINT) AS id_bytes FROM ${records} AS r`;
}
