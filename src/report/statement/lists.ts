import { amountsOf, type Ladder, LINES } from '../../aggregator/statement-lines.ts';
import { isoOf } from '../../base/calendar.ts';
import { listOf } from '../../data/lists.ts';
import type { Cell, Column, Section } from '../../data/report.ts';
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
