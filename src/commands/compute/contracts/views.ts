import { sumOf } from '../../../aggregator/segments.ts';
import { isoOf } from '../../../base/calendar.ts';
import { AMOUNT_SCALE, grouped, MARGIN_SCALE, rescale } from '../../../base/money.ts';
import type { Fact, View } from '../../../data/report.ts';
import { TIMINGS } from '../../../engine/contracts/timing.ts';
import { contractText, marginText, modelFacts, oneRateFact } from '../../../report/contracts.ts';
import { annualText, horizonText } from '../../../report/methodology.ts';
import { customerViews, moneyIn, recordFacts, segmentViews } from '../../../report/views.ts';
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
        { name: 'dert', heading: 'Residual factor' },
      ],
      sumOf(result.totals).customers,
    ),
  ];
}

function facts(result: ContractResult): readonly Fact[] {
  const { assumptions, settings, lengths, valuation } = result;
  const { digits } = assumptions;
  const whole = sumOf(result.totals);
  const money = moneyIn(assumptions);
  const { interval, prospectValue, oneRate } = valuation;
  return [
    { label: 'Customer equity', value: money(whole.clv) },
    ...(interval
      ? [{ label: '95% confidence interval', value: `${interval.map(money).join(' to ')} of the estimate` }]
      : []),
    { label: 'Customers', value: grouped(String(whole.customers)) },
    { label: 'Subscriptions running', value: grouped(String(valuation.alive)) },
    { label: 'Sales (revenue)', value: money(rescale(whole.revenue, AMOUNT_SCALE, digits)) },
    { label: 'Margin', value: money(rescale(whole.margin, MARGIN_SCALE, digits)) },
    ...(prospectValue === null ? [] : [{ label: 'Prospect value', value: `${money(prospectValue)} a new customer` }]),
    ...(oneRate ? [oneRateFact(oneRate, valuation.fits[0]!.settings, money)] : []),
    { label: 'As of', value: isoOf(assumptions.asOf) },
    ...modelFacts(valuation),
    { label: 'Contract', value: contractText(lengths) },
    { label: 'Discount rate', value: annualText(assumptions.discountRate) },
    { label: 'Horizon', value: horizonText(assumptions.horizon) },
    { label: 'Timing', value: `${settings.timing}: ${TIMINGS[settings.timing].words}` },
    { label: 'Margin taken as', value: `${assumptions.margin}${marginText(settings)}` },
    ...recordFacts(result),
  ];
}
