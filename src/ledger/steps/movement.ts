import type { Flows, Movement, Period, Realised, Reported } from '../../data/movement.ts';
import type { LoadPlan } from '../plan.ts';
import { count, type Loaded, type Store, units } from '../store.ts';
import { pricedBy } from './roll-up.ts';
import { dateLiteral, marginBy } from './sql.ts';
import { appraised, valuesOf } from './value.ts';

/**
 * What happened between the appraisals `opening`, of at least four values, and `closing`, of three.
 * @param openingMargins whether the opening has the margins of `LoadPlan.openingMargin`: then `closing` is of two values, and
 * `repriced` of two by those of the closing
 * @param reported what was told of the opening before; null: nothing
 */
export async function readMovement(
  { store, plan }: Loaded,
  period: Period,
  openingMargins = false,
  reported: readonly Reported[] | null = null,
): Promise<Movement> {
  return {
    reported,
    opening: (await store.rows(OPENING_MOVEMENT)).map((row) => ({
      ...appraised(row, 4),
      gains: units(row['gains']),
      losses: units(row['losses']),
      later: units(row['later']),
    })),
    closing: (await store.rows(closingMovement(openingMargins))).map((row) => ({
      ...appraised(row, 4),
      newCustomers: { customers: count(row['fresh']), value: units(row['fresh_value']) },
      notPositive: { customers: count(row['not_positive']), value: units(row['not_positive_value']) },
    })),
    realised: await readFlows(store, pricedBy(plan, openingMargins), period),
    realisedByClosing: openingMargins ? await readFlows(store, pricedBy(plan, false), period) : null,
  };
}

/** The customers of the opening: their values, what they are worth later, and how the two differ one by one. */
const OPENING_MOVEMENT = `SELECT segment, count(*) AS n, sum(v0) AS v0, sum(v1) AS v1, sum(v2) AS v2, sum(v3) AS v3,
  sum(later) AS later, sum(CASE WHEN later > v3 THEN later - v3 ELSE 0 END) AS gains, sum(CASE WHEN later < v3 THEN later - v3 ELSE 0 END) AS losses
FROM (SELECT o.segment AS segment, o.v0 AS v0, o.v1 AS v1, o.v2 AS v2, o.v3 AS v3, c.v0 AS later
  FROM ${valuesOf('opening')} AS o INNER JOIN ${valuesOf('closing')} AS c ON o.customer = c.customer) AS m
GROUP BY segment ORDER BY segment`;

/** The customers of the closing, those who were not there at the opening apart. */
function closingMovement(openingMargins: boolean): string {
  const [last, repriced, final] = openingMargins ? ['r', 'v0', 'v1'] : ['c', 'v1', 'v2'];
  const own = openingMargins ? ` INNER JOIN ${valuesOf('repriced')} AS r ON c.customer = r.customer` : '';
  return `SELECT segment, count(*) AS n, sum(v0) AS v0, sum(v1) AS v1, sum(v2) AS v2, sum(v3) AS v3,
  sum(fresh) AS fresh, sum(CASE WHEN fresh = 1 THEN v0 ELSE 0 END) AS fresh_value,
  sum(not_positive) AS not_positive, sum(CASE WHEN not_positive = 1 THEN v3 ELSE 0 END) AS not_positive_value
FROM (SELECT c.segment AS segment, c.v0 AS v0, c.v1 AS v1, ${last}.${repriced} AS v2, ${last}.${final} AS v3, ${last}.not_positive AS not_positive,
    CASE WHEN o.customer IS NULL THEN 1 ELSE 0 END AS fresh
  FROM ${valuesOf('closing')} AS c${own}
  LEFT JOIN ${valuesOf('opening')} AS o ON c.customer = o.customer) AS m
GROUP BY segment ORDER BY segment`;
}

async function readFlows(store: Store, [plan, days]: readonly [LoadPlan, string], period: Period): Promise<Flows> {
  const money = await store.rows(realisedMoney(plan, days, dateLiteral(period.from), dateLiteral(period.to)));
  const realised = (known: bigint): Realised => {
    const row = money.find((one) => units(one['known']) === known);
    return { revenue: units(row?.['revenue']), margin: units(row?.['margin']) };
  };
  return { openingCustomers: realised(1n), newCustomers: realised(0n) };
}

/** Money of the days after `from` up to `to` (date literals) in a table of days, of customers that were there at the opening (1) and not (0). */
function realisedMoney(plan: LoadPlan, days: string, from: string, to: string): string {
  return `SELECT known, sum(d.revenue) AS revenue, ${marginBy(plan, (column) => `sum(d.${column})`)} AS margin
FROM (SELECT * FROM ${days} WHERE day > ${from} AND day <= ${to}) AS d
INNER JOIN (SELECT c.customer AS customer, CASE WHEN o.customer IS NULL THEN 0 ELSE 1 END AS known
  FROM ${valuesOf('closing')} AS c LEFT JOIN ${valuesOf('opening')} AS o ON c.customer = o.customer) AS k
ON d.customer = k.customer GROUP BY known ORDER BY known`;
}
