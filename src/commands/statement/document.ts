import type { Report } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { inputBlock } from '../../report/input.ts';
import { intervalText, modelErrorBlock, predictionText } from '../../report/intervals.ts';
import { modelsBlock } from '../../report/model.ts';
import { closingBlock, periodBlock, segmentBlock, statementBlock } from '../../report/statement/blocks.ts';
import { type Statement, type StatementFound, statementOf } from '../../report/statement/found.ts';
import { linesSection, restatementsSection, seriesSection, statementSegments } from '../../report/statement/lists.ts';
import { statementMethodology } from '../../report/statement/methodology.ts';
import { statementAnswer, statementViews } from '../../report/statement/views.ts';
import type { Moved } from '../../valuation/ladder/found.ts';

/** The report of `clv statement`: from the opening to the closing, line by line. */
export function statementReport(found: StatementFound): Report {
  const { assumptions } = found;
  const { by, digits } = assumptions;
  const [whole, series] = [statementOf(found.whole), found.series.map(statementOf)];
  const segments = by.length === 0 ? [] : [statementSegments(series.length > 0 ? series : [whole], by, digits)];
  const periods = series.length === 0 ? [] : [seriesSection(series, digits)];
  return {
    command: 'statement',
    document: [
      ...envelope('statement', found, statementMethodology(assumptions, whole), inputBlock(found)),
      ['model', modelsBlock({ ...whole.closing, assumptions })],
      ['opening_model', modelsBlock({ ...whole.opening, assumptions })],
      ['model_error', modelErrorBlock(whole.intervals?.modelError ?? null)],
      ['statement', statementBlock(whole, digits)],
      ['closing', closingBlock(whole.total.closing, intervalsOf(whole, digits), digits)],
      ['segments', by.length === 0 ? [] : whole.segments.map((segment) => segmentBlock(segment, by, digits))],
      ['series', series.map((one) => periodBlock(one, by, digits))],
      ['restatements', restatementsSection(found.restated, digits)],
    ],
    sections: [linesSection(whole, digits), ...segments, ...periods],
    main: [...segments, ...periods][0]?.name ?? 'lines',
    views: statementViews(found, whole, series),
    answer: async () => statementAnswer(assumptions, whole),
  };
}

function intervalsOf({ total, intervals }: Statement<Moved>, digits: number) {
  return {
    interval: intervals && intervalText(intervals.equity.total, digits),
    prediction: intervals && predictionText(total.closing, intervals, digits),
  };
}
