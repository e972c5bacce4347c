import type { Day } from '../../base/calendar.ts';
import type { ControlTotals } from '../../data/transactions.ts';
import type { LoadPlan, UnmatchedRules } from '../plan.ts';
import type { Dialect, Store } from '../store.ts';
import { checkCosts, checkMargins, createCosts, createRules, unmatchedLines } from './margin-tables.ts';
import { ruleTables, withMargins } from './margins.ts';
import { segmentOf, WIDE_AMOUNT, WIDE_MARGIN } from './sql.ts';
import { subscriptionRows } from './subscriptions/rows.ts';

/** What became of the transactions that were loaded. */
interface LoadedDays {
  readonly totals: ControlTotals;
  /** Every day with a transaction, in order. */
  readonly days: readonly Day[];
  readonly unmatched: readonly UnmatchedRules[];
}

/** Transactions by whole numbers: `customer, day, amount, k0 …`, and a table of `customer, customer_id`, each as it stands after FROM. */
export interface KeyedRows {
  readonly rows: string;
  readonly ids: string;
}

/**
 * Makes the tables of customer-days: `days`, `opening_days` where there are margins of an opening, and
 * `subscription_rows` where they are of subscriptions.
 * @param rows transactions, as they stand after FROM
 * @param keyed the same by whole numbers, where they have them
 * @throws ClvError E251, E252, E257
 */
export async function loadDays(
  store: Store,
  plan: LoadPlan,
  rows: string,
  keyed: KeyedRows | null,
): Promise<LoadedDays> {
  const costs = await createCosts(store, plan);
  const { openingMargin } = plan;
  const unmatched = [
    ...(await createDays(store, 'days', rows, keyed, plan, costs)),
    ...(openingMargin
      ? await createDays(store, 'opening_days', rows, keyed, { ...plan, margin: openingMargin }, costs)
      : []),
  ];
  if (costs) await checkCosts(store, plan);
  if (plan.subscriptions) {
    const priced = plan.margin.rules ? withMargins(rows, plan.margin, ruleTables(plan.margin, 'days')) : rows;
    await store.create('subscription_rows', subscriptionRows(plan, priced, store.dialect.nul));
  }
  return { ...(await readDays(store)), unmatched };
}

/** Makes a table of days, with margins where there are rules; returns those of them that match nothing. */
async function createDays(
  store: Store,
  days: string,
  rows: string,
  keyed: KeyedRows | null,
  plan: LoadPlan,
  costs: string | null,
): Promise<readonly UnmatchedRules[]> {
  const { margin } = plan;
  const tables = ruleTables(margin, days);
  await createRules(store, tables, margin);
  const priced = margin.rules ? withMargins(rows, margin, tables) : rows;
  await store.create(days, daysOf(priced, margin.rules ? null : keyed, plan, costs, store.dialect));
  if (!margin.rules) return [];
  await checkMargins(store, rows, plan, tables, days);
  const lines = await unmatchedLines(store, rows, tables);
  return lines.length === 0 ? [] : [{ file: margin.rules.file, lines }];
}

/**
 * Transactions and costs by customer and day: the number of records, revenue, and where they are asked for the margin of
 * margin rules, costs, and the least and greatest segment.
 * @param rows transactions, as they stand after FROM, with `margin`, `missing` and `tied` when there are rules
 * @param keyed the same transactions by whole numbers, which get their ids when they are days
 * @param costs subquery of `customer_id, day, cost`, or null
 */
function daysOf(rows: string, keyed: KeyedRows | null, plan: LoadPlan, costs: string | null, { nul }: Dialect): string {
  const rules = plan.margin.rules !== null;
  const grouped = [
    'count(*) AS records',
    'sum(amount) AS revenue',
    ...(plan.refunds ? ['sum(CASE WHEN amount < 0 THEN amount ELSE 0 END) AS refunds'] : []),
    ...(rules ? ['sum(margin) AS margin', 'sum(missing) AS missing', 'sum(tied) AS tied'] : []),
    ...(plan.by.length > 0
      ? [`min(${segmentOf(plan.by, nul)}) AS least_segment`, `max(${segmentOf(plan.by, nul)}) AS segment`]
      : []),
    ...(plan.fitBy.length > 0 ? [`max(${segmentOf(plan.fitBy, nul)}) AS fit_group`] : []),
  ];
  const by = (customer: string, from: string): string =>
    `SELECT ${customer}, day, ${grouped.join(', ')} FROM ${from} AS r GROUP BY ${customer}, day`;
  const transactions = keyed
    ? `SELECT i.customer_id AS customer_id, ${['day', ...grouped.map(nameOf)].map((name) => `g.${name} AS ${name}`).join(', ')}
FROM (${by('customer', keyed.rows)}) AS g INNER JOIN ${keyed.ids} AS i ON g.customer = i.customer`
    : by('customer_id', rows);
  if (costs === null) return transactions;
  const counted = plan.refunds ? ['refunds'] : [];
  const one = ['customer_id', 'day', 'records', 'revenue', ...counted, ...(rules ? ['margin', 'missing', 'tied'] : [])];
  const segments = [
    ...(plan.by.length > 0 ? ['least_segment', 'segment'] : []),
    ...(plan.fitBy.length > 0 ? ['fit_group'] : []),
  ];
  const zero: Readonly<Record<string, string>> = {
    customer_id: 'customer_id',
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
  return `SELECT customer_id, day, ${[...sums, ...segments.map((s) => `max(${s}) AS ${s}`)].join(', ')}, sum(cost) AS cost FROM (
  SELECT ${[...one, ...segments].join(', ')}, CAST(0 AS ${WIDE_AMOUNT}) AS cost FROM (${transactions}) AS t
  UNION ALL SELECT ${costRows.join(', ')} FROM (${costs}) AS c) AS u GROUP BY customer_id, day`;
}

/** The name that an expression is given. */
function nameOf(expression: string): string {
  return expression.slice(expression.lastIndexOf(' AS ') + 4);
}

async function readDays(store: Store): Promise<Pick<LoadedDays, 'totals' | 'days'>> {
  const days: Day[] = [];
  let [records, amount, dayNumbers, idBytes] = [0n, 0n, 0n, 0n];
  for await (const chunk of store.chunks(sumsByDay(store.dialect))) {
    const [day, count, sum, bytes] = [chunk.integers(0), chunk.bigints(1), chunk.decimals(2), chunk.bigints(3)];
    for (let i = 0; i < chunk.rowCount; i++) {
      if (count[i]! > 0n) days.push(day[i]!);
      records += count[i]!;
      amount += sum[i]!;
      dayNumbers += count[i]! * BigInt(day[i]!);
      idBytes += bytes[i]!;
    }
  }
  const [firstDay, lastDay] = [days[0] ?? null, days.at(-1) ?? null];
  return { totals: { records: Number(records), amount, days: dayNumbers, idBytes, firstDay, lastDay }, days };
}

/** What the ledger holds by day, to be held against what the reader counted; days with costs alone are among them. */
function sumsByDay({ byteLength }: Dialect): string {
  return `SELECT day, CAST(sum(records) AS BIGINT) AS n, sum(revenue) AS amount,
  CAST(sum(records * ${byteLength}(customer_id)) AS BIGINT) AS id_bytes
FROM days GROUP BY day ORDER BY day`;
}
