import { segmentsSection } from '../../aggregator/segments.ts';
import { isoOf } from '../../base/calendar.ts';
import { unitsText } from '../../base/money.ts';
import type { Close } from '../../data/books/close.ts';
import { listOf, objectOf } from '../../data/lists.ts';
import { Exact, type Json, type Report } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { inputBlock } from '../../report/input.ts';
import { intervalText, modelErrorBlock, segmentIntervals } from '../../report/intervals.ts';
import { methodology } from '../../report/methodology.ts';
import { modelsBlock } from '../../report/model.ts';
import { segmentBlock, statementBlock } from '../../report/statement/blocks.ts';
import { type Statement, statementOf } from '../../report/statement/found.ts';
import { linesSection, restatementsSection, statementSegments } from '../../report/statement/lists.ts';
import { statementMethodology } from '../../report/statement/methodology.ts';
import { SUMMARY_COLUMNS, valuationSummary } from '../../report/summary.ts';
import { closeAnswer } from './answer.ts';
import type { CloseFound, Since } from './found.ts';
import { closeViews } from './views.ts';

/** The report of `clv close`: what is kept, the equity by segment, and the statement since the close before. */
export function closeReport(found: CloseFound): Report {
  const { assumptions, totals, since, intervals } = found;
  const { by, digits } = assumptions;
  const statement = since && statementOf(since.moved);
  const intervalOf = intervals && segmentIntervals(intervals);
  const segments = segmentsSection(
    totals,
    by,
    (total) => intervalOf && intervalText(intervalOf(total.segment), digits),
    digits,
  );
  const summary = valuationSummary(found);
  return {
    command: 'close',
    document: [
      ...envelope(
        'close',
        found,
        statement ? statementMethodology(since!.assumptions, statement) : methodology(assumptions),
        inputBlock(found),
      ),
      ['close', closeBlock(found)],
      ['model', modelsBlock(found)],
      ['model_error', modelErrorBlock(intervals?.modelError ?? null)],
      ['summary', objectOf(SUMMARY_COLUMNS, summary)],
      ['segments', by.length > 0 ? segments : []],
      ...statementBlocks(statement, since, found.assumptions),
    ],
    sections: [listOf('summary', SUMMARY_COLUMNS, [summary]), ...statementLists(statement, by, digits)],
    main: statement ? 'lines' : by.length > 0 ? 'segments' : 'summary',
    views: closeViews(found, statement),
    answer: async () => closeAnswer(found, statement),
  };
}

/** The statement since the close before, in a document. */
export function statementBlocks(
  statement: Statement | null,
  since: Pick<Since, 'restated'> | null,
  { by, digits }: { readonly by: readonly string[]; readonly digits: number },
): Report['document'] {
  return [
    ['statement', statement && statementBlock(statement, digits)],
    [
      'statement_segments',
      statement && by.length > 0 ? statement.segments.map((one) => segmentBlock(one, by, digits)) : [],
    ],
    ['restatements', restatementsSection(since?.restated ?? null, digits)],
  ];
}

/** The lists of the statement since the close before; none without one. */
export function statementLists(statement: Statement | null, by: readonly string[], digits: number) {
  if (statement === null) return [];
  const bySegment =
    by.length === 0 ? [] : [{ ...statementSegments([statement], by, digits), name: 'lines_by_segment' }];
  return [linesSection(statement, digits), ...bySegment];
}

/** What is kept, and under which number. */
export function closeBlock({
  number,
  kept,
  since,
  assumptions: { digits },
}: Pick<CloseFound, 'number' | 'kept'> & {
  readonly since: { readonly close: Close } | null;
  readonly assumptions: { readonly digits: number };
}): Json {
  return {
    number,
    as_of: isoOf(kept.asOf),
    closed_at: kept.closedAt,
    version: kept.version,
    customers: kept.customers,
    customer_equity: new Exact(unitsText(kept.equity, digits)),
    options: JSON.parse(kept.choices) as Json,
    before: since && {
      number: since.close.number,
      as_of: isoOf(since.close.asOf),
      customer_equity: new Exact(unitsText(since.close.equity, digits)),
    },
  };
}
