import { isoOf } from '../../../base/calendar.ts';
import { AMOUNT_SCALE, grouped, MARGIN_SCALE, rescale } from '../../../base/money.ts';
import { plural } from '../../../base/plural.ts';
import { type Fact, FIGURE_DIGITS, type View } from '../../../data/report.ts';
import { TIMINGS } from '../../../engine/contracts/timing.ts';
import { contractModelText, contractText, fitName, marginText } from '../../../report/contracts.ts';
import { annualText, horizonText } from '../../../report/methodology.ts';
import { listView, moneyIn } from '../../../report/views.ts';
import { flowsPicture } from '../answer.ts';
import { withTotal } from '../cash-flows.ts';
import type { ContractExplanation, ExplainedSubscription } from './found.ts';

/** What a person reads: in plain words what the subscriber paid and what is expected of it, the cash flows, their sum. */
export function contractExplainViews(explanation: ContractExplanation): readonly View[] {
  const { id, totals, assumptions } = explanation;
  return [
    { type: 'facts', title: `Customer ${id}`, facts: facts(explanation) },
    listView(
      `Expected cash flows by ${totals.rows.period.name}`,
      withTotal(totals, assumptions.asOf, assumptions.digits, 'expected_payments'),
      {
        period: 'Period',
        to: 'Until',
        expected_payments: 'Expected payments',
        expected_margin: 'Expected margin',
        discount_factor: 'Discount factor',
        present_value: 'Present value',
      },
    ),
    flowsPicture(totals, assumptions),
    { type: 'facts', title: 'How to read it', facts: readingFacts(explanation) },
  ];
}

function facts(explanation: ContractExplanation): readonly Fact[] {
  const { subscriber, segment, settings, lengths, subscriptions, assumptions, clv } = explanation;
  const fits = subscriptions.map(({ fit }) => fitName(fit));
  const areTold = new Set(fits).size === fits.length;
  const nameOf = ({ id, fit }: ExplainedSubscription): string => (areTold ? fitName(fit) : `${id} of ${fitName(fit)}`);
  const which = (one: ExplainedSubscription): string => (subscriptions.length > 1 ? `, ${nameOf(one)}` : '');
  const { by, digits } = assumptions;
  const money = moneyIn(assumptions);
  const revenue = money(rescale(subscriber.revenue, AMOUNT_SCALE, digits));
  const margin = money(rescale(subscriber.margin, MARGIN_SCALE, digits));
  return [
    { label: 'Customer lifetime value', value: money(clv) },
    ...by.flatMap((label, i) => (segment[i] === undefined ? [] : [{ label, value: segment[i] }])),
    {
      label: 'Paid',
      value: `the first time on ${isoOf(subscriber.firstPayment)}, the last on ${isoOf(subscriber.lastPayment)}`,
    },
    { label: 'Brought so far', value: `revenue ${revenue}, margin ${margin}` },
    ...subscriptions.flatMap((one) => expectedFacts(one, explanation, which(one))),
    { label: 'As of', value: isoOf(assumptions.asOf) },
    { label: 'Contract', value: contractText(lengths) },
    { label: 'Discount rate', value: annualText(assumptions.discountRate) },
    { label: 'Horizon', value: horizonText(assumptions.horizon) },
    { label: 'Timing', value: `${settings.timing}: ${TIMINGS[settings.timing].words}` },
    { label: 'Margin taken as', value: `${assumptions.margin}${marginText(settings)}` },
  ];
}

/** @param which one, where there are several */
function expectedFacts(one: ExplainedSubscription, explanation: ContractExplanation, which: string): readonly Fact[] {
  const { tenure, alive, chance, margin, retentionNext, settings, fitted } = one;
  const { assumptions, valueAt } = explanation;
  const { digits, currency } = assumptions;
  const unit = currency === null ? '' : ` ${currency}`;
  const from = {
    last: 'that of the last payment',
    next: alive ? 'at the price of the next payment, by the price book' : 'that of the last payment',
    mean: `the mean of ${tenure} paid ${plural(tenure, 'period', 'periods')}`,
  }[valueAt];
  const brings = `${grouped(margin.toFixed(digits))}${unit}, ${from}`;
  const run = `${tenure} ${plural(tenure, 'period', 'periods')} in a row`;
  const late = alive && chance < 1;
  return [
    { label: `Periods${which}`, value: `${run}${alive ? '' : '; the subscription has ended'}` },
    ...(late
      ? [{ label: `Late${which}`, value: `the payment still comes with a chance of ${chance.toFixed(FIGURE_DIGITS)}` }]
      : []),
    ...(alive
      ? [
          {
            label: `Next renewal${which}`,
            value: `${retentionNext.toFixed(FIGURE_DIGITS)}, the chance that it is made`,
          },
        ]
      : []),
    { label: `Margin a period${which}`, value: alive ? brings : `${brings}; nothing more is expected` },
    { label: `Model${which}`, value: contractModelText(settings, fitted) },
  ];
}

function readingFacts({ settings, totals }: ContractExplanation): readonly Fact[] {
  const cost = settings.cost === null ? '' : ', less the cost of keeping the customer';
  const growth = settings.growth.isZero() ? '' : ', grown';
  return [
    { label: 'Expected payments', value: 'the chances that each payment of the row is made, summed' },
    { label: 'Expected margin', value: `expected payments × margin a period${growth}${cost}` },
    { label: 'Discount factor', value: 'what a payment of 1 in the row is worth on the as-of date, on average' },
    {
      label: 'Present value',
      value: 'what the row is worth on the as-of date; their sum is the customer lifetime value',
    },
    ...(totals.counts.at(-1) === null
      ? [{ label: 'Thereafter', value: 'has no finite number of payments in this model, but a finite present value' }]
      : []),
  ];
}
