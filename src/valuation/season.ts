import type { Day } from '../base/calendar.ts';
import type { KeptFits } from '../data/books/kept-fits.ts';
import type { DailyPurchases } from '../data/customers.ts';
import type { RollUpName } from '../data/movement.ts';
import type { States } from '../data/states.ts';
import { pooledStates } from '../engine/groups.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { Clock, type LearnedFrom } from '../models/clock/clock.ts';
import { clocked } from '../models/clock/clocked.ts';
import { learnClock } from '../models/clock/learn.ts';
import { type Fitting, fitOrLimit, withLimits } from '../models/limits.ts';
import type { BuyingModel, Estimate, Fit } from '../models/model.ts';
import { modelOfRegularity, regularModel } from '../models/regularity.ts';
import { dailyGrounds, keptOr, modelGrounds, stateGrounds } from './kept.ts';
import type { SeasonKind } from './valuing.ts';

/** Days of data from which on a clock helps: with a year of them it takes what happened once for what comes each year. */
const ENOUGH = 450;

/** What a clock is learned from, where there is to be one: null where not. While there are days. */
export async function seasonOf(
  ledger: Ledger,
  kind: SeasonKind,
  customersOf?: RollUpName,
): Promise<DailyPurchases | null> {
  return kind === 'none' ? null : enough(kind, await ledger.daily(customersOf));
}

function enough(kind: SeasonKind, daily: DailyPurchases | null): DailyPurchases | null {
  if (!daily || (kind === 'auto' && daily.asOf - daily.day[0]! + 1 < ENOUGH)) return null;
  return daily;
}

/** What was known on an earlier day, where that is enough. */
function seasonBefore(kind: SeasonKind, { day, purchases }: DailyPurchases, asOf: Day): DailyPurchases | null {
  const length = day.findLastIndex((date) => date <= asOf) + 1;
  if (length === 0) return null;
  return enough(kind, { asOf, day: day.subarray(0, length), purchases: purchases.subarray(0, length) });
}

/** A model that was fitted, and where it is a limit of the one that was asked for that one. */
interface Found extends Fitting<BuyingModel> {
  readonly general: BuyingModel | undefined;
}

/** A model without its clock, where it has one. */
export function timelessOf(model: BuyingModel): BuyingModel {
  return model.clocked?.model ?? model;
}

/** A found model as plain data. */
interface KeptFound {
  readonly model: string;
  /** Of the model that was asked for. */
  readonly regularity: number;
  readonly clock: { readonly factors: readonly number[]; readonly learned: LearnedFrom | null } | null;
  readonly fit: Fit;
}

/**
 * A way to fit a model to customers, on the clock of all of them where there is to be one. A k that is to be found is one of
 * days, whatever the clock. What is made takes a model of the group in place of this one, and fits nothing that is kept.
 * @throws ClvError, as its result does, what a fit throws
 */
export function buyingFitter(
  model: BuyingModel,
  all: States,
  daily: DailyPurchases | null,
  fits: KeptFits | null,
): (states: States, own?: BuyingModel) => Found {
  let fitter: ReturnType<typeof fitterAnew> | null = null;
  const ofClock = fits && daily && fits.digest([...stateGrounds(all), ...dailyGrounds(daily)]);
  return (states, own = model) => {
    let found: Found | null = null;
    const grounds = [...modelGrounds(model), ...modelGrounds(own), ...stateGrounds(states), ofClock];
    const kept = keptOr(fits, 'buying', grounds, () => {
      fitter ??= fitterAnew(model, all, daily);
      found = fitter(states, own);
      return keptOf(found);
    });
    return found ?? foundOf(kept, own, daily);
  };
}

function keptOf({ model, general, fit }: Found): KeptFound {
  const { clock } = model.clocked ?? {};
  return {
    model: model.name,
    regularity: (general ?? model).regularity ?? 1,
    clock: clock ? { factors: clock.factors, learned: clock.learned } : null,
    fit,
  };
}

/** The model that was found for the one that was asked for. */
function foundOf(
  { model: name, regularity, clock, fit }: KeptFound,
  own: BuyingModel,
  daily: DailyPurchases | null,
): Found {
  const asked = own.ofRegularity ? modelOfRegularity(own, regularity) : own;
  const timeless = withLimits([asked]).find((one) => one.name === name)!;
  const on = (one: BuyingModel) => (clock ? clocked(one, new Clock(clock.factors, clock.learned), daily!.asOf) : one);
  const onClock = on(asked);
  if (timeless === asked) return { model: onClock, general: undefined, fit };
  return { model: onClock.clocked?.around(timeless) ?? timeless, general: onClock, fit };
}

function fitterAnew(
  model: BuyingModel,
  all: States,
  daily: DailyPurchases | null,
): (states: States, own: BuyingModel) => Found {
  const found = (asked: BuyingModel, fitting: Fitting<BuyingModel>): Found => ({
    ...fitting,
    general: fitting.model === asked ? undefined : asked,
  });
  const fitted = (asked: BuyingModel, states: States): Found => found(asked, fitOrLimit(asked, states));
  if (!daily) return (states, own) => fitted(regularModel(own, states), states);
  const known = all.groups ? pooledStates(all) : all;
  const asked = regularModel(model, known);
  const { clock, start, ...learned } = learnClock(asked, known, daily);
  const onClock = clocked(asked, clock, daily.asOf);
  if (!all.groups) return () => found(onClock, fitOrLimit(onClock.clocked!.around(learned.model), all, start));
  return (states, own) => fitted(clocked(regularModel(own, states), clock, daily.asOf), states);
}

/**
 * A model on the clock of what was known on an earlier day, or on that of a file; on none where too little was known then. To
 * tell how far off it was, whole days do.
 */
export function asOfEarlier(
  { model, fit }: { readonly model: BuyingModel; readonly fit: Estimate },
  states: States,
  asOf: Day,
  { kind, daily }: { readonly kind: SeasonKind; readonly daily: DailyPurchases | null },
): BuyingModel {
  if (!model.clocked) return model;
  const { clock, model: timeless, dated } = model.clocked;
  if (!clock.learned || !daily) return dated(asOf);
  const before = seasonBefore(kind, daily, asOf);
  return before ? clocked(timeless, learnClock(timeless, states, before, fit.parameters).clock, asOf, 1) : timeless;
}
