import { type Day, isoOf } from '../../base/calendar.ts';
import { AMOUNT_SCALE, halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../../base/money.ts';
import { Exact, FIGURE_DIGITS, type Json, type Report } from '../../data/report.ts';
import { envelope } from '../../report/found.ts';
import { inputBlock } from '../../report/input.ts';
import { CUSTOMER_INTERVALS, methodology } from '../../report/methodology.ts';
import { modelBlock } from '../../report/model.ts';
import { explainAnswer } from './answer.ts';
import { cashFlowsSection, totalsOf } from './cash-flows.ts';
import type { Explanation } from './found.ts';
import { bought, explainViews } from './views.ts';

/** The report of `clv explain`: what a customer did, and the cash flows that its CLV is the sum of. */
export function explainReport(explanation: Explanation): Report {
  const { assumptions, population, flows } = explanation;
  return {
    command: 'explain',
    document: [
      ...envelope(
        'explain',
        explanation,
        {
          ...methodology(assumptions),
          ...(explanation.subject.intervals && { customer_intervals: CUSTOMER_INTERVALS }),
          cash_flows: DEFINITION,
        },
        population === null
          ? { files: [], tables: [], reconciliation: null }
          : inputBlock({ ...explanation, population }),
      ),
      ['model', models(explanation)],
      ['customer', customerBlock(explanation)],
      ['cash_flows', cashFlowsSection(totalsOf(flows, assumptions.digits), assumptions.asOf, assumptions.digits)],
    ],
    main: 'cash_flows',
    views: explainViews(explanation),
    answer: async () => explainAnswer(explanation, bought(explanation)),
  };
}

const DEFINITION =
  'rows end whole periods after the as-of date, a year being 365.25 days; every figure is the rounded whole up to the end of ' +
  'the row less that up to its start, so the present values sum to the CLV; discount_factor: discounted over undiscounted ' +
  'expected purchases of the row';

/** The models of the customer's group, which is named where there are several. */
function models({ group, source, assumptions }: Explanation): Json {
  const block = modelBlock({ model: { ...group.model, source }, spend: group.spend });
  const name = Object.fromEntries(assumptions.fitBy.map((column, i) => [column, group.name[i]!]));
  return assumptions.fitBy.length === 0 ? block : { ...block, groups: [{ ...name, pooled: group.pooled }] };
}

/** The fields that `clv compute` prints of a customer. */
function customerBlock({ subject, spending, assumptions, flows }: Explanation): Json {
  const { by, digits } = assumptions;
  const exact = (value: bigint | null, scale: number): Json =>
    value === null ? null : new Exact(unitsText(rescale(value, scale, digits), digits));
  const money = (value: number): Json => new Exact(unitsText(halfEvenUnits(value, digits), digits));
  const figure = (value: number): Json => new Exact(value.toFixed(FIGURE_DIGITS));
  const interval = (bounds: readonly bigint[] | null): Json =>
    bounds?.map((bound) => new Exact(unitsText(bound, digits))) ?? null;
  const date = (day: Day | null): Json => (day === null ? null : isoOf(day));
  return {
    customer_id: subject.id,
    ...Object.fromEntries(by.map((name, i) => [name, subject.segment[i] ?? null])),
    first_purchase: date(subject.firstPurchase),
    last_purchase: date(subject.lastPurchase),
    purchases: subject.x + 1,
    frequency: subject.x,
    recency_days: subject.recency,
    age_days: subject.age,
    revenue: exact(subject.revenue, AMOUNT_SCALE),
    margin: exact(subject.margin, MARGIN_SCALE),
    mean_margin_per_purchase: subject.meanText === null ? null : new Exact(subject.meanText),
    p_alive: figure(subject.pAlive),
    expected_margin_per_purchase: money(spending.expected),
    dert: figure(subject.dert),
    clv: new Exact(unitsText(flows.clv, digits)),
    ...(subject.intervals && {
      clv_interval: interval(subject.intervals.confidence),
      prediction_interval: interval(subject.intervals.prediction),
    }),
  };
}
