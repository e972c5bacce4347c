import { segmentsSection } from '../../aggregator/segments.ts';
import type { Totals } from '../../data/customers.ts';
import { listed, listOf, objectOf } from '../../data/lists.ts';
import type { Report, Section } from '../../data/report.ts';
import { activitySection } from '../../report/activity.ts';
import { customersSection } from '../../report/customers.ts';
import { envelope } from '../../report/found.ts';
import { FREQUENCIES, frequencyRows } from '../../report/frequencies.ts';
import { heterogeneitySections } from '../../report/heterogeneity.ts';
import { inputBlock } from '../../report/input.ts';
import { intervalText, modelErrorBlock, segmentIntervals } from '../../report/intervals.ts';
import { columnNotes, listedBlock, listedNote } from '../../report/listed.ts';
import { methodology } from '../../report/methodology.ts';
import { modelsBlock } from '../../report/model.ts';
import { spreadSections } from '../../report/spread.ts';
import { mainList, SUMMARY_COLUMNS, valuationSummary } from '../../report/summary.ts';
import type { Valuation } from './found.ts';
import { computeAnswer, computeViews } from './views.ts';

/** The report of `clv compute`: per-customer CLV, customer equity, segment share. */
export function computeReport(valuation: Valuation): Report {
  const { assumptions, totals, customers, listed } = valuation;
  const { by, digits } = assumptions;
  const { intervals } = valuation;
  const intervalOf = intervals && segmentIntervals(intervals);
  const interval = (total: Totals): string | null => intervalOf && intervalText(intervalOf(total.segment), digits);
  const counted = assumptions.spendFrom === 'all' ? 1 : 0;
  const summary = valuationSummary(valuation);
  return {
    command: 'compute',
    document: [
      ...envelope(
        'compute',
        valuation,
        {
          ...methodology(assumptions),
          ...columnNotes(listed),
          ...listedNote(customers),
        },
        inputBlock(valuation),
      ),
      ['model', modelsBlock(valuation)],
      ['model_error', modelErrorBlock(intervals?.modelError ?? null)],
      ['summary', objectOf(SUMMARY_COLUMNS, summary)],
      ['segments', by.length > 0 ? segmentsSection(totals, by, interval, digits) : []],
      ...listedBlock(customers, digits),
      ['customers', customers ? customersSection(customers, by, counted, digits, listed) : []],
    ],
    sections: [
      listOf('summary', SUMMARY_COLUMNS, [summary]),
      ...spreadSections(valuation.spread, digits),
      activitySection(valuation.activity),
      frequenciesSection(valuation),
      ...heterogeneitySections(valuation.differences),
    ],
    main: mainList(customers, by),
    views: computeViews(valuation),
    answer: () => computeAnswer(valuation),
  };
}

/** How well the model was fitted; asked of it when the list is walked. */
function frequenciesSection({ frequencies }: Valuation): Section {
  return listed('frequencies', FREQUENCIES, async () => frequencyRows(frequencies()));
}
