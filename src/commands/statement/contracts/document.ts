import { listOf, objectOf } from '../../../data/lists.ts';
import type { Column, Json, Report, Section } from '../../../data/report.ts';
import { splitSegment } from '../../../ledger/steps/sql.ts';
import { contractModelsBlock } from '../../../report/contracts.ts';
import { envelope } from '../../../report/found.ts';
import { inputBlock } from '../../../report/input.ts';
import { intervalText, modelErrorBlock, predictionText } from '../../../report/intervals.ts';
import { RECURRING_DATES, RECURRING_LADDER, recurringCells, recurringRates } from '../../../report/recurring.ts';
import { closingBlock, periodBlock, segmentBlock, statementBlock } from '../../../report/statement/blocks.ts';
import { contractStatementMethodology } from '../../../report/statement/contract-methodology.ts';
import { type Statement, statementOf } from '../../../report/statement/found.ts';
import {
  linesSection,
  restatementsSection,
  seriesSection,
  statementSegments,
} from '../../../report/statement/lists.ts';
import { statementAnswer } from '../../../report/statement/views.ts';
import type { ContractsMoved } from '../../../valuation/contracts/ladder/between.ts';
import type { Intervals } from '../../../valuation/found.ts';
import type { ContractStatementFound } from './found.ts';
import { contractStatementViews } from './views.ts';

/** The report of `clv statement --contract`: that of any statement, and the roll-forward of recurring revenue beside it. */
export function contractStatementReport(found: ContractStatementFound): Report {
  const { by, digits } = found.assumptions;
  const { intervals } = found;
  const [whole, series] = [statementOf(found.whole), found.series.map((one) => statementOf(one))];
  const segments = by.length === 0 ? [] : [statementSegments(series.length > 0 ? series : [whole], by, digits)];
  const periods = series.length === 0 ? [] : [seriesSection(series, digits)];
  return {
    command: 'statement',
    document: [
      ...envelope('statement', found, contractStatementMethodology(found, whole, true), inputBlock(found)),
      ['model', contractModelsBlock(whole.closing)],
      ['opening_model', contractModelsBlock(whole.opening)],
      ['model_error', modelErrorBlock(intervals?.modelError ?? null, 'renewals')],
      ['statement', statementBlock(whole, digits)],
      ['closing', closingBlock(whole.total.closing, closingIntervals(whole, intervals, digits), digits)],
      ['segments', by.length === 0 ? [] : whole.segments.map((segment) => segmentBlock(segment, by, digits))],
      ['series', series.map((one) => periodBlock(one, by, digits))],
      ['recurring_revenue', recurringBlock(found)],
      ['restatements', restatementsSection(found.restated, digits)],
    ],
    sections: [linesSection(whole, digits), ...segments, ...periods, recurringSection(found)],
    main: [...segments, ...periods][0]?.name ?? 'lines',
    views: contractStatementViews(found, whole, series),
    answer: async () => statementAnswer(found.assumptions, whole),
  };
}

function closingIntervals({ total }: Statement<ContractsMoved>, intervals: Intervals | null, digits: number) {
  return {
    interval: intervals && intervalText(intervals.equity.total, digits),
    prediction: intervals && predictionText(total.closing, intervals, digits),
  };
}

const COLUMNS: readonly Column[] = [...RECURRING_DATES, ...RECURRING_LADDER];

/** What recurring revenue did in the same periods, as `clv mrr` has it. */
function recurringBlock({ recurring, assumptions: { by, digits } }: ContractStatementFound): Json {
  const named: readonly Column[] = [
    ...RECURRING_DATES,
    ...by.map((name): Column => ({ name, kind: 'text' })),
    ...RECURRING_LADDER,
  ];
  const segments = recurring.periods.flatMap((_, i) =>
    recurring.segments.map(({ segment, periods }) => recurringCells(periods[i]!, digits, splitSegment(segment))),
  );
  return {
    months: recurring.periods.map((row) => objectOf(COLUMNS, recurringCells(row, digits))),
    segments: by.length === 0 ? [] : segments.map((row) => objectOf(named, row)),
    rates: recurringRates(recurring.rates, digits),
  };
}

/** The same as a list, a row a period. */
function recurringSection({ recurring, assumptions: { digits } }: ContractStatementFound): Section {
  return listOf(
    'recurring_revenue',
    COLUMNS,
    recurring.periods.map((row) => recurringCells(row, digits)),
  );
}
