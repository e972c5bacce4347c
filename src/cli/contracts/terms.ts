import { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Horizon } from '../../base/units.ts';
import type { ContractFit } from '../../data/contracts.ts';
import type { SavedContracts } from '../../data/saved-model.ts';
import { constantRetention } from '../../models/contracts/constant-retention.ts';
import { contractModel } from '../../models/contracts/registry.ts';
import { sbg } from '../../models/contracts/sbg.ts';
import type { SurvivalModel } from '../../models/contracts/survival.ts';
import { savedSurvival } from '../../valuation/contracts/saved.ts';
import {
  type ContractSettings,
  type KeepingCost,
  retentionPerPeriod,
  TIMINGS,
  type Timing,
} from '../../valuation/contracts/terms.ts';
import { intervalKind } from '../interval-kind.ts';
import { amount, choice, optionError, rate } from '../option-values.ts';
import { type PeriodLength, periodOf, wholePeriods } from '../periods.ts';
import { type AnnualRates, segmentRates } from './rates.ts';

/** The options of contracts as text. */
export interface ContractOptions {
  readonly model: string;
  readonly by?: string | undefined;
  readonly retention?: string | undefined;
  readonly retentionFile?: string | undefined;
  readonly timing: string;
  readonly growth: string;
  readonly retentionCost?: string | undefined;
  readonly retentionCostTiming?: string | undefined;
  /** Of a command that gives intervals. */
  readonly interval?: string | undefined;
}

/** Retention a year as it was given: one for all, or one for each of some plans or lengths. */
export type GivenRetention = Decimal | ReadonlyMap<string, Decimal>;

/** What was typed of the options of contracts, as built values. */
export interface TypedContract {
  readonly model: SurvivalModel;
  /** Annual; null: by the model, or estimated. */
  readonly retention: GivenRetention | null;
  /** Annual effective growth of the margin. */
  readonly growth: Decimal;
  readonly timing: Timing;
  readonly horizon: Horizon;
  /** Whether the errors of the parameters give intervals. */
  readonly interval: boolean;
  /** How many refits give them instead; null: none. */
  readonly resamples: number | null;
  readonly cost: KeepingCost | null;
  /** Models that were fitted earlier, where a file of them is given. */
  readonly saved: SavedContracts | null;
}

/** @throws ClvError E101, E122 */
export function contractSettings(options: ContractOptions, horizon: Horizon, typedModel: boolean): TypedContract {
  const retention = options.retention === undefined ? null : givenRetention(options.retention);
  const single = (retention !== null && isOne(retention)) || options.retentionFile !== undefined;
  const model = typedModel ? contractModel(options.model)! : single ? constantRetention : sbg;
  if (single && model !== constantRetention) {
    const option = options.retention === undefined ? '--retention-file' : '--retention';
    const models = { model: model.name, single: constantRetention.name };
    throw new ClvError('E122', { option, ...variant('E122', 'one rate', models) });
  }
  if (options.retention !== undefined && options.retentionFile !== undefined)
    throw new ClvError('E122', { option: '--retention', ...variant('E122', 'two retentions') });
  if (options.retentionFile !== undefined && options.by === undefined)
    throw new ClvError('E123', variant('E123', 'segments'));
  const interval = intervalKind(options.interval ?? 'none');
  const timing = choice('--timing', options.timing, Object.keys(TIMINGS) as Timing[]);
  return {
    model,
    retention,
    cost: keepingCost(options, timing),
    growth: rate('--growth', options.growth, 'growth'),
    timing,
    horizon,
    saved: null,
    interval: interval === 'covariance',
    resamples: typeof interval === 'number' ? interval : null,
  };
}

/** `80%`, or by plan or length: `annual=80%,1m=30%`. E101. */
function givenRetention(text: string): GivenRetention {
  if (!text.includes('=')) return rate('--retention', text, 'retention');
  const rates = new Map<string, Decimal>();
  for (const part of text.split(',')) {
    const at = part.lastIndexOf('=');
    const name = part.slice(0, at).trim();
    if (at <= 0 || name === '' || rates.has(name)) optionError('--retention', text, 'no rates');
    rates.set(name, rate('--retention', part.slice(at + 1).trim(), 'retention'));
  }
  return rates;
}

