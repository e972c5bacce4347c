import { Decimal } from '../base/decimal.ts';
import type { Warning } from '../base/errors.ts';
import { grouped, groupedCount, unitsText } from '../base/money.ts';
import { plural } from '../base/plural.ts';
import { type Cell, type Column, Exact, type Fact, FIGURE_DIGITS, type Json } from '../data/report.ts';
import { type Length, periodsAYear } from '../data/subscriptions/lengths.ts';
import { type ContractsValuation, fitName } from '../valuation/contracts/by-fit.ts';
import type { FittedContracts } from '../valuation/contracts/fit.ts';
import type { ValueAt } from '../valuation/contracts/subscribers.ts';
import {
  type ContractSettings,
  type ContractTerms,
  isOneRate,
  type OneRate,
  TIMINGS,
} from '../valuation/contracts/terms.ts';
import { percentText } from './methodology.ts';
import { noteBlock } from './model.ts';

export { fitName } from '../valuation/contracts/by-fit.ts';

/** What is told of contracts, whether they are counted from payments or from a table of survivors. */

/** A length that subscriptions have. */
export interface LengthNote {
  readonly length: Length;
  /** Days that a run may miss. */
  readonly grace: number;
  /** Plans of this length, where lengths are those of plans. */
  readonly plans: readonly string[];
  readonly subscriptions: number;
  /** What tells it: the option, the gaps between the payments of a plan, those of each subscription, or the days that invoice lines cover. */
  readonly from: 'option' | 'gaps' | 'own' | 'lines';
}

/** Most plans that a text names. */
const NAMED = 5;

/** How payments are read, in words. */
export function contractText(lengths: readonly LengthNote[]): string {
  const [first] = lengths;
  if (lengths.length === 1 && first!.plans.length === 0)
    return `terms of ${first!.length.text} ${first!.from === 'lines' ? 'by the days of service of invoice lines' : 'from the first payment of a run'}, late for up to ${graceText(first!)}`;
  const each = lengths.map((one) => {
    const plans = one.plans.slice(0, NAMED).join(', ') + (one.plans.length > NAMED ? ' …' : '');
    const who = groupedCount(one.subscriptions, 'subscription');
    return `${plans}${plans === '' ? '' : ' '}of ${one.length.text} (${who}, late for up to ${graceText(one)})`;
  });
  return `${TOLD[first?.from ?? 'option']}: ${each.join('; ')}`;
}

const TOLD: Readonly<Record<LengthNote['from'], string>> = {
  option: 'terms by plan',
  gaps: 'terms by plan, as its payments tell',
  own: 'terms by subscription, as its payments tell',
  lines: 'terms by the days of service of invoice lines',
};

function graceText({ grace }: LengthNote): string {
  return `${grace} ${plural(grace, 'day', 'days')}`;
}

/** What a period brings from now on, for the methodology. */
const SPEND_FROM: Readonly<Record<ValueAt, string>> = {
  mean: 'the last run of paid terms: its margin by its terms; extra and one-off payments left out',
  last: 'the last payment of a recurring term',
  next:
    'the price of the next payment: of the plans of the last term in the price book on the next due day, at the margin rate, ' +
    'for all payments to come; of subscriptions that have ended, the last payment',
};

/** The price that values are at, for a person; nothing where it is the mean. */
export function valueAtFacts(valueAt: ValueAt): readonly Fact[] {
  if (valueAt === 'mean') return [];
  const value = valueAt === 'last' ? 'as the last payment' : 'the price of the next payment, by the price book';
  return [{ label: 'A period brings', value }];
}

