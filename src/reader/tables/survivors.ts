import type { TableSource } from '../../data/inputs.ts';
import { plainName } from '../columns.ts';
import { columnOf, customersCell, neededColumn } from './cells.ts';
import { badCell, readTable, type Table, type TableRow } from './table.ts';

/** Customers of a cohort that are still there after 0, 1, 2 … periods. */
export interface Cohort {
  /** Null where the table has no cohorts. */
  readonly name: string | null;
  readonly survivors: readonly number[];
}

const PERIOD = /^\d{1,4}$/;

const SURVIVOR_TABLE = {
  what: 'survivor table',
  remedy: 'give it the columns period and survivors, and cohort if there are several',
};

interface Layout {
  readonly period: number;
  readonly survivors: number;
  /** Below 0: none. */
  readonly cohort: number;
}

/**
 * Reads a survivor table: period, survivors and perhaps cohort, a line a period, in any order. Other columns are notes and
 * are passed over. Cohorts come in the order of their first lines.
 * @throws ClvError E254, E255 and those of readTable
 */
export async function readSurvivors(file: string): Promise<{ cohorts: readonly Cohort[]; source: TableSource }> {
  const table = await readTable(file, (header) => header.some((name) => plainName(name) === 'survivors'));
  const layout = {
    period: neededColumn(table, ['period'], SURVIVOR_TABLE),
    survivors: neededColumn(table, ['survivors'], SURVIVOR_TABLE),
    cohort: columnOf(table, ['cohort'], SURVIVOR_TABLE),
  };
  const byName = new Map<string | null, TableRow[]>();
  for (const row of table.rows) {
    const name = layout.cohort < 0 ? null : row.cells[layout.cohort]!;
    if (name === '') throw badCell(table, row, layout.cohort, 'blank', { remedy: 'name the cohort' });
    byName.set(name, [...(byName.get(name) ?? []), row]);
  }
  const cohorts = [...byName].map(([name, rows]) => ({ name, survivors: survivorsOf(table, rows, layout) }));
  return { cohorts, source: table.source };
}

/** E254 at the first cell, by period, that does not go on from the one before. */
function survivorsOf(table: Table, rows: readonly TableRow[], layout: Layout): readonly number[] {
  const found = rows.map((row) => ({
    row,
    period: periodOf(table, row, layout),
    count: customersCell(table, row, layout.survivors),
  }));
  found.sort((a, b) => a.period - b.period || a.row.line - b.row.line);
  for (const [expected, { row, period, count }] of found.entries()) {
    const before = found[expected - 1];
    if (period === before?.period) throw badCell(table, row, layout.period, 'period twice', { line: before.row.line });
    if (period > expected && expected === 0) throw badCell(table, row, layout.period, 'no first period');
    if (period > expected) throw badCell(table, row, layout.period, 'period missing', { before: expected - 1 });
    if (before && count > before.count)
      throw badCell(table, row, layout.survivors, 'more survivors', { before: before.count });
    if (!before && count === 0) throw badCell(table, row, layout.survivors, 'empty cohort');
  }
  return found.map(({ count }) => count);
}

function periodOf(table: Table, row: TableRow, { period }: Layout): number {
  const text = row.cells[period]!;
  if (PERIOD.test(text)) return Number(text);
  throw badCell(table, row, period, 'no period');
}
