import { sumOf } from '../../aggregator/segments.ts';
import { isoOf } from '../../base/calendar.ts';
import { AMOUNT_SCALE, grouped, halfEvenUnits, MARGIN_SCALE, rescale } from '../../base/money.ts';
import type { Fact, View } from '../../data/report.ts';
import { activityViews } from '../../report/activity.ts';
import { worthText } from '../../report/answer.ts';
import { basisFacts } from '../../report/basis.ts';
import { frequencyPicture } from '../../report/frequencies.ts';
import { heterogeneityViews } from '../../report/heterogeneity.ts';
import { intervalFacts } from '../../report/intervals.ts';
import { holdersText, spreadViews } from '../../report/spread.ts';
import { customerViews, listedFacts, moneyIn, segmentViews } from '../../report/views.ts';
import type { Valuation } from './found.ts';

/** What a person sees of a valuation: the summary, the segments, and the customers that are worth most. */
export function computeViews(valuation: Valuation): readonly View[] {
  const more = markedColumns(valuation.listed).length > 0;
  return [
    { type: 'facts', title: 'Customer equity', facts: facts(valuation) },
    ...segmentViews(valuation.assumptions),
    ...spreadViews(valuation.assumptions.currency === null ? '' : `, ${valuation.assumptions.currency}`),
    ...activityViews(),
    frequencyPicture('Customers by repeat purchases: as they are, and as the model expects them', 'frequencies'),
    ...heterogeneityViews(valuation.differences),
    ...customerViews(
      valuation.customers,
      valuation.assumptions,
      [
        { name: 'purchases', heading: 'Purchases' },
        { name: 'last_purchase', heading: 'Last purchase' },
        ...(more ? [] : [{ name: 'revenue', heading: 'Revenue' }]),
        { name: 'p_alive', heading: 'Chance still a customer' },
        ...(more ? [] : [{ name: 'expected_margin_per_purchase', heading: 'Expected margin' }]),
        { name: 'dert', heading: 'Discounted future purchases' },
        ...markedColumns(valuation.listed),
      ],
      sumOf(valuation.totals).customers,
    ),
  ];
}

/** Columns that were asked for, under what a person calls them. */
function markedColumns({
  intervals,
  next,
  risk,
  since,
}: Valuation['listed']): readonly { name: string; heading: string }[] {
  return [
    ...(next
      ? [
          { name: 'p_buys_again', heading: 'Chance to buy again' },
          { name: 'next_purchase', heading: 'If so, by' },
        ]
      : []),
    ...(risk ? [{ name: 'churn_risk', heading: 'Risk of churn' }] : []),
    ...(since ? [{ name: 'clv_change', heading: 'Change of CLV' }] : []),
    ...(intervals ? [{ name: 'prediction_interval', heading: '95% prediction' }] : []),
  ];
}

/** What a manager is told first: what the customers are worth, who holds most of it, and how sure that is. */
export async function computeAnswer(valuation: Valuation): Promise<readonly string[]> {
  const { assumptions, spread, intervals } = valuation;
  const whole = sumOf(valuation.totals);
  const money = moneyIn(assumptions);
  const [sure] = intervalFacts(whole.clv, intervals, assumptions.digits);
  const till = assumptions.horizon === 'lifetime' ? '' : ` within ${assumptions.horizon}`;
  return [
    ...(await holdersText(spread, whole.customers, money, whole.clv)),
    worthText(whole.customers, money(whole.clv), `after ${isoOf(assumptions.asOf)}${till}`),
    ...(sure ? [`${sure.label}: ${sure.value}.`] : []),
    ...(whole.customers > 1
      ? [`About ${grouped(valuation.expectedActive.toFixed(0))} of them are expected to be customers still.`]
      : []),
  ];
}

function facts(valuation: Valuation): readonly Fact[] {
  const { assumptions } = valuation;
  const { digits } = assumptions;
  const whole = sumOf(valuation.totals);
  const money = moneyIn(assumptions);
  return [
    { label: 'Customer equity', value: money(whole.clv) },
    ...intervalFacts(whole.clv, valuation.intervals, digits),
    ...listedFacts(valuation.customers, whole, money),
    { label: 'Customers', value: grouped(String(whole.customers)) },
    { label: 'Expected active', value: grouped(valuation.expectedActive.toFixed(1)) },
    { label: 'Sales (revenue)', value: money(rescale(whole.revenue, AMOUNT_SCALE, digits)) },
    { label: 'Margin', value: money(rescale(whole.margin, MARGIN_SCALE, digits)) },
    ...prospectFacts(valuation, money),
    ...basisFacts(valuation),
  ];
}

/** A mix of groups has no one prospect. */
function prospectFacts({ groups, assumptions }: Valuation, money: (units: bigint) => string): readonly Fact[] {
  return groups.map((group) => ({
    label: group.name.length === 0 ? 'Prospect value' : `Prospect value, ${group.name.join(' · ')}`,
    value: `${money(BigInt(halfEvenUnits(group.prospectValue, assumptions.digits)))} a new customer`,
  }));
}