/** Whether one rate is that of all. */
export function isOne(given: GivenRetention): given is Decimal {
  return given instanceof Decimal;
}

/** The rate given where there is one of all: a table of survivors has no plans. E101. */
export function oneRetention({ retention }: TypedContract): Decimal | null {
  if (retention === null || isOne(retention)) return retention;
  return optionError('--retention', [...retention.keys()].join(', '), 'no plans');
}

/** How subscriptions of a length are valued. @param retention a year; null: as the model says, or estimated */
export function settingsOfLength(
  { horizon, model, saved: _, resamples: __, ...typed }: TypedContract,
  period: PeriodLength,
  retention: Decimal | null,
  { discountRate, digits }: { readonly discountRate: Decimal; readonly digits: number },
): ContractSettings & { readonly retention: Decimal | null } {
  return {
    ...typed,
    model: retention ? constantRetention : model,
    retention: retention && retentionPerPeriod(retention, period.perYear),
    horizonPeriods: wholePeriods(horizon, period),
    periodsPerYear: period.perYear,
    discountRate,
    digits,
  };
}

/** E101 for a rate that is given for neither a plan nor a length that there is. */
export function checkRetention(
  given: GivenRetention | null,
  fits: readonly ContractFit[],
  plansOf: (length: string) => readonly string[],
): void {
  if (given === null || isOne(given)) return;
  const lengths = [...new Set(fits.map(({ length }) => length.text))];
  const names = [...lengths.flatMap((length) => plansOf(length)), ...lengths];
  const unknown = [...given.keys()].find((name) => !names.includes(name));
  if (unknown === undefined) return;
  optionError('--retention', unknown, 'no plan', { names: names.join(', '), hint: didYouMean(unknown, names) });
}

/** How the subscriptions of each fit are valued. @param plansOf the plans of a length @param rates by segment. E101, E262, E336 */
export function settingsByFit(
  typed: TypedContract,
  plansOf: (length: string) => readonly string[],
  settings: { readonly discountRate: Decimal; readonly digits: number },
  rates: AnnualRates | null,
): (fit: ContractFit) => ContractSettings {
  return (fit) => {
    const own = settingsOfLength(typed, periodOf(fit.length), retentionOf(typed.retention, fit, plansOf), settings);
    if (rates) return { ...own, retention: segmentRates(rates, own.periodsPerYear) };
    if (typed.saved === null) return own;
    const saved = savedSurvival(typed.saved, fit);
    return { ...own, model: saved.general, saved };
  };
}

/** The rate given for a fit: of all, of its length, or of a plan of that length. E101 where plans of one length differ. */
function retentionOf(
  given: GivenRetention | null,
  { length }: ContractFit,
  plansOf: (length: string) => readonly string[],
): Decimal | null {
  if (given === null || isOne(given)) return given;
  const names = [length.text, ...plansOf(length.text)].filter((name) => given.has(name));
  const rates = names.map((name) => given.get(name)!);
  if (rates.some((one) => !one.eq(rates[0]!))) {
    const text = names.map((name) => `${name}=${given.get(name)!.toFixed()}`).join(',');
    optionError('--retention', text, 'one length', { length: length.text });
  }
  return rates[0] ?? null;
}

/** Comes when the margin does, unless it says otherwise. */
function keepingCost({ retentionCost, retentionCostTiming }: ContractOptions, timing: Timing): KeepingCost | null {
  if (retentionCost === undefined) {
    if (retentionCostTiming === undefined) return null;
    throw new ClvError('E112', { option: '--retention-cost-timing', other: '--retention-cost' });
  }
  const when = retentionCostTiming ?? timing;
  const known = choice('--retention-cost-timing', when, Object.keys(TIMINGS) as Timing[]);
  return { amount: amount('--retention-cost', retentionCost), timing: known };
}