/** What a methodology of contracts says otherwise. */
export function contractNotes(
  settings: Pick<ContractTerms, 'timing' | 'growth' | 'cost'>,
  lengths: readonly LengthNote[],
  valueAt: ValueAt,
): { readonly [key: string]: Json } {
  const perYear = lengths.map(({ length }) => periodsAYear(length));
  return {
    timing: `${settings.timing}: ${TIMINGS[settings.timing].words}; discounted by whole periods`,
    spend_from: SPEND_FROM[valueAt],
    contract: contractText(lengths),
    periods_per_year: perYear.length === 1 ? perYear[0]! : null,
    margin_growth_annual: new Exact(settings.growth.toFixed()),
    retention_cost: costNote(settings),
    decisions: 'a renewal enters the likelihood when its grace is over, whichever way it went',
    late: 'a late subscription is worth what it would be, times the chance that a payment as late still comes, by the decided renewals of this log',
    population: 'customers with a payment on or before the as-of date; those whose run has ended are worth nothing',
  };
}

/** The model of contracts that values a base. */
export function contractModelBlock({ model, limit, parameterNames, fit, source }: FittedContracts): {
  readonly [key: string]: Json;
} {
  return {
    name: model.name,
    time_unit: 'period',
    ...noteBlock({
      name: model.name,
      limit,
      parameterNames,
      parameters: fit.parameters,
      standardErrors: fit.covariance?.map((row, i) => Math.sqrt(row[i]!)) ?? null,
      covariance: fit.covariance,
      logLikelihood: Number.isFinite(fit.logLikelihood) ? fit.logLikelihood : Number.NaN,
      customers: fit.customers,
    }),
    groups: null,
    source,
    spend: null,
  };
}

/** The models of several fits: there are no parameters of all of them. */
export function contractModelsBlock({ fits }: ContractsValuation): Json {
  if (fits.length === 1) return contractModelBlock(fits[0]!.valuation.fitted);
  const names = new Set(fits.map(({ valuation }) => valuation.fitted.model.name));
  return {
    name: names.size === 1 ? [...names][0]! : null,
    time_unit: 'period',
    parameters: null,
    standard_errors: null,
    log_likelihood: null,
    customers: fits.reduce((sum, { valuation }) => sum + valuation.fitted.fit.customers, 0),
    groups: fits.map(({ fit, settings, valuation }) => {
      const { groups: _, source: __, spend: ___, ...block } = contractModelBlock(valuation.fitted);
      return {
        contract: fit.length.text,
        ...(fit.group.length > 0 && { group: fit.group.join(' · ') }),
        ...block,
        periods_per_year: settings.periodsPerYear,
        subscriptions_running: valuation.alive,
        customer_equity: new Exact(unitsText(valuation.equity, settings.digits)),
      };
    }),
    source: fits[0]?.valuation.fitted.source ?? null,
    spend: null,
  };
}

/** The model of contracts in words: what it is fitted to, or the rate that was given. */
export function contractModelText({ retention }: ContractSettings, { model, fit, source }: FittedContracts): string {
  if (source !== null) return `${model.name} (parameters from ${source})`;
  if (retention === null) return `${model.name}, fitted to ${groupedCount(fit.customers, 'customer')}`;
  if (retention instanceof Decimal) return `${model.name} of ${retentionText(retention)} a period, as given`;
  return `${model.name} by segment, as given in ${retention.file}`;
}

/** The model of each fit. */
export function modelFacts({ fits }: Pick<ContractsValuation, 'fits'>): readonly Fact[] {
  return fits.map(({ fit, settings, valuation }) => ({
    label: fits.length > 1 ? `Model, ${fitName(fit)}` : 'Model',
    value: contractModelText(settings, valuation.fitted),
  }));
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
export function costNote({ cost }: Pick<ContractTerms, 'cost'>): Json {
  return cost && { amount_per_period: new Exact(cost.amount.toFixed()), timing: cost.timing };
}

/** What is taken as margin grows so, and a cost comes off it: said behind it. */
export function marginText({ growth, cost }: Pick<ContractTerms, 'growth' | 'cost'>): string {
  const growing = growth.isZero() ? '' : `, growing ${percentText(growth)} a year`;
  const less = cost === null ? '' : `, less ${cost.amount.toFixed()} a period to keep a customer (${cost.timing})`;
  return growing + less;
}
