import { halfEvenUnits, unitsText } from '../base/money.ts';
import type { Population, Totals } from '../data/customers.ts';
import type { Cell, Json, Report } from '../data/report.ts';
import { FIGURE_DIGITS } from '../data/report.ts';
import type { ValuationNotes } from '../valuation/found.ts';
import { computeViews } from './compute-views.ts';
import { type CustomerSource, customersSection } from './customers.ts';
import { type Input, inputBlock } from './input.ts';
import { intervalText, predictionText, segmentIntervals } from './intervals.ts';
import { listOf, objectOf } from './lists.ts';
import { type Assumptions, methodology } from './methodology.ts';
import { groupedModelBlock, modelBlock } from './model.ts';
import { segmentsSection, sumOf } from './segments.ts';
import { listedNote, mainList, SUMMARY_COLUMNS, summaryRow } from './summary.ts';

/** Everything a valuation found, ready to be reported. */
export interface Valuation extends ValuationNotes {
  readonly assumptions: Assumptions;
  readonly input: Input;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly population: Population;
  readonly totals: readonly Totals[];
  /** Null for totals alone. */
  readonly customers: CustomerSource | null;
}

/** The report of `clv compute`: per-customer CLV, customer equity, segment share. */
export function computeReport(valuation: Valuation): Report {
  const { assumptions, totals, customers } = valuation;
  const { by, digits } = assumptions;
  const { intervals } = valuation;
  const intervalOf = intervals && segmentIntervals(intervals);
  const interval = (total: Totals): string | null => intervalOf && intervalText(intervalOf(total.segment), digits);
  const counted = assumptions.spendFrom === 'all' ? 1 : 0;
  const summary = summaryOf(valuation);
  return {
    command: 'compute',
    document: [
      ['$schema', 'urn:clv:compute:1.0'],
      ['schema_version', '1.0'],
      ['command', 'compute'],
      ['methodology', { ...methodology(assumptions), ...listedNote(customers) }],
      ['input', inputBlock(valuation)],
      ['warnings', valuation.warnings.map(({ code, message }) => ({ code, message }))],
      ['model', modelsBlock(valuation)],
      ['summary', objectOf(SUMMARY_COLUMNS, summary)],
      ['segments', by.length > 0 ? segmentsSection(totals, by, interval, digits) : []],
      ['customers', customers ? customersSection(customers, by, counted, digits) : []],
    ],
    sections: [listOf('summary', SUMMARY_COLUMNS, [summary])],
    main: mainList(customers, by),
    views: computeViews(valuation),
  };
}

/** The models of a valuation: one of all customers, or one a group. */
export function modelsBlock({
  groups,
  source,
  assumptions,
}: Pick<Valuation, 'groups' | 'source'> & { readonly assumptions: Pick<Assumptions, 'fitBy' | 'digits'> }): Json {
  if (assumptions.fitBy.length > 0) return groupedModelBlock(groups, assumptions.fitBy, assumptions.digits);
  const { model, spend } = groups[0]!;
  return modelBlock({ model: { ...model, source }, spend });
}

function summaryOf({ totals, assumptions, intervals, expectedActive, groups }: Valuation): readonly Cell[] {
  const { digits } = assumptions;
  return summaryRow(totals, digits, {
    expectedActive: expectedActive.toFixed(FIGURE_DIGITS),
    interval: intervals && intervalText(intervals.equity.total, digits),
    prediction: intervals && predictionText(sumOf(totals).clv, intervals, digits),
    prospectValue: groups.length > 1 ? null : unitsText(halfEvenUnits(groups[0]!.prospectValue, digits), digits),
  });
}
