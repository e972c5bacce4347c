import type { Warning } from '../base/errors.ts';
import { ClvError } from '../base/errors.ts';
import type { Horizon } from '../base/units.ts';
import type { Origin } from '../data/origin.ts';
import type { Factors, SpendFrom } from '../data/states.ts';
import { deltaPerDay } from '../engine/discount.ts';
import { factorsOf } from '../engine/factors.ts';
import { joinedFactors, statesOfGroup } from '../engine/groups.ts';
import type { Ledger } from '../ledger/ledger.ts';
import type { BuyingModel, Estimate, PurchaseWindow } from '../models/model.ts';
import { MOST_TRIED } from '../models/regularity.ts';
import { boundedFactors, checkCustomerIntervals } from './customer-intervals.ts';
import { type Fitted, type FittedCustomers, fitModels, type SpendRead } from './fit.ts';
import type { GroupNote, ModelNote, SpendNote, ValuationNotes } from './found.ts';
import { type IntervalKind, intervalsOf, noIntervals, uncertaintyWhenAsked, valuedOf } from './intervals.ts';
import { modelErrorOf } from './model-error.ts';
import { withNextPurchase } from './next-purchase.ts';
import type { Say, Valuing } from './valuing.ts';

/** What a valuation adds to what the ledger knows. */
interface Found extends ValuationNotes {
  readonly warnings: readonly Warning[];
  readonly fitted: FittedCustomers;
  /** Of the states of the customers, in their order. */
  readonly factors: Factors;
}

/** What is to be found besides the values. */
interface Asked {
  readonly interval: IntervalKind;
  /** Whether every customer has intervals of its own. */
  readonly customerIntervals?: boolean;
  /** Whether it is told when each customer buys next. */
  readonly nextPurchase?: boolean;
  readonly pool: boolean;
  /** What the customers spend, where that was read and fitted while they were rolled up. */
  readonly spend?: SpendRead | null;
  /** Of `originsOf`, from which the model error of prediction intervals is learned; none: the usual one. */
  readonly origins?: readonly Origin[];
}

/**
 * Fits the models to the states of a rolled-up ledger and values every customer in it.
 * @throws ClvError E122 where customers are to have intervals, or the day of their next purchase, and the models have none of them
 */
export async function valueCustomers(
  ledger: Ledger,
  settings: Valuing,
  { interval, customerIntervals = false, nextPurchase = false, pool, spend = null, origins = [] }: Asked,
  say: Say = () => {},
): Promise<Found> {
  say('fitting the models');
  const customers = await fitModels(ledger, settings, { pool, spend });
  const { states, groups, source } = customers;
  if (customerIntervals) for (const { model, spend } of groups) checkCustomerIntervals(model, spend.model);
  const window = windowOf(settings, customers.horizon);
  const { spendFrom } = settings;
  const reason = noIntervals(customers, interval);
  const notes = groups.map((fitted) => groupNote(settings, fitted, window));
  const valued = groups.map((group) => {
    const part = groupFactors(customers, group, window, spendFrom);
    return valuedOf(customers, group, part, window, spendFrom);
  });
  if (typeof interval === 'number' || customerIntervals) say('finding intervals');
  const none = interval === 'none' && !customerIntervals;
  const modelError = none ? null : modelErrorOf(origins, settings, groups[0]!, customers.daily, ledger.fits);
  const known = valued.map(uncertaintyWhenAsked);
  const intervals = await intervalsOf(ledger, customers, valued, known, { kind: interval, modelError });
  if (nextPurchase) say('finding when customers buy next');
  const parts = valued.map((one, i) => {
    const bounded = customerIntervals ? boundedFactors(one, known[i]!(), modelError) : one.factors;
    return nextPurchase ? withNextPurchase(bounded, one) : bounded;
  });
  const factors = states.groups ? joinedFactors(states, parts) : parts[0]!;
  say('valuing customers');
  await ledger.value(factors, settings.digits);
  return {
    fitted: customers,
    factors,
    source,
    groups: notes,
    expectedActive: factors.pAlive.reduce((sum, alive, i) => sum + alive * states.count[i]!, 0),
    intervals,
    warnings: reason ? [{ code: 'W308', values: { reason } }] : [],
  };
}

/** What the output tells of the models of a group, and of its prospects. E107 */
export function groupNote(
  settings: Pick<Valuing, 'model' | 'spend' | 'season' | 'spendFrom' | 'held'>,
  fitted: Fitted,
  window: PurchaseWindow,
): GroupNote {
  const { group, pooled, model, spend } = fitted;
  return {
    name: group.name,
    pooled,
    model: buyingNote(settings, fitted),
    spend: spendNote(settings, spend),
    prospectValue: prospectValue(model, fitted, window),
  };
}

