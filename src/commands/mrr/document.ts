import { isoOf } from '../../base/calendar.ts';
import { type Fraction, unitsOf } from '../../base/fractions.ts';
import { unitsText } from '../../base/money.ts';
import { Exact, type Json, type Report } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { inputBlock } from '../../report/input.ts';
import type { MrrFound } from './found.ts';
import { customersSection, eventsSection, monthsSection, rateText, segmentsSection } from './lists.ts';
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
      ['rates', ratesBlock(found)],
      ['decisions', decisionsBlock(found)],
      ['customers', customersSection(found)],
    ],
    sections: [eventsSection(found)],
    main: 'months',
    views: mrrViews(found),
  };
}

function ratesBlock({ recurring: { rates }, assumptions: { digits } }: MrrFound): Json {
  const { from, to, opening, closing, cohort, kept, customers } = rates;
  const figure = (rate: Fraction | null): Exact | null => (rate === null ? null : new Exact(rateText(rate)));
  const money = (units: bigint): Exact => new Exact(unitsText(units, digits));
  const arpa = customers === 0 ? null : money(unitsOf({ n: closing, d: BigInt(customers) }, 0));
  return {
    from: isoOf(from),
    to: isoOf(to),
    opening: money(opening),
    closing: money(closing),
    nrr: figure(rates.nrr),
    grr: figure(rates.grr),
    customers_kept: cohort === 0 ? null : `${kept}/${cohort}`,
    gross_churn_rate: figure(rates.grossChurn),
    net_churn_rate: figure(rates.netChurn),
    quick_ratio: figure(rates.quickRatio),
    arpa,
  };
}

function decisionsBlock({ recurring: { decisions } }: MrrFound): Json {
  if (decisions === null) return null;
  const { renewed, decided, renewedButOpen, running, late } = decisions;
  return { renewed, decided, renewed_but_open: renewedButOpen, running, of_which_late: late };
}
