import type { CustomerBlock, Population, Totals } from '../base/customers.ts';
import { AMOUNT_SCALE, halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../base/money.ts';
import { Exact, type Json, type Report, type Section } from '../base/report.ts';
import { computeViews } from './compute-views.ts';
import { customersSection, FIGURE_DIGITS } from './customers.ts';
import { type Input, inputBlock } from './input.ts';
import { type Intervals, intervalText, predictionText, segmentIntervals } from './intervals.ts';
import { type Assumptions, methodology } from './methodology.ts';
import { type GroupNote, groupedModelBlock, modelBlock } from './model.ts';
import { segmentsSection, sumOf } from './segments.ts';

/** Everything a valuation found, ready to be reported. */
export interface Valuation {
  readonly assumptions: Assumptions;
  readonly input: Input;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly population: Population;
  /** File of the parameters, where they were not fitted to these data. */
  readonly source: string | null;
  readonly groups: readonly GroupNote[];
  readonly expectedActive: number;
  /** Null where none are asked for, or none can be had. */
  readonly intervals: Intervals | null;
  readonly totals: readonly Totals[];
  readonly customers: AsyncIterable<CustomerBlock>;
  /** The same as CSV, where the ledger writes that faster. */
  readonly csv: Section['csv'];
}

/** The report of `clv compute`: per-customer CLV, customer equity, segment share. */
export function computeReport(valuation: Valuation): Report {
  const { assumptions, totals } = valuation;
  const { by, digits } = assumptions;
  const { intervals } = valuation;
  const intervalOf = intervals && segmentIntervals(intervals);
  const interval = (total: Totals): string | null => intervalOf && intervalText(intervalOf(total.segment), digits);
  const segments = segmentsSection(totals, by, interval, digits);
  const counted = assumptions.spendFrom === 'all' ? 1 : 0;
  return {
    command: 'compute',
    document: [
      ['$schema', 'urn:clv:compute:1.0'],
      ['schema_version', '1.0'],
      ['command', 'compute'],
      ['methodology', methodology(assumptions)],
      ['input', inputBlock(valuation)],
      ['warnings', valuation.warnings.map(({ code, message }) => ({ code, message }))],
      ['model', modelsBlock(valuation)],
      ['summary', summary(valuation)],
      ['segments', by.length > 0 ? segments : []],
      ['customers', customersSection(valuation.customers, by, counted, digits, { csv: valuation.csv })],
    ],
    main: 'customers',
    views: computeViews(valuation),
  };
}

/** The models of a valuation: one of all customers, or one a group. */
export function modelsBlock({
  groups,
  source,
  assumptions,
}: Pick<Valuation, 'groups' | 'source'> & { readonly assumptions: Pick<Assumptions, 'fitBy' | 'digits'> }): Json {
  if (assumptions.fitBy.length > 0) return groupedModelBlock(groups, assumptions.fitBy, assumptions.digits);
  const { model, spend } = groups[0]!;
  return modelBlock({ model: { ...model, source }, spend });
}

function summary(valuation: Valuation): Json {
  const { digits } = valuation.assumptions;
  const { intervals } = valuation;
  const whole = sumOf(valuation.totals);
  return {
    customers: whole.customers,
    expected_active: new Exact(valuation.expectedActive.toFixed(FIGURE_DIGITS)),
    revenue: new Exact(unitsText(rescale(whole.revenue, AMOUNT_SCALE, digits), digits)),
    margin: new Exact(unitsText(rescale(whole.margin, MARGIN_SCALE, digits), digits)),
    customer_equity: new Exact(unitsText(whole.clv, digits)),
    customer_equity_interval: pair(intervals && intervalText(intervals.equity.total, digits)),
    prediction_interval: pair(intervals && predictionText(whole.clv, intervals, digits)),
    prospect_value:
      valuation.groups.length > 1
        ? null
        : new Exact(unitsText(halfEvenUnits(valuation.groups[0]!.prospectValue, digits), digits)),
  };
}

/** An interval as JSON: [low, high]. */
function pair(interval: string | null): Json {
  return interval === null ? null : interval.split(' ').map((text) => new Exact(text));
}
