import { isoOf } from '../../base/calendar.ts';
import { contractText } from '../../cli/contract-lengths.ts';
import type { Json } from '../../data/report.ts';
import type { MrrAssumptions } from './found.ts';

/** What a payment or a line pays for. */
export function lengthsText({ lengths }: Pick<MrrAssumptions, 'lengths'>): string {
  return lengths === null ? 'whole calendar months' : contractText(lengths);
}

export function graceText({ grace }: Pick<MrrAssumptions, 'grace'>): string {
  return grace === null ? 'half a length, 30 days at most' : `${grace} ${grace === 1 ? 'day' : 'days'}`;
}

/** What recurring revenue stands on, in the words of the output contract. */
export function mrrMethodology(assumptions: MrrAssumptions): Json {
  const { asOf, currency, months, weeksAYear, backWithin, bySubscription, net, by, oneOff, pause } = assumptions;
  return {
    as_of: isoOf(asOf),
    currency,
    contract: lengthsText(assumptions),
    grace: `${graceText(assumptions)}, from the day that is not paid any more; the last day is inside`,
    per: months === 1 ? 'month' : 'year',
    value:
      `amount of a term ÷ its months${months === 12 ? ' × 12' : ''}; ` +
      (weeksAYear === null
        ? 'days × 365.25 / 12 a month'
        : `weeks × ${weeksAYear} / 12 a month, other days × 365.25 / 12`) +
      '; exact until a subscription is rounded once, half-even, to the minor unit: all else are sums of those',
    terms: assumptions.isLines ? LINES : PAYMENTS,
    ...(oneOff.length > 0 ? { one_off: [...oneOff] } : {}),
    ...(pause.length > 0 ? { pause: [...pause] } : {}),
    churn_date: CHURN_DATE[assumptions.churnDate],
    ...(assumptions.isLines ? {} : { refunds: REFUNDS[assumptions.refunds] }),
    movements:
      `${bySubscription ? 'of each subscription by itself' : 'of the customer'}, ` +
      (net
        ? 'net: only the ends of periods are compared, so that new and lost in one is nothing'
        : 'by day; two events of a day are one'),
    reactivation:
      backWithin === null
        ? 'whoever was worth something before, however long ago'
        : `within ${backWithin} days; who comes back later is new`,
    ...(assumptions.ratesFile === null
      ? {}
      : {
          rates: `${assumptions.ratesFile}: each payment at the rate of its day; fx is what a change of rates alone does`,
        }),
    ...(by.length > 0
      ? {
          segments:
            'of each payment; of several on one day, the greatest in binary order; a change is a transfer of what was before',
        }
      : {}),
    retention_rates:
      'nrr, grr: customers with recurring revenue at the opening, held against themselves at the closing; churn rates and quick ' +
      'ratio: the lines between over the opening; null without an opening',
    definition:
      'recurring revenue: what the subscriptions in force at the end of a day are worth a month (of_which_late: those within ' +
      'their grace); opening + lines = closing; customers: those worth more than nothing. It is no accounting figure',
  };
}

const PAYMENTS =
  'payments of one day are one; each goes to the nearest due day of its run, by the calendar from its first paid day; ' +
  'paid until the later of the next due day and one length after the payment; other payments for a due day are extra';

const LINES =
  'lines of invoices: on each day the sum of those that cover it; one of whole lengths of its plan (without a plan, of whole ' +
  'calendar months) is worth amount ÷ months, a shorter one amount × days of its billing period ÷ its own days ÷ months of that ' +
  'period, or the one price of its plan in the file that is within the rounding of its amount; lines without days of service ' +
  'do not recur; the segment is that of the line that is worth most';

const CHURN_DATE = {
  'after-grace': 'the first day after the grace: no later row changes what was printed for a month',
  'period-end': 'the day that is not paid any more: months within the grace are restated once it is over',
} as const;

const REFUNDS = {
  end: 'a payment wholly given back ends its term on that day, without grace, and is no paid period; less is money only',
  ignore: 'say nothing of the service: the term goes on',
  restate:
    'a payment wholly given back is as if it had never been paid: earlier months are restated; less is money only',
} as const;
