import { segmentsSection } from '../../../aggregator/segments.ts';
import { unitsText } from '../../../base/money.ts';
import { plural } from '../../../base/plural.ts';
import type { Totals } from '../../../data/customers.ts';
import { listOf, objectOf } from '../../../data/lists.ts';
import { type Cell, Exact, FIGURE_DIGITS, type Json, type Report } from '../../../data/report.ts';
import { TIMINGS } from '../../../engine/contracts/timing.ts';
import { customersSection } from '../../../report/customers.ts';
import { envelope } from '../../../report/found.ts';
import { inputBlock } from '../../../report/input.ts';
import { methodology } from '../../../report/methodology.ts';
import { noteBlock } from '../../../report/model.ts';
import { listedNote, mainList, SUMMARY_COLUMNS, summaryRow } from '../../../report/summary.ts';
import { ONE_RATE_COLUMNS, oneRateRow } from '../../../valuation/contracts/comparison.ts';
import { costNote } from '../../../valuation/contracts/terms.ts';
import type { Bounds } from '../../../valuation/contracts/value.ts';
import type { ContractResult } from './found.ts';
import { renewalsSection } from './renewals.ts';
import { contractViews } from './views.ts';

/** The report of `clv compute --contract`: the lists of any valuation, and what customers are worth by the renewals made. */
export function contractsReport(result: ContractResult): Report {
  const { by, digits } = result.assumptions;
  const { customers } = result;
  const summary = summaryOf(result);
  return {
    command: 'compute',
    document: [
      ...envelope(
        'compute',
        result,
        { ...methodology(result.assumptions), ...contractNotes(result), ...listedNote(customers) },
        inputBlock(result),
      ),
      ['model', modelBlock(result)],
      ['summary', objectOf(COLUMNS, summary)],
      ['segments', by.length > 0 ? segmentsSection(result.totals, by, segmentInterval(result), digits) : []],
      ['tenures', renewalsSection(result)],
      ['customers', customers ? customersSection(customers, by, 1, digits, { subscribers: true }) : []],
    ],
    sections: [listOf('summary', COLUMNS, [summary])],
    main: mainList(customers, by),
    views: contractViews(result),
  };
}

/** What a methodology of contracts says otherwise. */
function contractNotes({ settings, period }: ContractResult): { readonly [key: string]: Json } {
  return {
    timing: `${settings.timing}: ${TIMINGS[settings.timing].words}; discounted by whole periods`,
    spend_from: 'the last unbroken run of paid periods: its margin by its periods',
    contract: `periods of ${period.text} by the calendar from the first payment; a run may miss ${period.grace} ${plural(period.grace, 'day', 'days')}`,
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

const COLUMNS = [...SUMMARY_COLUMNS, ...ONE_RATE_COLUMNS];

function summaryOf({ totals, valuation, assumptions }: ContractResult): readonly Cell[] {
  const { digits } = assumptions;
  const { alive, interval, prospectValue, oneRate } = valuation;
  const found = {
    expectedActive: alive.toFixed(FIGURE_DIGITS),
    interval: interval?.map((units) => unitsText(units, digits)).join(' ') ?? null,
    prediction: null,
    prospectValue: prospectValue === null ? null : unitsText(prospectValue, digits),
  };
  return [...summaryRow(totals, digits, found), ...oneRateRow(oneRate, digits)];
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
