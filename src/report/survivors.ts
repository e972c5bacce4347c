import { grouped, groupedCount } from '../base/money.ts';
import type { TableSource } from '../data/inputs.ts';
import { Exact, type Fact, FIGURE_DIGITS, type Json } from '../data/report.ts';
import { TIMINGS } from '../engine/contracts/timing.ts';
import type { SurvivorValuation } from '../valuation/survivors/value.ts';
import { costNote, marginText } from './contracts.ts';
import type { Found } from './found.ts';
import { annualText, horizonText, percentText } from './methodology.ts';

/** What is told of the customers of a survivor table by every command that values them. */

/** What a command knows beside the valuation of survivors. */
export interface SurvivorNotes extends Pick<Found, 'warnings'> {
  readonly table: TableSource;
  readonly currency: string | null;
  /** As the user wrote it: lifetime, 36m. */
  readonly horizon: string;
}

/** The tables that were read, that of the survivors first. */
export function survivorInput(...tables: readonly TableSource[]): Json {
  return { files: [], tables: tables.map(({ name, sha256, bytes, records }) => ({ name, sha256, bytes, records })) };
}

export function survivorMethodology(
  { settings }: SurvivorValuation,
  { currency, horizon }: SurvivorNotes,
): { readonly [key: string]: Json } {
  return {
    as_of: null,
    currency,
    discount_rate_annual: new Exact(settings.discountRate.toFixed()),
    periods_per_year: settings.periodsPerYear,
    horizon: horizonText(horizon),
    timing: `${settings.timing}: ${TIMINGS[settings.timing].words}; discounted by whole periods`,
    margin: `${settings.marginPerPeriod.toFixed()} a customer and period`,
    margin_growth_annual: new Exact(settings.growth.toFixed()),
    retention_cost: costNote(settings),
    population: 'customers alive at the end of their cohort in the survivor table',
    definition:
      'residual value: present value of the expected future margin of a customer alive, by renewals made so far, ' +
      'excluding margin already earned and acquisition cost; customer equity: customers × residual value, ' +
      'the value of each customer rounded to the minor unit',
  };
}

export function survivorModelBlock({ model, limit, fit }: SurvivorValuation): Json {
  const { name, parameterNames } = model;
  const by = (values: readonly number[]): Json => Object.fromEntries(parameterNames.map((key, i) => [key, values[i]!]));
  return {
    name,
    time_unit: 'period',
    ...(limit ? { limit_of: limit.of } : {}),
    parameters: by(fit.parameters),
    standard_errors: fit.covariance && by(fit.covariance.map((row, i) => Math.sqrt(row[i]!))),
    log_likelihood: Number.isFinite(fit.logLikelihood) ? new Exact(fit.logLikelihood.toFixed(FIGURE_DIGITS)) : null,
    customers: fit.customers,
  };
}

/** What the value of survivors stands on: model, rate, horizon, timing, margin. */
export function survivorBasisFacts(
  { settings, model, fit }: SurvivorValuation,
  { horizon }: Pick<SurvivorNotes, 'horizon'>,
): readonly Fact[] {
  return [
    {
      label: 'Model',
      value: settings.retention
        ? `${settings.model.name} of ${percentText(settings.retention.toDecimalPlaces(6))} a period, as given`
        : `${model.name}, fitted to ${groupedCount(fit.customers, 'customer')}`,
    },
    {
      label: 'Discount rate',
      value: `${annualText(settings.discountRate)}; ${periods(settings.periodsPerYear)}`,
    },
    { label: 'Horizon', value: horizonText(horizon) },
    { label: 'Timing', value: `${settings.timing}: ${TIMINGS[settings.timing].words}` },
    {
      label: 'Margin',
      value: `${grouped(settings.marginPerPeriod.toFixed())} a customer and period${marginText(settings)}`,
    },
  ];
}

function periods(perYear: number): string {
  return perYear === 1 ? 'a period is a year' : `${perYear} periods a year`;
}
