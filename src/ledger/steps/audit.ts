import type { Day } from '../../base/calendar.ts';
import { MARGIN_SCALE, unitsText } from '../../base/money.ts';
import type { Audit, AuditedBlock, AuditPlan, Contrast, CurvePoint, Standing, Sums } from '../../data/audit.ts';
import { anew } from '../../data/lists.ts';
import type { LoadPlan } from '../plan.ts';
import { count, type Loaded, type Row, type Store, units } from '../store.ts';
import { readCohorts, readFlows } from './audit-periods.ts';
import { rolledAt } from './roll-up.ts';
import { dateLiteral, splitSegment, withIds } from './sql.ts';

/** Past money of customers, ranked by profit; ties by id. Days need the column of refunds (LoadPlan.refunds). */

const BY_PROFIT = 'ORDER BY profit DESC, customer_id';

/** Reads past profitability from `days`, and from `valued` where customers have a CLV; leaves it by customer in `audited`. */
export async function readAudit(loaded: Loaded, asked: AuditPlan): Promise<Audit> {
  const { store, plan, kept } = loaded;
  const { asOf, earlier, later, every, valued } = asked;
  await store.create('audited', auditedOf(loaded, asOf, valued));
  const whole = (await readSums(store, '0'))[0]!.sums;
  const { past, future } = standings(whole);
  const customers = (contrast: Contrast | null): AsyncIterable<AuditedBlock> =>
    anew(() => blocks(store, plan, auditedRows(whole, contrast)));
  const periods = earlier &&
    later && { from: dateLiteral(earlier.from), split: dateLiteral(later.from), to: dateLiteral(later.to) };
  return {
    whole,
    customerDeciles: await tenths(store, tenthOfCustomers(whole.customers)),
    profitDeciles: whole.profit > 0n ? await tenths(store, tenthOfProfit(whole.profit)) : [],
    curve: await readCurve(store, whole),
    flows: periods
      ? await kept(['flows', periods.from, periods.split, periods.to], () => readFlows(store, plan, periods))
      : [],
    cohorts: await kept(['cohorts', every.text, asOf], () => readCohorts(store, plan, every, dateLiteral(asOf))),
    segments: (await readSums(store, 'segment')).map(({ name, sums }) => ({ ...sums, segment: splitSegment(name) })),
    quadrants: (await readSums(store, `${past} || ' ' || ${future}`)).map(({ name, sums }) => {
      const [past, future] = name.split(' ') as [Standing, Standing];
      return { ...sums, past, future };
    }),
    customers: customers(null),
    contrasts: { fallen: customers('fallen'), risen: customers('risen') },
  };
}

/** One row a customer with a transaction up to the as-of date: its money, its place and the profit of all up to it. */
function auditedOf(loaded: Loaded, asOf: Day, valued: boolean): string {
  const { plan, ids } = loaded;
  const costs = plan.costs === null ? 'CAST(0 AS DECIMAL(38,4))' : 'sum(cost)';
  return `SELECT *, row_number() OVER (${BY_PROFIT}) AS place,
  sum(profit) OVER (${BY_PROFIT} ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW) AS cumulative
FROM (SELECT r.customer AS customer, r.customer_id AS customer_id, r.segment AS segment, r.first_purchase AS first_purchase,
    r.last_purchase AS last_purchase, r.purchases AS purchases, r.revenue AS revenue, r.margin AS profit,
    m.refunds AS refunds, m.costs AS costs, ${valued ? 'v.clv' : 'CAST(NULL AS BIGINT)'} AS clv
  FROM ${withIds(`(${rolledAt(loaded, asOf)})`, ids)} AS r INNER JOIN (
    SELECT customer, sum(refunds) AS refunds, ${costs} AS costs FROM days WHERE day <= ${dateLiteral(asOf)} GROUP BY customer) AS m
  ON r.customer = m.customer${valued ? ' LEFT JOIN valued AS v ON r.customer = v.customer' : ''}) AS p`;
}

async function readSums(store: Store, name: string): Promise<{ readonly name: string; readonly sums: Sums }[]> {
  return (await store.rows(sumsBy(name))).map((row) => ({ name: String(row['name']), sums: sumsOf(row) }));
}

/** Sums of the customers by an expression of their columns, in the order of its values. */
function sumsBy(name: string): string {
  return `SELECT name, count(*) AS n, sum(purchases) AS purchases, sum(revenue) AS revenue, sum(refunds) AS refunds,
  sum(costs) AS costs, sum(profit) AS profit, count(CASE WHEN profit > 0 THEN 1 END) AS profitable,
  count(CASE WHEN profit < 0 THEN 1 END) AS unprofitable, sum(CASE WHEN profit < 0 THEN profit ELSE 0 END) AS losses,
  count(clv) AS valued, sum(clv) AS clv
FROM (SELECT *, ${name} AS name FROM audited) AS g GROUP BY name ORDER BY name`;
}

function sumsOf(row: Row): Sums {
  return {
    customers: count(row['n']),
    purchases: count(row['purchases']),
    revenue: units(row['revenue']),
    refunds: units(row['refunds']),
    costs: units(row['costs']),
    profit: units(row['profit']),
    profitable: count(row['profitable']),
    unprofitable: count(row['unprofitable']),
    losses: units(row['losses']),
    valued: count(row['valued']),
    clv: units(row['clv']),
  };
}

const NOTHING = sumsOf({});

