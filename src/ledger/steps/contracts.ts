import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import type { ContractPeriods, Contracts, ContractWorth, Subscriber } from '../../data/contracts.ts';
import type { LoadPlan } from '../plan.ts';
import { concatChunks, count, type Dialect, dayOrNull, Interner, type Loaded, type Store, units } from '../store.ts';
import { dateLiteral, double, marginBy, splitSegment } from './sql.ts';

/**
 * Payments of subscriptions: payment → period → runs of paid periods → the last run of each customer. The calendar: a period
 * falls due on the day of the month of the first payment, or on the last day of a shorter month; a first payment on the last
 * day of a month falls due on last days, so 31 January → 28 February → 31 March. A customer is paid up to the due day after
 * the period paid last, or one period after the payment itself if that is later; who pays more than the grace after that has
 * begun a new run.
 */

/** Reads the payments of the customers in `customers`, rolled up as of a day, as subscriptions; leaves them in `contracted`. */
export async function readContracts({ store, plan }: Loaded, periods: ContractPeriods, asOf: Day): Promise<Contracts> {
  const at = dateLiteral(asOf);
  await store.create('payments', paymentsOf(periods, at, store.dialect));
  await store.create('runs', lastRuns(periods, at));
  await store.create('contracted', contractedOf(plan, at));
  await sameCount(store, 'customers', 'contracted');
  const [counts] = await store.rows(PAYMENT_COUNTS);
  const [runs] = await store.rows(RUN_COUNTS);
  const gaps = await concatChunks(store.chunks(GAPS), (chunk) => ({
    days: chunk.integers(0),
    count: chunk.doubles(1),
  }));
  const cells = await readCells(store);
  await store.drop('payments');
  await store.drop('runs');
  await store.drop('customers');
  return {
    cells,
    payments: count(counts!['payments']),
    second: count(counts!['second']),
    returned: count(runs!['returned']),
    earlierRuns: count(runs!['earlier']),
    gaps,
  };
}

/** The due day so many months after a first payment. */
export function due(first: string, months: string, { plusMonths }: Dialect): string {
  const nextDay = `CAST(${first} + 1 AS DATE)`;
  return `CASE WHEN extract(day FROM ${nextDay}) = 1 THEN CAST(${plusMonths(nextDay, months)} - 1 AS DATE) ELSE ${plusMonths(first, months)} END`;
}

/** Payments with their period, counted from 0, the day up to which they pay, and whether a run begins with them. */
export function paymentsOf({ months, early, grace }: ContractPeriods, asOf: string, dialect: Dialect): string {
  const raw =
    '(extract(year FROM shifted) - extract(year FROM first)) * 12 + extract(month FROM shifted) - extract(month FROM first)';
  const before = 'OVER (PARTITION BY customer_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)';
  return `SELECT customer_id, day, sales, period, paid_until,
  CASE WHEN day = first THEN 0 ELSE CAST(day - max(day) ${before} AS INTEGER) END AS gap,
  CASE WHEN day = first THEN 1 WHEN day - max(paid_until) ${before} > ${grace} THEN 1 ELSE 0 END AS starts
FROM (
  SELECT customer_id, first, day, sales, period,
    greatest(${due('first', `(period + 1) * ${months}`, dialect)}, ${dialect.plusMonths('day', String(months))}) AS paid_until
  FROM (
    SELECT customer_id, first, day, sales,
      CAST(floor((raw - CASE WHEN ${due('first', 'raw', dialect)} > shifted THEN 1 ELSE 0 END) / ${months}) AS INTEGER) AS period
    FROM (
      SELECT customer_id, first, day, sales, shifted, ${raw} AS raw FROM (
        SELECT d.customer_id AS customer_id, c.first_purchase AS first, d.day AS day, CASE WHEN d.sales > 1 THEN d.sales ELSE 1 END AS sales, CAST(d.day + ${early} AS DATE) AS shifted
        FROM days AS d INNER JOIN customers AS c ON d.customer_id = c.customer_id
        WHERE d.day <= ${asOf} AND d.records > 0 AND d.revenue >= 0) AS s) AS r) AS p) AS t`;
}

const PAYMENT_COUNTS = `SELECT sum(n) AS payments, sum(n) - sum(periods) AS second FROM (
  SELECT customer_id, sum(sales) AS n, count(DISTINCT period) AS periods FROM payments GROUP BY customer_id) AS p`;

const GAPS = `SELECT gap, CAST(count(*) AS DOUBLE) AS n FROM payments WHERE gap > 0 GROUP BY gap ORDER BY gap`;

