import { sumOf } from '../../../aggregator/segments.ts';
import { isoOf } from '../../../base/calendar.ts';
import { AMOUNT_SCALE, grouped, MARGIN_SCALE, rescale } from '../../../base/money.ts';
import type { Fact, View } from '../../../data/report.ts';
import { worthText } from '../../../report/answer.ts';
import { contractBasisFacts } from '../../../report/contract-basis.ts';
import { oneRateFact } from '../../../report/contracts.ts';
import { intervalFacts } from '../../../report/intervals.ts';
import { customerViews, listedFacts, moneyIn, segmentViews } from '../../../report/views.ts';
import type { ContractResult } from './found.ts';

/** What a person sees of a valuation of subscriptions. */
export function contractViews(result: ContractResult): readonly View[] {
  return [
    { type: 'facts', title: 'Customer equity', facts: facts(result) },
    ...segmentViews(result.assumptions),
    ...customerViews(
      result.customers,
      result.assumptions,
      [
        { name: 'tenure_periods', heading: 'Paid periods' },
        { name: 'last_purchase', heading: 'Last payment' },
        { name: 'revenue', heading: 'Revenue' },
        { name: 'expected_margin_per_purchase', heading: 'Margin a period' },
        { name: 'dert', heading: 'Residual factor', exact: true },
      ],
      sumOf(result.totals).customers,
    ),
  ];
}

/** What a manager is told first: what the subscriptions are worth, how sure that is, and how many of them run. */
export function contractAnswer({ assumptions, valuation, intervals, totals }: ContractResult): readonly string[] {
  const whole = sumOf(totals);
  const money = moneyIn(assumptions);
  const till = assumptions.horizon === 'lifetime' ? '' : ` within ${assumptions.horizon}`;
  const [sure] = intervalFacts(valuation.equity, intervals, assumptions.digits);
  const { prospectValue } = valuation;
  return [
    worthText(whole.customers, money(whole.clv), `after ${isoOf(assumptions.asOf)}${till}`),
    `${grouped(String(valuation.alive))} of their subscriptions are running; one that has ended is worth nothing.`,
    ...(sure ? [`${sure.label}: ${sure.value}.`] : []),
    ...(prospectValue === null ? [] : [`Winning a new customer may cost up to ${money(prospectValue)}.`]),
  ];
}

function facts(result: ContractResult): readonly Fact[] {
  const { assumptions, valuation } = result;
  const { digits } = assumptions;
  const whole = sumOf(result.totals);
  const money = moneyIn(assumptions);
  const { prospectValue, oneRate } = valuation;
  return [
    { label: 'Customer equity', value: money(whole.clv) },
    ...intervalFacts(valuation.equity, result.intervals, digits),
    ...listedFacts(result.customers, whole, money),
    { label: 'Customers', value: grouped(String(whole.customers)) },
    { label: 'Subscriptions running', value: grouped(String(valuation.alive)) },
    { label: 'Sales (revenue)', value: money(rescale(whole.revenue, AMOUNT_SCALE, digits)) },
    { label: 'Margin', value: money(rescale(whole.margin, MARGIN_SCALE, digits)) },
    ...(prospectValue === null ? [] : [{ label: 'Prospect value', value: `${money(prospectValue)} a new customer` }]),
    ...(oneRate ? [oneRateFact(oneRate, valuation.fits[0]!.settings, money)] : []),
    ...contractBasisFacts({ ...result, fits: valuation.fits }),
  ];
}
