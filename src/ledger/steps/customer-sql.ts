import type { Dialect } from '../store.ts';
import { CUSTOMER_ROWS } from './customers-sql.ts';
import { PURCHASE } from './sql.ts';

/**
 * SQL about a single customer. Its id is what a user typed, so it is bound as a parameter; `id` is how the engine writes that
 * parameter.
 */

/** What the transactions hold of an id: records and purchases up to the as-of date and after it. One row. */
export function sightingOf(id: string, asOf: string): string {
  const late = `day > ${asOf}`;
  return `SELECT sum(records) AS records, sum(CASE WHEN ${late} THEN records ELSE 0 END) AS late,
  count(CASE WHEN ${PURCHASE} AND NOT ${late} THEN 1 END) AS purchases,
  min(CASE WHEN ${PURCHASE} THEN day END) AS first_purchase FROM days WHERE customer_id = ${id}`;
}

/** The valued customer of an id, as customers are printed. */
export function customerRow(id: string): string {
  return `SELECT * FROM (${CUSTOMER_ROWS}) AS c WHERE customer_id = ${id}`;
}

/** The group that its models are fitted to. */
export function groupOf(id: string): string {
  return `SELECT fit_group FROM valued WHERE customer_id = ${id}`;
}

/** Longer ids are not compared: they are no ids that somebody types. */
const LONGEST = 100;

/**
 * The ids most like one: first those that differ only in case or in leading zeros, then by the least number of edits. Ids
 * that are less than half alike are left out.
 */
export function nearestIds(id: string, { levenshtein: distance, lower }: Dialect, limit: number): string {
  const bare = (text: string): string => `${lower}(trim(LEADING '0' FROM ${text}))`;
  const length = (text: string): string => `char_length(${text})`;
  return `SELECT customer_id FROM (
  SELECT customer_id, CASE WHEN ${bare('customer_id')} = ${bare(id)} THEN 0 ELSE ${distance}(customer_id, ${id}) END AS edits
  FROM customers WHERE ${length('customer_id')} <= ${LONGEST}) AS c
WHERE 2 * edits <= CASE WHEN ${length('customer_id')} < ${length(id)} THEN ${length(id)} ELSE ${length('customer_id')} END
ORDER BY edits, customer_id LIMIT ${limit}`;
}
