import { Decimal } from '../base/decimal.ts';
import type { Warning } from '../base/errors.ts';
import { grouped, unitsText } from '../base/money.ts';
import { plural } from '../base/plural.ts';
import { type Cell, type Column, Exact, type Fact, FIGURE_DIGITS, type Json } from '../data/report.ts';
import type { FittedContracts } from '../valuation/contracts/fit.ts';
import {
  type ContractSettings,
  type ContractTerms,
  isOneRate,
  type OneRate,
  TIMINGS,
} from '../valuation/contracts/terms.ts';
import { percentText } from './methodology.ts';
import { noteBlock } from './model.ts';

/** What is told of contracts, whether they are counted from payments or from a table of survivors. */

/** Length of a period as it was written, and the days that a run may miss. */
export interface ContractPeriod {
  readonly text: string;
  readonly grace: number;
}

/** How payments are read, in words. */
export function contractText({ text, grace }: ContractPeriod): string {
  return `periods of ${text} from the first payment; a run may miss ${grace} ${plural(grace, 'day', 'days')}`;
}

/** What a methodology of contracts says otherwise. */
export function contractNotes(settings: ContractTerms, period: ContractPeriod): { readonly [key: string]: Json } {
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

/** The model of contracts that values a base. */
export function contractModelBlock({ model }: ContractTerms, { parameterNames, fit }: FittedContracts): Json {
  return {
    name: model.name,
    time_unit: 'period',
    ...noteBlock({
      name: model.name,
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

/** The model of contracts in words: what it is fitted to, or the rate that was given. */
export function contractModelText({ retention, model }: ContractSettings, { fit }: FittedContracts): string {
  if (retention === null)
    return `${model.name}, fitted to ${grouped(String(fit.customers))} ${plural(fit.customers, 'customer', 'customers')}`;
  if (retention instanceof Decimal) return `${model.name} of ${retentionText(retention)} a period, as given`;
  return `${model.name} by segment, as given in ${retention.file}`;
}

/** W321 for whoever asks for one rate: by how much it misses what a base of customers who differ is worth. */
export function oneRateWarnings(
  oneRate: OneRate | null,
  terms: Pick<ContractTerms, 'model' | 'digits'>,
): readonly Warning[] {
  if (!isOneRate(terms) || oneRate === null) return [];
  const { retention, equity, differing } = oneRate;
  const money = (units: bigint): string => grouped(unitsText(units, terms.digits));
  const { gap, share, less } = missed(oneRate);
  const values = {
    retention: retention === null ? 'a segment' : `of ${retentionText(retention)} a period for all`,
    equity: money(equity),
    differing: money(differing),
    gap: money(gap),
    share,
    direction: less ? 'too little' : 'too much',
  };
  return [{ code: 'W321', values }];
}

/** What one rate misses, for a person, beside the model that values the base. */
export function oneRateFact(
  oneRate: OneRate,
  terms: Pick<ContractTerms, 'model'>,
  money: (units: bigint) => string,
): Fact {
  const { retention, equity, differing } = oneRate;
  const { gap, share, less } = missed(oneRate);
  if (isOneRate(terms)) {
    const value = `${money(differing)} by sbg: ${money(gap)}${share} ${less ? 'more' : 'less'}`;
    return { label: 'If customers differ', value };
  }
  const rate = retentionText(retention!);
  const value = `${money(equity)} at the aggregate retention of ${rate}: ${money(gap)}${share} ${less ? 'less' : 'more'}`;
  return { label: 'With one rate', value };
}

/** What one rate misses, in the summary of the document. */
export const ONE_RATE_COLUMNS: readonly Column[] = [
  { name: 'retention_aggregate', kind: 'number' },
  { name: 'single_rate_equity', kind: 'money' },
  { name: 'differing_equity', kind: 'money' },
  { name: 'undervaluation', kind: 'money' },
];

export function oneRateRow(oneRate: OneRate | null, digits: number): readonly Cell[] {
  if (oneRate === null) return ONE_RATE_COLUMNS.map(() => null);
  const { retention, equity, differing } = oneRate;
  return [
    retention?.toFixed(FIGURE_DIGITS) ?? null,
    ...[equity, differing, differing - equity].map((units) => unitsText(units, digits)),
  ];
}

function missed({ equity, differing }: OneRate): { gap: bigint; share: string; less: boolean } {
  const less = differing >= equity;
  const gap = less ? differing - equity : equity - differing;
  const share = differing > 0n ? ` (${retentionText(new Decimal(String(gap)).div(String(differing)))})` : '';
  return { gap, share, less };
}

/** A share of customers or money in percent, with one decimal at most. */
function retentionText(share: Decimal): string {
  return percentText(share.toDecimalPlaces(3));
}

/** The cost of keeping a customer, for the methodology. */
export function costNote({ cost }: ContractTerms): Json {
  return cost && { amount_per_period: new Exact(cost.amount.toFixed()), timing: cost.timing };
}

/** What is taken as margin grows so, and a cost comes off it: said behind it. */
export function marginText({ growth, cost }: ContractTerms): string {
  const growing = growth.isZero() ? '' : `, growing ${percentText(growth)} a year`;
  const less = cost === null ? '' : `, less ${cost.amount.toFixed()} a period to keep a customer (${cost.timing})`;
  return growing + less;
}
