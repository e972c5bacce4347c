import type { ContractCells } from '../base/contracts.ts';
import type { CustomerBlock, Population, Totals } from '../base/customers.ts';
import { AMOUNT_SCALE, MARGIN_SCALE, rescale, unitsText } from '../base/money.ts';
import { Exact, type Json, type Report } from '../base/report.ts';
import { TIMINGS } from '../engine/timing.ts';
import { oneRateBlock } from './contract-comparison.ts';
import { costNote } from './contract-terms.ts';
import type { Bounds, ContractSettings, ContractValuation } from './contracts.ts';
import { renewalsSection } from './contracts-renewals.ts';
import { contractViews } from './contracts-views.ts';
import { customersSection, FIGURE_DIGITS } from './customers.ts';
import { type Input, inputBlock } from './input.ts';
import { type Assumptions, methodology } from './methodology.ts';
import { noteBlock } from './model.ts';
import { segmentsSection, sumOf } from './segments.ts';

/** Everything a valuation of subscriptions found, ready to be reported. */
export interface ContractResult {
  readonly assumptions: Assumptions;
  readonly settings: ContractSettings;
  /** Length of a period as it was written, and the days that a run may miss. */
  readonly period: { readonly text: string; readonly grace: number };
  readonly input: Input;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly population: Population;
  readonly cells: ContractCells;
  readonly valuation: ContractValuation;
  readonly totals: readonly Totals[];
  readonly customers: AsyncIterable<CustomerBlock>;
}

/** The report of `clv compute --contract`: the lists of any valuation, and what customers are worth by the renewals made. */
export function contractsReport(result: ContractResult): Report {
  const { by, digits } = result.assumptions;
  return {
    command: 'compute',
    document: [
      ['$schema', 'urn:clv:compute:1.0'],
      ['schema_version', '1.0'],
      ['command', 'compute'],
      ['methodology', { ...(methodology(result.assumptions) as object), ...contractNotes(result) }],
      ['input', inputBlock(result)],
      ['warnings', result.warnings.map(({ code, message }) => ({ code, message }))],
      ['model', modelBlock(result)],
      ['summary', summary(result)],
      ['segments', by.length > 0 ? segmentsSection(result.totals, by, segmentInterval(result), digits) : []],
      ['tenures', renewalsSection(result)],
      ['customers', customersSection(result.customers, by, 1, digits, { subscribers: true })],
    ],
    main: 'customers',
    views: contractViews(result),
  };
}

/** What a methodology of contracts says otherwise. */
function contractNotes({ settings, period }: ContractResult): { readonly [key: string]: Json } {
  return {
    timing: `${settings.timing}: ${TIMINGS[settings.timing].words}; discounted by whole periods`,
    spend_from: 'the last unbroken run of paid periods: its margin by its periods',
    contract: `periods of ${period.text} by the calendar from the first payment; a run may miss ${period.grace} days`,
    periods_per_year: settings.periodsPerYear,
    margin_growth_annual: new Exact(settings.growth.toFixed()),
    retention_cost: costNote(settings),
    population: 'customers with a payment on or before the as-of date; those whose run has ended are worth nothing',
  };
}

function modelBlock({ settings, valuation }: ContractResult): Json {
  const { parameterNames, fit } = valuation.fitted;
  return {
    name: settings.model.name,
    time_unit: 'period',
    ...noteBlock({
      name: settings.model.name,
      parameterNames,
      parameters: fit.parameters,
      standardErrors: fit.covariance?.map((row, i) => Math.sqrt(row[i]!)) ?? null,
      covariance: fit.covariance,
      logLikelihood: Number.isFinite(fit.logLikelihood) ? fit.logLikelihood : Number.NaN,
      customers: fit.customers,
    }),
    groups: null,
    source: null,
    spend: null,
  };
}

function summary({ totals, valuation, assumptions }: ContractResult): Json {
  const { digits } = assumptions;
  const whole = sumOf(totals);
  const money = (units: bigint): Exact => new Exact(unitsText(units, digits));
  return {
    customers: whole.customers,
    expected_active: new Exact(valuation.alive.toFixed(FIGURE_DIGITS)),
    revenue: money(rescale(whole.revenue, AMOUNT_SCALE, digits)),
    margin: money(rescale(whole.margin, MARGIN_SCALE, digits)),
    customer_equity: money(whole.clv),
    customer_equity_interval: valuation.interval?.map(money) ?? null,
    prediction_interval: null,
    prospect_value: valuation.prospectValue === null ? null : money(valuation.prospectValue),
    ...oneRateBlock(valuation.oneRate, digits),
  };
}

/** The interval of a segment: "low high", or null. */
function segmentInterval({ cells, valuation, assumptions }: ContractResult): (total: Totals) => string | null {
  const byName = new Map(cells.segments.map((segment, i) => [segment.join('\u0000'), valuation.segmentIntervals[i]!]));
  const text = (bounds: Bounds): string => bounds.map((bound) => unitsText(bound, assumptions.digits)).join(' ');
  return ({ segment }) => {
    const bounds = byName.get(segment.join('\u0000')) ?? null;
    return bounds && text(bounds);
  };
}