/** The last run of each customer as of a day: its first day, its periods, and whether it reaches the day; the first payment of all. */
export function lastRuns({ grace }: ContractPeriods, asOf: string, payments = 'payments'): string {
  return `SELECT customer_id, max(CASE WHEN starts = 1 THEN day END) AS run_start,
  CAST(max(period) - max(CASE WHEN starts = 1 THEN period END) + 1 AS INTEGER) AS tenure,
  min(day) AS first_day, max(period) AS last_period,
  CASE WHEN ${asOf} - max(paid_until) < ${grace} THEN 1 ELSE 0 END AS alive, sum(starts) AS runs
FROM ${payments} WHERE day <= ${asOf} GROUP BY customer_id`;
}

const RUN_COUNTS = 'SELECT count(*) AS returned, sum(runs - 1) AS earlier FROM runs WHERE runs > 1';

/**
 * Customers with their last run and its margin: of all rows since it began, refund-only days and costs included. Joined two at
 * a time: in a join of three, engines name the columns of `c.*` differently.
 */
function contractedOf(plan: LoadPlan, asOf: string): string {
  return `SELECT c.*, m.tenure AS tenure, m.alive AS alive, m.run_margin AS run_margin,
  CAST(dense_rank() OVER (ORDER BY segment, tenure, alive, run_margin) - 1 AS INTEGER) AS cell
FROM customers AS c INNER JOIN (
  SELECT d.customer_id AS customer_id, min(s.tenure) AS tenure, min(s.alive) AS alive,
    ${marginBy(plan, (column) => `sum(d.${column})`)} AS run_margin
  FROM days AS d INNER JOIN runs AS s ON d.customer_id = s.customer_id
  WHERE d.day >= s.run_start AND d.day <= ${asOf} GROUP BY d.customer_id) AS m ON c.customer_id = m.customer_id`;
}

async function readCells(store: Store): Promise<Contracts['cells']> {
  const names = new Interner();
  const margin: bigint[] = [];
  const cells = await concatChunks(store.chunks(CONTRACT_CELLS), (chunk) => {
    margin.push(...chunk.decimals(4));
    return {
      segment: names.indicesOf(chunk.texts(1)),
      tenure: chunk.integers(2),
      alive: chunk.integers(3),
      count: chunk.doubles(5),
    };
  });
  return { length: margin.length, segments: names.texts.map(splitSegment), margin, ...cells };
}

const CONTRACT_CELLS = `SELECT cell, segment, tenure, CAST(alive AS INTEGER) AS alive, run_margin, CAST(count(*) AS DOUBLE) AS n
FROM contracted GROUP BY cell, segment, tenure, alive, run_margin ORDER BY cell`;

/** The subscriber of an id, in `contracted`; null where no payment of it is known. */
export async function readSubscriber({ store }: Loaded, id: string): Promise<Subscriber | null> {
  const [row] = await store.rows(
    `SELECT cell, first_purchase, last_purchase, revenue, margin FROM contracted WHERE customer_id = ${store.dialect.parameter(1)}`,
    [id],
  );
  if (!row) return null;
  return {
    cell: count(row['cell']),
    firstPayment: dayOrNull(row['first_purchase'])!,
    lastPayment: dayOrNull(row['last_purchase'])!,
    revenue: units(row['revenue']),
    margin: units(row['margin']),
  };
}

/** Values every customer of `contracted`; leaves them in `valued`. */
export async function writeWorth({ store }: Loaded, { factor, clv }: ContractWorth): Promise<void> {
  const columns = [
    ['cell', 'integer'],
    ['factor', 'double'],
    ['clv', 'long'],
  ] as const;
  await store.fill('contract_worth', columns, factor.length, (start, end) => [
    Int32Array.from({ length: end - start }, (_, i) => start + i),
    factor.subarray(start, end),
    clv.subarray(start, end),
  ]);
  await store.create('valued', VALUED_CONTRACTS);
  await sameCount(store, 'contracted', 'valued');
  await store.drop('contracted');
}

/** What is known of a customer without its worth, besides the mean margin, which is that of a period here. */
const KNOWN = `customer_id segment first_purchase last_purchase x recency age revenue margin tenure`.split(' ');

/** Every customer with the worth of its cell, in the columns of a valuation and the paid periods of the last run. */
const VALUED_CONTRACTS = `SELECT ${KNOWN.map((column) => `c.${column} AS ${column}`).join(', ')},
  ${double('c.run_margin')} / c.tenure AS mean, CAST(c.alive AS DOUBLE) AS p_alive, w.factor AS dert, ${double('c.run_margin')} / c.tenure AS expected_margin, w.clv AS clv
FROM contracted AS c INNER JOIN contract_worth AS w ON c.cell = w.cell`;

/** E501: a join must not lose or double a customer. */
async function sameCount(store: Store, before: string, after: string): Promise<void> {
  const count = async (table: string) => (await store.rows(`SELECT count(*) AS n FROM ${table}`))[0]!['n'];
  const [reader, ledger] = [await count(before), await count(after)];
  if (reader === ledger) return;
  throw new ClvError('E501', { reader: String(reader), ledger: String(ledger), what: 'subscribers' });
}
