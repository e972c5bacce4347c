import { isoOf } from '../base/calendar.ts';
import { Decimal } from '../base/decimal.ts';
import { AMOUNT_SCALE, grouped, halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../base/money.ts';
import { plural } from '../base/plural.ts';
import type { Fact, View } from '../data/report.ts';
import type { Valuation } from './compute.ts';
import { intervalText, predictionText } from './intervals.ts';
import { type Assumptions, horizonText } from './methodology.ts';
import { sumOf } from './segments.ts';
import { customerViews, recordFacts, segmentViews } from './shared-views.ts';

/** What a person sees of a valuation: the summary, the segments, and the customers that are worth most. */
export function computeViews(valuation: Valuation): readonly View[] {
  return [
    { type: 'facts', title: 'Customer equity', facts: facts(valuation) },
    ...segmentViews(valuation.assumptions),
    ...customerViews(
      valuation.customers,
      valuation.assumptions,
      [
        { name: 'purchases', heading: 'Purchases' },
        { name: 'last_purchase', heading: 'Last purchase' },
        { name: 'revenue', heading: 'Revenue' },
        { name: 'p_alive', heading: 'P(alive)' },
        { name: 'expected_margin_per_purchase', heading: 'Expected margin' },
        { name: 'dert', heading: 'DERT' },
      ],
      sumOf(valuation.totals).customers,
    ),
  ];
}

function facts(valuation: Valuation): readonly Fact[] {
  const { assumptions } = valuation;
  const { digits, currency } = assumptions;
  const whole = sumOf(valuation.totals);
  const money = (units: bigint): string =>
    `${grouped(unitsText(units, digits))}${currency === null ? '' : ` ${currency}`}`;
  return [
    { label: 'Customer equity', value: money(whole.clv) },
    ...intervalFacts(valuation),
    { label: 'Customers', value: grouped(String(whole.customers)) },
    { label: 'Expected active', value: grouped(valuation.expectedActive.toFixed(1)) },
    { label: 'Sales (revenue)', value: money(rescale(whole.revenue, AMOUNT_SCALE, digits)) },
    { label: 'Margin', value: money(rescale(whole.margin, MARGIN_SCALE, digits)) },
    ...prospectFacts(valuation, money),
    ...basisFacts(valuation),
  ];
}

/** Of a valuation, what its customer equity follows from. */
type Basis = Pick<Valuation, 'groups' | 'source' | 'input' | 'population'> & {
  readonly assumptions: Omit<Assumptions, 'by' | 'top'>;
};

/** What a valuation stands on: date, models, rate, horizon, margin, and the records. */
export function basisFacts(valuation: Basis): readonly Fact[] {
  const { assumptions } = valuation;
  return [
    { label: 'As of', value: isoOf(assumptions.asOf) },
    { label: 'Model', value: modelText(valuation) },
    { label: 'Discount rate', value: `${percent(assumptions.discountRate)} a year, effective` },
    { label: 'Horizon', value: horizonText(assumptions.horizon) },
    { label: 'Margin taken as', value: assumptions.margin },
    ...recordFacts(valuation),
  ];
}

function modelText({ groups, source, assumptions }: Basis): string {
  const { model, spend } = groups[0]!;
  const unit = model.timeUnit === undefined ? '' : ` by ${model.timeUnit}`;
  const names = `${model.name}${unit}, ${spend.name}`;
  if (source !== null) return `${names} (parameters from ${source})`;
  if (assumptions.fitBy.length === 0) return names;
  const pooled = groups.filter((group) => group.pooled).length;
  const some = pooled === 0 ? '' : `, ${pooled} too small and valued by the models of all customers`;
  return `${names}, one for each of ${groups.length} ${plural(groups.length, 'group', 'groups')} by ${assumptions.fitBy.join(', ')}${some}`;
}

/** A mix of groups has no one prospect. */
function prospectFacts({ groups, assumptions }: Valuation, money: (units: bigint) => string): readonly Fact[] {
  return groups.map((group) => ({
    label: group.name.length === 0 ? 'Prospect value' : `Prospect value, ${group.name.join(' · ')}`,
    value: `${money(BigInt(halfEvenUnits(group.prospectValue, assumptions.digits)))} a new customer`,
  }));
}

function intervalFacts({ intervals, totals, assumptions }: Valuation): readonly Fact[] {
  if (intervals === null) return [];
  const { digits } = assumptions;
  const equity = sumOf(totals).clv;
  const between = (text: string): string => text.split(' ').map(grouped).join(' to ');
  const prediction = predictionText(equity, intervals, digits);
  return [
    {
      label: '95% confidence interval',
      value: `${between(intervalText(intervals.equity.total, digits))} of the estimate`,
    },
    ...(prediction === null
      ? []
      : [{ label: '95% prediction interval', value: `${between(prediction)} of the outcome` }]),
  ];
}

function percent(rate: string): string {
  return `${new Decimal(rate).times(100).toFixed()}%`;
}
