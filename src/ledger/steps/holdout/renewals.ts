import type { Day } from '../../../base/calendar.ts';
import { MARGIN_SCALE } from '../../../base/money.ts';
import type { ContractPeriods, RenewalHoldout } from '../../../data/contracts.ts';
import type { LoadPlan } from '../../plan.ts';
import { concatChunks, count, type Dialect, type Loaded, units } from '../../store.ts';
import { due, lastRuns, paymentsOf } from '../contracts.ts';
import { dateLiteral, marginBy } from '../sql.ts';

/**
 * What the subscriptions that ran at a date did after it: payments up to the end of the holdout → the run of each customer at
 * the date → the renewals decided since, and the money of their periods. Customers are those in `customers`, rolled up as of
 * the date, which stays as it is.
 * @param after the date; its payments are known
 * @param until the last day of the holdout
 */
export async function readRenewals(
  { store, plan }: Loaded,
  periods: ContractPeriods,
  after: Day,
  until: Day,
): Promise<RenewalHoldout> {
  const [from, to] = [dateLiteral(after), dateLiteral(until)];
  const { dialect } = store;
  await store.create('paid', numberedRuns(paymentsOf(periods, to, dialect)));
  await store.create('standing', `SELECT * FROM (${lastRuns(periods, from, 'paid')}) AS r WHERE alive = 1`);
  await store.create('kept', keptRuns(periods, until, dialect));
  const margins: bigint[] = [];
  const outcomes = await concatChunks(store.chunks(outcomesOf(plan, from)), (chunk) => {
    margins.push(...chunk.decimals(4));
    return {
      made: chunk.integers(0),
      decided: chunk.integers(1),
      renewed: chunk.integers(2),
      count: chunk.doubles(3),
    };
  });
  const money = await store.rows(moneyOf(plan, from, to));
  for (const table of ['paid', 'standing', 'kept']) await store.drop(table);
  const most = outcomes.decided.reduce((longest, n) => Math.max(longest, n), 0);
  const margin = new Array<bigint>(most).fill(0n);
  for (const row of money) margin[count(row['later']) - 1] = units(row['margin']);
  const aPeriod = margins.map((sum, i) => Number(sum) / 10 ** MARGIN_SCALE / (outcomes.made[i]! + 1));
  return { outcomes: { length: margins.length, ...outcomes, margin: Float64Array.from(aPeriod) }, margin };
}

/** Payments with the number of their run, from 1. */
function numberedRuns(payments: string): string {
  return `SELECT customer_id, day, period, paid_until, starts,
  CAST(sum(starts) OVER (PARTITION BY customer_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS INTEGER) AS run
FROM (${payments}) AS p`;
}

/**
 * The runs that stood at the date with the renewals since that are decided, those whose due day, by the calendar from the first
 * payment, and grace are over; and how many of them were made. A run that goes on at the end has made all of them.
 */
function keptRuns({ months, grace }: ContractPeriods, until: Day, dialect: Dialect): string {
  const closed = dateLiteral(until - grace);
  const raw = `(extract(year FROM ${closed}) - extract(year FROM first_day)) * 12 + extract(month FROM ${closed}) - extract(month FROM first_day)`;
  return `SELECT customer_id, run_start, last_period, tenure, run, decided,
  CASE WHEN ${dateLiteral(until)} - reached_until < ${grace} OR reached - last_period > decided THEN decided ELSE CAST(reached - last_period AS INTEGER) END AS renewed
FROM (
  SELECT customer_id, run_start, last_period, tenure, run, reached, reached_until,
    CASE WHEN due_period > last_period THEN CAST(due_period - last_period AS INTEGER) ELSE 0 END AS decided
  FROM (
    SELECT customer_id, run_start, last_period, tenure, run, reached, reached_until,
      floor((raw - CASE WHEN ${due('first_day', 'raw', dialect)} > ${closed} THEN 1 ELSE 0 END) / ${months}) AS due_period
    FROM (
      SELECT customer_id, run_start, last_period, tenure, run, first_day, reached, reached_until, ${raw} AS raw FROM (
        SELECT s.customer_id AS customer_id, min(s.run_start) AS run_start, min(s.last_period) AS last_period, min(s.tenure) AS tenure,
          min(s.runs) AS run, min(s.first_day) AS first_day, max(p.period) AS reached, max(p.paid_until) AS reached_until
        FROM standing AS s INNER JOIN paid AS p ON s.customer_id = p.customer_id
        WHERE p.run = s.runs GROUP BY s.customer_id) AS r) AS c) AS d) AS k`;
}

/** Groups of customers alike, with the margin of their runs up to the date. */
function outcomesOf(plan: LoadPlan, after: string): string {
  return `SELECT CAST(tenure - 1 AS INTEGER) AS made, decided, renewed, CAST(count(*) AS DOUBLE) AS n, sum(run_margin) AS margin FROM (
  SELECT d.customer_id AS customer_id, min(k.tenure) AS tenure, min(k.decided) AS decided, min(k.renewed) AS renewed,
    ${marginBy(plan, (column) => `sum(d.${column})`)} AS run_margin
  FROM days AS d INNER JOIN kept AS k ON d.customer_id = k.customer_id
  WHERE d.day >= k.run_start AND d.day <= ${after} GROUP BY d.customer_id) AS m
GROUP BY tenure, decided, renewed ORDER BY made, decided, renewed`;
}

/** Margin by period after the date: a day without a payment, of a refund say, belongs to the period paid last. */
function moneyOf(plan: LoadPlan, after: string, until: string): string {
  const upTo = 'OVER (PARTITION BY customer_id ORDER BY day ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW)';
  return `SELECT CAST(m.reached - k.last_period AS INTEGER) AS later, sum(m.margin) AS margin FROM (
  SELECT customer_id, day, margin, max(period) ${upTo} AS reached, max(run) ${upTo} AS in_run FROM (
    SELECT d.customer_id AS customer_id, d.day AS day, ${marginBy(plan, (column) => `d.${column}`)} AS margin, p.period AS period, p.run AS run
    FROM days AS d LEFT JOIN paid AS p ON d.customer_id = p.customer_id AND d.day = p.day
    WHERE d.day <= ${until}) AS a) AS m
INNER JOIN kept AS k ON m.customer_id = k.customer_id
WHERE m.in_run = k.run AND m.day > ${after} AND m.reached - k.last_period >= 1 AND m.reached - k.last_period <= k.decided
GROUP BY m.reached - k.last_period ORDER BY later`;
}
