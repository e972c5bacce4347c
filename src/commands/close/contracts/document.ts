import { segmentsSection, sumOf } from '../../../aggregator/segments.ts';
import { unitsText } from '../../../base/money.ts';
import { listOf, objectOf } from '../../../data/lists.ts';
import { FIGURE_DIGITS, type Report } from '../../../data/report.ts';
import { contractModelsBlock, contractNotes } from '../../../report/contracts.ts';
import { envelope } from '../../../report/found.ts';
import { inputBlock } from '../../../report/input.ts';
import { intervalText, modelErrorBlock, predictionText, segmentIntervals } from '../../../report/intervals.ts';
import { methodology } from '../../../report/methodology.ts';
import { contractStatementMethodology } from '../../../report/statement/contract-methodology.ts';
import { statementOf } from '../../../report/statement/found.ts';
import { SUMMARY_COLUMNS, summaryRow } from '../../../report/summary.ts';
import { closeBlock, statementBlocks, statementLists } from '../document.ts';
import type { ContractCloseFound } from './found.ts';
import { contractCloseViews } from './views.ts';

/** The report of `clv close --contract`: what is kept, the equity by segment, and the statement since the close before. */
export function contractCloseReport(found: ContractCloseFound): Report {
  const { assumptions, totals, valuation, since, intervals } = found;
  const { by, digits } = assumptions;
  const statement = since && statementOf(since.moved);
  const intervalOf = intervals && segmentIntervals(intervals);
  const segments = segmentsSection(
    totals,
    by,
    (total) => intervalOf && intervalText(intervalOf(total.segment), digits),
    digits,
  );
  const summary = summaryRow(totals, digits, {
    expectedActive: valuation.alive.toFixed(FIGURE_DIGITS),
    interval: intervals && intervalText(intervals.equity.total, digits),
    prediction: intervals && predictionText(sumOf(totals).clv, intervals, digits),
    prospectValue: valuation.prospectValue === null ? null : unitsText(valuation.prospectValue, digits),
  });
  const notes = statement
    ? contractStatementMethodology({ ...found, assumptions: since!.assumptions }, statement, false)
    : { ...methodology(assumptions), ...contractNotes(found.settings, found.lengths, found.valueAt) };
  return {
    command: 'close',
    document: [
      ...envelope('close', found, notes, inputBlock(found)),
      ['close', closeBlock(found)],
      ['model', contractModelsBlock(valuation)],
      ['model_error', modelErrorBlock(intervals?.modelError ?? null, 'renewals')],
      ['summary', objectOf(SUMMARY_COLUMNS, summary)],
      ['segments', by.length > 0 ? segments : []],
      ...statementBlocks(statement, since, assumptions),
    ],
    sections: [listOf('summary', SUMMARY_COLUMNS, [summary]), ...statementLists(statement, by, digits)],
    main: statement ? 'lines' : by.length > 0 ? 'segments' : 'summary',
    views: contractCloseViews(found, statement),
  };
}
