import { CUSTOMER_COLUMNS, type CustomerColumn } from '../../../data/customer-columns.ts';
import type { LoadPlan } from '../../ledger.ts';

/**
 * Valued customers as rows of a table of ClickHouse, named c0, c1 …: id, segments, then the columns of the list of customers.
 * Money of the past is exact (revenue with 4 decimals, margin with 10), CLV has the minor units; other estimates are doubles.
 */
export function resultsOf({ by }: LoadPlan, digits: number): string {
  const unit = `CAST('${(10 ** -digits).toFixed(digits)}' AS DECIMAL(${digits + 1},${digits}))`;
  const value = ({ kept, sql }: CustomerColumn): string => {
    if (kept === 'day') return `assumeNotNull(${sql})`;
    if (kept === 'mean') return `CASE WHEN spend_purchases > 0 THEN ${sql} END`;
    return kept === 'minor' ? `CAST(CAST(${sql} AS DECIMAL(38,0)) * ${unit} AS DECIMAL(38,${digits}))` : sql;
  };
  const segments = by.map((_, i) => `splitByChar('\\0', segment)[${i + 1}]`);
  const columns = ['customer_id', ...segments, ...CUSTOMER_COLUMNS.map(value)];
  return `SELECT ${columns.map((column, i) => `${column} AS c${i}`).join(', ')} FROM valued`;
}
