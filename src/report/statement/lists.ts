import { amountsOf, type Ladder, LINES } from '../../aggregator/statement-lines.ts';
import { isoOf } from '../../base/calendar.ts';
import { unitsText } from '../../base/money.ts';
import type { Restated } from '../../data/books/close.ts';
import { listOf } from '../../data/lists.ts';
import type { Block, Cell, Column, Section } from '../../data/report.ts';
import type { Statement } from './found.ts';

const PERIOD: readonly Column[] = [
  { name: 'from', kind: 'date' },
  { name: 'to', kind: 'date' },
];
const LINE: Column = { name: 'line', kind: 'text' };
const AMOUNT: Column = { name: 'amount', kind: 'money' };

/** Names that stand beside those of the segment columns, in the lists and in the document. */
export const STATEMENT_NAMES = [...[...PERIOD, LINE, AMOUNT].map(({ name }) => name), 'lines', 'customers'];

/** A statement, a row a line. */
export function linesSection(statement: Statement, digits: number): Section {
  return listOf('lines', [...PERIOD, LINE, AMOUNT], rowsOf(statement, statement.total, [], digits));
}

/** One statement after the other, a row a line. */
export function seriesSection(series: readonly Statement[], digits: number): Section {
  const rows = series.flatMap((statement) => rowsOf(statement, statement.total, [], digits));
  return listOf('series', [...PERIOD, LINE, AMOUNT], rows);
}

/** The list of the segments by period, line and segment, so that the last rows are the closings of the segments. */
export function statementSegments(statements: readonly Statement[], by: readonly string[], digits: number): Section {
  const rows = statements.flatMap((statement) => {
    const parts = statement.segments.map(({ segment, ladder }) => rowsOf(statement, ladder, segment, digits));
    return LINES.flatMap((_, line) => parts.map((part) => part[line]!));
  });
  const segments = by.map((name): Column => ({ name, kind: 'text' }));
  return listOf('segments', [...PERIOD, ...segments, LINE, AMOUNT], rows);
}

function rowsOf({ period }: Statement, ladder: Ladder, segment: readonly string[], digits: number): Cell[][] {
  const amounts = amountsOf(ladder, digits);
  return LINES.map((line, i) => [isoOf(period.from), isoOf(period.to), ...segment, line, amounts[i]!]);
}

export const RESTATED: readonly Column[] = [
  { name: 'customer_id', kind: 'text' },
  { name: 'reported', kind: 'money' },
  { name: 'restated', kind: 'money' },
  { name: 'restatement', kind: 'money' },
];

/** Customers of whom a close reported something else than their value on the rows of now; none where nothing was reported. */
export function restatementsSection(restated: AsyncIterable<Restated> | null, digits: number): Section {
  return { name: 'restatements', columns: RESTATED, blocks: restated === null ? [] : restatedCells(restated, digits) };
}

async function* restatedCells(restated: AsyncIterable<Restated>, digits: number): AsyncIterable<Block> {
  for await (const { length, id, reported, now } of restated) {
    const texts = (units: (row: number) => bigint): Cell[] => id.map((_, row) => unitsText(units(row), digits));
    const cells = [
      id,
      texts((row) => reported[row]!),
      texts((row) => now[row]!),
      texts((row) => now[row]! - reported[row]!),
    ];
    yield { length, cells };
  }
}
