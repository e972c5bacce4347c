import type { AppraisalName, RollUpName } from '../../base/movement.ts';
import type { LoadPlan } from '../ledger.ts';
import type { Dialect } from '../store.ts';
import { halfEvenDouble, marginBy } from './sql.ts';

/** The table of an appraisal. */
export function valuesOf(name: AppraisalName): string {
  return `${name}_values`;
}

/** The value of a customer by the factors with this number: DERT × (base + multiplier × mean margin), rounded once. */
function valueBy(i: number, digits: number, { whole }: Dialect): string {
  return halfEvenDouble(`f.dert${i} * f.spend_base${i} + f.dert${i} * f.spend_multiplier${i} * mean`, digits, whole);
}

/** Customers joined with the factors of their states. */
function withFactors(customers: string, grouped: boolean): string {
  return `${customers} AS c INNER JOIN factors AS f ON c.x = f.x AND c.recency = f.recency AND c.age = f.age${grouped ? ' AND c.fit_group = f.fit_group' : ''}`;
}

/** Every customer with P(alive), DERT, expected margin per purchase and CLV by the first factors. */
export function valuedOf(digits: number, grouped: boolean, dialect: Dialect): string {
  return `SELECT c.*, f.p_alive0 AS p_alive, f.dert0 AS dert, f.spend_base0 + f.spend_multiplier0 * mean AS expected_margin,
  ${valueBy(0, digits, dialect)} AS clv
FROM ${withFactors('customers', grouped)}`;
}

/** Every customer of a roll-up with the values v0, v1 … by as many factors. */
export function appraisalOf(
  customers: RollUpName,
  count: number,
  digits: number,
  grouped: boolean,
  dialect: Dialect,
): string {
  const values = Array.from({ length: count }, (_, i) => `${valueBy(i, digits, dialect)} AS v${i}`);
  return `SELECT customer_id, segment, CASE WHEN spend_purchases > 0 AND mean <= 0 THEN 1 ELSE 0 END AS not_positive,
  ${values.join(',\n  ')}
FROM ${withFactors(customers, grouped)}`;
}

export function appraisedTotals(name: AppraisalName, count: number): string {
  const sums = Array.from({ length: count }, (_, i) => `sum(v${i}) AS v${i}`);
  return `SELECT segment, count(*) AS n, ${sums.join(', ')} FROM ${valuesOf(name)} GROUP BY segment ORDER BY segment`;
}

/** The customers of the opening: their values, what they are worth later, and how the two differ one by one. */
export const OPENING_MOVEMENT = `SELECT segment, count(*) AS n, sum(v0) AS v0, sum(v1) AS v1, sum(v2) AS v2, sum(v3) AS v3,
  sum(later) AS later, sum(CASE WHEN later > v3 THEN later - v3 ELSE 0 END) AS gains, sum(CASE WHEN later < v3 THEN later - v3 ELSE 0 END) AS losses
FROM (SELECT o.segment AS segment, o.v0 AS v0, o.v1 AS v1, o.v2 AS v2, o.v3 AS v3, c.v0 AS later
  FROM ${valuesOf('opening')} AS o INNER JOIN ${valuesOf('closing')} AS c ON o.customer_id = c.customer_id) AS m
GROUP BY segment ORDER BY segment`;

/** The customers of the closing, those who were not there at the opening apart. */
export const CLOSING_MOVEMENT = `SELECT segment, count(*) AS n, sum(v0) AS v0, sum(v1) AS v1, sum(v2) AS v2, sum(v3) AS v3,
  sum(fresh) AS fresh, sum(CASE WHEN fresh = 1 THEN v0 ELSE 0 END) AS fresh_value,
  sum(not_positive) AS not_positive, sum(CASE WHEN not_positive = 1 THEN v3 ELSE 0 END) AS not_positive_value
FROM (SELECT c.segment AS segment, c.v0 AS v0, c.v1 AS v1, r.v0 AS v2, r.v1 AS v3, r.not_positive AS not_positive,
    CASE WHEN o.customer_id IS NULL THEN 1 ELSE 0 END AS fresh
  FROM ${valuesOf('closing')} AS c INNER JOIN ${valuesOf('repriced')} AS r ON c.customer_id = r.customer_id
  LEFT JOIN ${valuesOf('opening')} AS o ON c.customer_id = o.customer_id) AS m
GROUP BY segment ORDER BY segment`;

/** Money of the days after `from` up to `to` (date literals) in a table of days, of customers that were there at the opening (1) and not (0). */
export function realisedMoney(plan: LoadPlan, days: string, from: string, to: string): string {
  return `SELECT known, sum(d.revenue) AS revenue, ${marginBy(plan, (column) => `sum(d.${column})`)} AS margin
FROM (SELECT * FROM ${days} WHERE day > ${from} AND day <= ${to}) AS d
INNER JOIN (SELECT c.customer_id AS customer_id, CASE WHEN o.customer_id IS NULL THEN 0 ELSE 1 END AS known
  FROM ${valuesOf('closing')} AS c LEFT JOIN ${valuesOf('opening')} AS o ON c.customer_id = o.customer_id) AS k
ON d.customer_id = k.customer_id GROUP BY known ORDER BY known`;
}
