import type { Json, Report } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { inputBlock } from '../../report/input.ts';
import { recurringRates } from '../../report/recurring.ts';
import { mrrAnswer } from './answer.ts';
import type { MrrFound } from './found.ts';
import { customersSection, eventsSection, monthsSection, segmentsSection } from './lists.ts';
import { mrrMethodology } from './methodology.ts';
import { mrrViews } from './views.ts';

/** The report of `clv mrr`: recurring revenue from opening to closing, by period and segment, with its customers and events. */
export function mrrReport(found: MrrFound): Report {
  const { by } = found.assumptions;
  const segments = by.length > 0 ? segmentsSection(found) : null;
  return {
    command: 'mrr',
    document: [
      ...envelope('mrr', found, mrrMethodology(found.assumptions), inputBlock(found)),
      ['months', monthsSection(found)],
      ['segments', segments ?? []],
      ['rates', recurringRates(found.recurring.rates, found.assumptions.digits)],
      ['decisions', decisionsBlock(found)],
      ['customers', customersSection(found)],
    ],
    sections: [eventsSection(found)],
    main: 'months',
    views: mrrViews(found),
    answer: async () => mrrAnswer(found),
  };
}

function decisionsBlock({ recurring: { decisions } }: MrrFound): Json {
  if (decisions === null) return null;
  const { renewed, decided, renewedButOpen, running, late } = decisions;
  return { renewed, decided, renewed_but_open: renewedButOpen, running, of_which_late: late };
}
