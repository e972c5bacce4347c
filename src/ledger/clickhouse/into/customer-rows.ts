import type { LoadPlan } from '../../ledger.ts';

/**
 * Valued customers as rows of a table of ClickHouse, named c0, c1 …: id, segments, then the columns of the list of customers.
 * Money of the past is exact (revenue with 4 decimals, margin with 10), CLV has the minor units; other estimates are doubles.
 */
export function resultsOf({ by }: LoadPlan, digits: number): string {
  const unit = `CAST('${(10 ** -digits).toFixed(digits)}' AS DECIMAL(${digits + 1},${digits}))`;
  const columns = [
    'customer_id',
    ...by.map((_, i) => `splitByChar('\\0', segment)[${i + 1}]`),
    'assumeNotNull(first_purchase)',
    'assumeNotNull(last_purchase)',
    'CAST(x + 1 AS INTEGER)',
    'x',
    'recency',
    'age',
    'revenue',
    'margin',
    'CASE WHEN spend_purchases > 0 THEN mean END',
    'p_alive',
    'expected_margin',
    'dert',
    `CAST(CAST(clv AS DECIMAL(38,0)) * ${unit} AS DECIMAL(38,${digits}))`,
  ];
  return `SELECT ${columns.map((column, i) => `${column} AS c${i}`).join(', ')} FROM valued`;
}