/** The sums of ten groups by an expression; zeros for those without customers. */
async function tenths(store: Store, group: string): Promise<Sums[]> {
  const found = new Map((await readSums(store, group)).map(({ name, sums }) => [Number(name), sums]));
  return Array.from({ length: 10 }, (_, i) => found.get(i + 1) ?? NOTHING);
}

/** The tenth of a customer among `customers`, 1 to 10; the first tenths have the one customer more that others lack. */
function tenthOfCustomers(customers: number): string {
  const [each, more] = [Math.floor(customers / 10), customers % 10];
  return tenth((k) => `place <= ${k * each + Math.min(k, more)}`);
}

/** The tenth of the profit, 1 to 10, to which a customer adds: the first whose end the customers before it have not reached. */
function tenthOfProfit(profit: bigint): string {
  return tenth((k) => `cumulative - profit < ${profitLiteral(ceilingOf(BigInt(k) * profit, 10n))}`);
}

function tenth(test: (k: number) => string): string {
  const cases = Array.from({ length: 9 }, (_, i) => `WHEN ${test(i + 1)} THEN ${i + 1}`);
  return `CASE ${cases.join(' ')} ELSE 10 END`;
}

/** The curve at every hundredth of the customers, and at its peak: the last customer who makes a profit. */
async function readCurve(store: Store, { customers, profitable }: Sums): Promise<CurvePoint[]> {
  const hundredths = Array.from({ length: 100 }, (_, i) => Math.floor(((i + 1) * customers) / 100));
  const places = [...new Set([...hundredths, profitable])].filter((place) => place > 0).sort((a, b) => a - b);
  const rows = await store.rows(curveAt(places));
  return [
    { customers: 0, profit: 0n },
    ...rows.map((row) => ({ customers: count(row['place']), profit: units(row['cumulative']) })),
  ];
}

/** Cumulative profit at some places. */
function curveAt(places: readonly number[]): string {
  return `SELECT place, cumulative FROM audited WHERE place IN (${places.join(', ')}) ORDER BY place`;
}

/** The means that past and future are judged by: totals over the customers that have them. */
interface Means {
  readonly profit: bigint;
  readonly customers: number;
  readonly clv: bigint;
  readonly valued: number;
}

/** Where past profit and CLV stand, as expressions. */
function standings({ profit, customers, clv, valued }: Means): {
  readonly past: string;
  readonly future: string;
} {
  return {
    past: standing('profit', profitLiteral(ceilingOf(profit, BigInt(customers)))),
    future: standing('clv', `CAST(${ceilingOf(clv, BigInt(Math.max(valued, 1)))} AS BIGINT)`),
  };
}

/** @param mean the least value at or above it, as a literal */
function standing(value: string, mean: string): string {
  const [above, below, none, unknown]: readonly Standing[] = ['above_mean', 'below_mean', 'none', 'not_valued'];
  return `CASE WHEN ${value} IS NULL THEN '${unknown}' WHEN ${value} <= 0 THEN '${none}' WHEN ${value} >= ${mean} THEN '${above}' ELSE '${below}' END`;
}

async function* blocks(store: Store, plan: LoadPlan, text: string): AsyncIterable<AuditedBlock> {
  for await (const chunk of store.chunks(text)) {
    const segments = plan.by.length > 0 ? chunk.texts(1).map(splitSegment) : [];
    const [first, last, purchases] = [chunk.integers(2), chunk.integers(3), chunk.integers(4)];
    const [clv, future] = [chunk.bigints(9), chunk.texts(11)];
    const bought = Array.from(purchases, (count) => count > 0);
    yield {
      length: chunk.rowCount,
      id: chunk.texts(0),
      segment: plan.by.map((_, i) => segments.map((tuple) => tuple[i]!)),
      firstPurchase: bought.map((has, row) => (has ? first[row]! : null)),
      lastPurchase: bought.map((has, row) => (has ? last[row]! : null)),
      purchases,
      revenue: chunk.decimals(5),
      refunds: chunk.decimals(6),
      costs: chunk.decimals(7),
      profit: chunk.decimals(8),
      clv: future.map((standing, row) => (standing === 'not_valued' ? null : clv[row]!)),
      past: chunk.texts(10),
      future,
    };
  }
}

/** Customers as they are printed: all by profit, or those of whom past and future say the opposite. */
function auditedRows(means: Means, contrast: Contrast | null): string {
  const { past, future } = standings(means);
  const below = "('below_mean', 'none')";
  const some = {
    fallen: `WHERE past = 'above_mean' AND future IN ${below} ORDER BY place`,
    risen: `WHERE past IN ${below} AND future = 'above_mean' ORDER BY clv DESC, customer_id`,
  };
  return `SELECT customer_id, segment, first_purchase, last_purchase, CAST(purchases AS INTEGER) AS purchases, revenue, refunds,
  costs, profit, clv, past, future
FROM (SELECT *, ${past} AS past, ${future} AS future FROM audited) AS a ${contrast === null ? 'ORDER BY place' : some[contrast]}`;
}

function profitLiteral(units: bigint): string {
  return `CAST('${unitsText(units, MARGIN_SCALE)}' AS DECIMAL(38,${MARGIN_SCALE}))`;
}

/** The least whole number at or above n / divisor, a positive one. */
function ceilingOf(n: bigint, divisor: bigint): bigint {
  return n > 0n ? (n + divisor - 1n) / divisor : n / divisor;
}
