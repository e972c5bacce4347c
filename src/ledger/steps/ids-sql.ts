import { type IdKind, LONGEST_NOBODY, NOBODY, TOTALS } from '../../base/ids.ts';
import type { Dialect } from '../store.ts';

/** Looking at the ids of customers: one pass over the days tells whether there is anything to look at. */

/** A backslash in SQL text is one in some engines only: an id with one is bound as a parameter. */
const WRITTEN = [...NOBODY.filter((id) => !id.includes('\\')), ...TOTALS];
export const BOUND: readonly string[] = NOBODY.filter((id) => id.includes('\\'));

/** Conditions on an id, by the kind of what they find. */
export function kindsOf({ byteLength, characters, lower, parameter }: Dialect) {
  const nobodies = [...WRITTEN.map((id) => `'${id}'`), ...BOUND.map((_, i) => parameter(i + 1))];
  return {
    nobody: `${byteLength}(customer_id) <= ${LONGEST_NOBODY} AND ${lower}(customer_id) IN (${nobodies.join(', ')})`,
    exponents: `customer_id LIKE '%E+%' OR customer_id LIKE '%e+%'`,
    emails: `customer_id LIKE '%@%'`,
    decimals: `customer_id LIKE '%.0'`,
    unseen: `${byteLength}(customer_id) <> ${characters}(customer_id)`,
  } as const;
}

/** Whether there is any id of each of some kinds, 0 or 1. */
export function idKinds(asked: readonly IdKind[], dialect: Dialect): string {
  const kinds = kindsOf(dialect);
  return `SELECT ${asked.map((name) => `max(CASE WHEN ${kinds[name]} THEN 1 ELSE 0 END) AS ${name}`).join(', ')} FROM days`;
}

/** The ids of a kind, with what they hold; those with most records first. No name of a column is given again: it would mean the column there. */
export function idsWhere(condition: string): string {
  return `SELECT customer_id, CAST(sum(records) AS BIGINT) AS n, count(*) AS d, sum(revenue) AS amount FROM days
  WHERE records > 0 AND (${condition}) GROUP BY customer_id ORDER BY n DESC, customer_id`;
}

/** Groups of ids of a kind that are one by an expression: how many, and the least and the greatest. */
export function alikeIds(condition: string, key: string): string {
  const ids = `SELECT customer_id FROM days WHERE ${condition} GROUP BY customer_id`;
  const groups = `SELECT ${key} AS k, count(*) AS n, min(customer_id) AS a, max(customer_id) AS b FROM (${ids}) AS i GROUP BY 1 HAVING count(*) > 1`;
  return `SELECT k, n, a, b FROM (${groups}) AS g ORDER BY k`;
}