/** What the output tells of a model of buying. @param asked what was asked for: the fitted one may be a limit of it */
export function buyingNote(
  asked: Pick<Valuing, 'model' | 'season' | 'spend' | 'spendFrom' | 'held'>,
  { model, general, fit }: Pick<Fitted, 'model' | 'general' | 'fit'>,
): ModelNote {
  const clockless = asked.season === 'none' || model.clocked ? {} : { season: null };
  const chosen = asked.model.whenOne && !asked.held ? { chosen: choiceText(asked, general ?? model) } : {};
  const limit = limitNote(asked.model.whenOne && general ? general : asked.model, model);
  return { ...noteOf(model, fit), ...limit, ...clockless, ...chosen };
}

/** Why `--model auto` took what it did. */
function choiceText(
  { spend, spendFrom, season }: Pick<Valuing, 'season' | 'spend' | 'spendFrom'>,
  model: BuyingModel,
): string {
  const { regularity = 1, name } = model;
  const regular =
    regularity === 1
      ? 'purchases come no more regularly than by chance (k 1)'
      : `purchases come regularly, k ${regularity} being the likeliest${regularity === MOST_TRIED ? ', the largest that is tried' : ''}`;
  const months = model.clocked
    ? 'on a clock of months'
    : season === 'none'
      ? 'without months'
      : 'without months, under 450 days of data';
  const spent = spend.fillsMeans ? `spend as each customer's own mean` : `spend from ${spendFrom} purchases`;
  return `${name}: ${regular}, ${months}, ${spent}`;
}

/** What the output tells of a model of spend. */
export function spendNote(
  { spend, spendFrom }: Pick<Valuing, 'spend' | 'spendFrom'>,
  { model, fit }: Fitted['spend'],
): SpendNote {
  return { ...noteOf(model, fit), ...limitNote(spend, model), spendFrom, correlation: fit.correlation };
}

/** Of a limit; a model taken from a file is what it is. */
function limitNote(
  asked: { readonly name: string },
  { name, takes }: { readonly name: string; readonly takes?: string },
) {
  return takes === undefined || name === asked.name ? {} : { limit: { of: asked.name, takes } };
}

/** The factors of the states of a group. */
export function groupFactors(
  { states }: FittedCustomers,
  { group, model, fit, spend }: Fitted,
  window: PurchaseWindow,
  spendFrom: SpendFrom,
): Factors {
  const own = states.groups ? statesOfGroup(states, group) : states;
  const credibility = (purchases: number) => spend.model.credibility(purchases, spend.fit.parameters);
  return factorsOf(own, model, fit.parameters, window, credibility, spendFrom);
}

/**
 * Value of a customer not yet acquired: the first purchase at once, then those expected of a customer of state (0, 0, 0),
 * each at the population's mean margin (definitions: Time value). E107 where it is infinite.
 */
export function prospectValue(
  model: Pick<BuyingModel, 'one'>,
  { fit, spend }: Pick<Fitted, 'fit' | 'spend'>,
  window: PurchaseWindow,
): number {
  const later = model.one({ x: 0, recency: 0, age: 0 }, fit.parameters, window).purchases;
  if (!Number.isFinite(later)) throw new ClvError('E107', { option: '--discount-rate' });
  return spend.model.populationMean(spend.fit.parameters) * (1 + later);
}

/** A horizon and the discount rate, as a window of purchases. */
export function windowOf({ discountRate }: Pick<Valuing, 'discountRate'>, horizon: Horizon): PurchaseWindow {
  return { delta: deltaPerDay(discountRate), days: horizon.days };
}

/** What the output tells of a fitted model. */
export function noteOf(
  model: Pick<BuyingModel, 'name' | 'parameterNames' | 'timeUnit' | 'regularity' | 'clocked'>,
  fit: Estimate,
): ModelNote {
  return {
    name: model.name,
    regularity: model.regularity,
    ...(model.clocked && { season: model.clocked.clock }),
    timeUnit: model.timeUnit,
    parameterNames: model.parameterNames,
    parameters: fit.parameters,
    standardErrors: fit.covariance?.map((row, i) => Math.sqrt(row[i]!)) ?? null,
    covariance: fit.covariance,
    logLikelihood: fit.logLikelihood,
    customers: fit.customers,
  };
}
