import { byText, double } from './sql.ts';

/** Customers by their states. */

/** The largest mean margin, either sign. */
export const largestMean = (customers: string): string => `SELECT max(abs(mean)) AS largest FROM ${customers}`;

/** Whether customers are told apart by group, and by segment: texts that are all alike cost time to compare. */
export interface CellKeys {
  readonly group: boolean;
  readonly segment: boolean;
}

/**
 * Customers by state and segment. Sums of doubles depend on the order in which an engine meets them, so the sum of the means
 * is taken exactly (of `spend`, which is mean × purchases), and that of the squares in whole steps of 2^-exponent.
 */
export function cellsOf(exponent: number, customers: string, { group, segment }: CellKeys): string {
  const square = `floor(mean * mean * CAST(${2 ** exponent} AS DOUBLE))`;
  const keys = [...(group ? ['fit_group'] : []), 'x', 'recency', 'age', ...(segment ? ['segment'] : [])].join(', ');
  return `SELECT ${textIf(group, 'fit_group')}, x, recency, age, ${textIf(segment, 'segment')}, CAST(n AS DOUBLE) AS n,
  ${double('spend')} AS spend, spend_purchases, ${byText('squares')} AS squares, filled FROM (
  SELECT ${keys}, count(*) AS n, sum(spend) AS spend, max(spend_purchases) AS spend_purchases,
    sum(CAST(${square} AS DECIMAL(38,0))) AS squares, max(mean) AS filled
  FROM ${customers} GROUP BY ${keys}) AS g ORDER BY ${keys}`;
}

function textIf(wanted: boolean, column: string): string {
  return wanted ? column : `'' AS ${column}`;
}

export function spendStatesOf(customers: string, group: boolean): string {
  const keys = [...(group ? ['fit_group'] : []), 'spend_purchases', 'mean'].join(', ');
  return `SELECT ${textIf(group, 'fit_group')}, spend_purchases AS x, mean, CAST(count(*) AS DOUBLE) AS n FROM ${customers}
WHERE spend_purchases > 0 GROUP BY ${keys} ORDER BY ${keys}`;
}

/** Distinct customers: state and mean together. */
export const JOINT = `SELECT fit_group, x, recency, age, spend_purchases, mean, CAST(count(*) AS DOUBLE) AS n FROM customers
GROUP BY fit_group, x, recency, age, spend_purchases, mean ORDER BY fit_group, x, recency, age, spend_purchases, mean`;
