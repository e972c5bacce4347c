import { didYouMean } from '../../base/nearest.ts';
import type { AcquisitionCost } from '../../data/acquisition/cohorts.ts';
import type { TableSource } from '../../data/inputs.ts';
import { type Opportunity, parsePeriod } from '../../data/opportunity.ts';
import { plainName, positionsOf } from '../columns.ts';
import { columnOf, neededColumn, positiveCell } from './cells.ts';
import { badCell, badColumns, readTable, type Table, type TableRow } from './table.ts';

/** What the costs of winning customers are held against. */
export interface CohortsAsked {
  /** Columns of the transactions. */
  readonly header: readonly string[];
  /** Those that cohorts are made by, in the names of the header; none: by periods. */
  readonly by: readonly string[];
  readonly every: Opportunity;
}

const PERIOD = ['period', 'month', 'quarter', 'year'];
const COST = ['cost', 'spend'];

/** A blank value of a segment column, as the ledger has it. */
const BLANK = '(none)';

/**
 * Reads an acquisition file: period, cost, and columns of the transactions. A period may be a part of one of the cohorts; the
 * columns that cohorts are not made by are summed over.
 * @throws ClvError E254, E255 and those of readTable
 */
export async function readAcquisition(
  file: string,
  asked: CohortsAsked,
): Promise<{ costs: readonly AcquisitionCost[]; source: TableSource }> {
  const table = await readTable(file, (header) => header.some((name) => COST.includes(plainName(name))));
  const byPeriod = asked.by.length === 0;
  const columns = [...(byPeriod ? ['period'] : asked.by), 'cost'].join(', ');
  const layout = {
    what: 'acquisition file',
    remedy: `give it the columns ${columns}${byPeriod ? '' : '; a period may stand beside them'}`,
  };
  const period = byPeriod ? neededColumn(table, PERIOD, layout) : columnOf(table, PERIOD, layout);
  const cost = neededColumn(table, COST, layout);
  const keys = keysOf(table, [period, cost], asked.header);
  const segments = asked.by.map((name) => {
    const at = [...keys].find(([, column]) => column === name);
    if (at === undefined) throw badColumns(table, 'no column', { name, ...layout });
    return at[0];
  });
  const seen = new Map<string, TableRow>();
  const costs = table.rows.map((row) => {
    const named = [...(period < 0 ? [] : [period]), ...keys.keys()];
    const key = JSON.stringify(named.map((at) => row.cells[at]!));
    const before = seen.get(key);
    if (before) throw badCell(table, row, named[0]!, 'cost twice', { line: before.line });
    seen.set(key, row);
    return {
      line: row.line,
      period: period < 0 ? null : periodOf(table, row, period, asked.every),
      text: period < 0 ? null : row.cells[period]!,
      segment: byPeriod ? null : segments.map((at) => row.cells[at]! || BLANK),
      cost: positiveCell(table, row, cost),
    };
  });
  return { costs, source: table.source };
}

/** Position in the table → column of the transactions, for every column but these. E255. */
function keysOf(table: Table, own: readonly number[], header: readonly string[]): ReadonlyMap<number, string> {
  const keys = new Map<number, string>();
  for (const [position, name] of table.header.entries()) {
    if (own.includes(position)) continue;
    const found = positionsOf(header, name);
    if (found.length > 1) throw badColumns(table, 'several alike', { column: name, count: found.length });
    if (found.length === 0)
      throw badColumns(table, 'unknown key', {
        column: name,
        names: header.join(', '),
        hint: didYouMean(name, header),
      });
    const column = header[found[0]!]!;
    if ([...keys.values()].includes(column)) throw badColumns(table, 'two for one', { column });
    keys.set(position, column);
  }
  return keys;
}

/** The period of the cohorts that holds that of a row, which has the length of the first row's. E254. */
function periodOf(table: Table, row: TableRow, column: number, every: Opportunity): number {
  const found = parsePeriod(row.cells[column]!);
  if (found === null) throw badCell(table, row, column, 'no calendar period');
  const first = table.rows[0]!;
  if (parsePeriod(first.cells[column]!)!.every !== found.every)
    throw badCell(table, row, column, 'other period', { line: first.line });
  if (found.every.months > every.months)
    throw badCell(table, row, column, 'longer period', { every: every.text, own: found.every.text });
  return Math.floor((found.period * found.every.months) / every.months);
}
