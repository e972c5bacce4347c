import type { Day } from '../../base/calendar.ts';
import type { TableSource } from '../../data/inputs.ts';
import { isSynonym, plainName } from '../columns.ts';
import { amountCell, dayCell } from './cells.ts';
import type { NamedColumns } from './margins.ts';
import { badCell, badColumns, readTable, type Table } from './table.ts';

/** A cost of a customer on a day, in units of 10^-4; negative: a correction. */
export interface CostRow {
  readonly line: number;
  readonly customer: string;
  readonly day: Day;
  readonly cost: bigint;
}

/**
 * Reads a costs file: customer, date, cost. Other columns are notes and are passed over.
 * @throws ClvError E254, E255 and those of readTable
 */
export async function readCosts(
  file: string,
  mapping: NamedColumns,
): Promise<{ rows: readonly CostRow[]; source: TableSource }> {
  const isCost = (name: string): boolean => plainName(name) === 'cost';
  const table = await readTable(file, (header) => header.some(isCost));
  const customer = column(table, 'customer', (name) => named(name, mapping.customer) || isSynonym('customer', name));
  const date = column(table, 'date', (name) => named(name, mapping.date) || isSynonym('date', name));
  const cost = column(table, 'cost', isCost);
  const rows = table.rows.map((row) => {
    if (row.cells[customer] === '')
      throw badCell(table, row, customer, 'blank', { remedy: 'a cost belongs to a customer' });
    const [day, units] = [dayCell(table, row, date), amountCell(table, row, cost)];
    return { line: row.line, customer: row.cells[customer]!, day, cost: units };
  });
  return { rows, source: table.source };
}

function named(name: string, column: string): boolean {
  return plainName(name) === plainName(column);
}

function column(table: Table, what: string, test: (name: string) => boolean): number {
  const found = table.header.flatMap((name, position) => (test(name) ? [position] : []));
  if (found.length === 1) return found[0]!;
  if (found.length === 0) throw badColumns(table, 'no column for', { what });
  throw badColumns(table, 'columns for', { count: found.length, what });
}
