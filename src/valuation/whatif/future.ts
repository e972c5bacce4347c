import { Decimal, ONE } from '../../base/decimal.ts';
import type { Problem } from '../../base/rates.ts';
import type { Horizon } from '../../base/units.ts';
import type { Changes, Driver } from '../../data/what-if.ts';
import { deltaPerDay } from '../../engine/discount.ts';
import type { Belief } from '../../engine/ladder.ts';
import { type Future, inFuture, netRate } from '../../engine/what-if.ts';
import type { Valuing } from '../valuing.ts';

/** What drivers change from. */
export interface Baseline {
  readonly settings: Valuing;
  readonly horizon: Horizon;
  /** The one rate that all margin comes from; null where there are several. */
  readonly margin: Decimal | null;
  readonly belief: Pick<Belief, 'model' | 'parameters'>;
  /** Customers won in the year up to the as-of date. */
  readonly acquired: number;
  /** The lowest chance of a customer to be one still in a year. */
  readonly leastSurvival: number;
}

/** A driver that cannot change so. */
export interface Refused extends Problem {
  readonly driver: Driver;
}

/** What the future is like under some changes, and how many customers a year are won where that is one of them. */
export function futureOf(
  changes: Changes,
  baseline: Baseline,
): { readonly future: Future; readonly won: Decimal | null } | Refused {
  const { settings, horizon, belief, leastSurvival } = baseline;
  const factor = (driver: Driver): Decimal => changes.get(driver)?.value.plus(1) ?? ONE;
  const [margin, discount, won] = [marginOf(changes, baseline), rateOf(changes, settings), wonOf(changes, baseline)];
  if (!(margin instanceof Decimal)) return { driver: 'margin', ...margin };
  if (!(discount instanceof Decimal)) return { driver: 'discount-rate', ...discount };
  if (won !== null && !(won instanceof Decimal)) return { driver: 'acquisition', ...won };
  if (changes.has('dropout') && settings.opportunity) return { driver: 'dropout', ...NO_RATE_OF_DROPOUT };
  const retention = factor('retention');
  if (retention.times(leastSurvival).gt(1)) return { driver: 'retention', ...moreThanAll(leastSurvival) };
  const net = netRate(discount, retention);
  const future = {
    window: { delta: deltaPerDay(net), days: horizon.days },
    dropout: factor('dropout').toNumber(),
    purchases: factor('purchase-rate').toNumber(),
    margin: margin.toNumber(),
  };
  if (!hasValue(future, belief, net)) {
    return { driver: changes.has('retention') ? 'retention' : 'discount-rate', ...ENDLESS };
  }
  return { future, won };
}

/** The margin as a multiple of what it is. A value of its own needs one rate that all margin comes from. */
export function marginOf(changes: Changes, { margin }: Pick<Baseline, 'margin'>): Decimal | Problem {
  const change = changes.get('margin');
  if (!change) return ONE;
  if (change.relative) return change.value.plus(1);
  if (margin?.gt(0)) return change.value.div(margin);
  return { problem: 'is one rate, and margin is not one rate here', remedy: 'change it by so much: margin=+1%' };
}

/** The most that --discount-rate takes. */
const MOST = new Decimal(10);

export function rateOf(changes: Changes, { discountRate }: Pick<Valuing, 'discountRate'>): Decimal | Problem {
  const change = changes.get('discount-rate');
  if (!change) return discountRate;
  if (change.relative && discountRate.isZero()) return NO_DISCOUNTING;
  const rate = change.relative ? discountRate.times(change.value.plus(1)) : change.value;
  return rate.lte(MOST) ? rate : { problem: 'makes a rate above 1000% a year', remedy: 'change it by less' };
}

/** Customers won in a year, where that changes. */
export function wonOf(changes: Changes, { acquired }: Pick<Baseline, 'acquired'>): Decimal | Problem | null {
  const change = changes.get('acquisition');
  if (!change) return null;
  if (!change.relative) return change.value;
  if (acquired > 0) return change.value.plus(1).times(acquired);
  const problem = 'is a share of none: nobody made a first purchase in the last year';
  return { problem, remedy: 'give a number of customers: acquisition=500' };
}

function hasValue({ window, ...future }: Future, { model, parameters }: Baseline['belief'], net: Decimal): boolean {
  if (window.days !== null) return true;
  if (net.isNegative()) return false;
  const { purchases } = inFuture(model, future).one({ x: 0, recency: 0, age: 0 }, parameters, window);
  return Number.isFinite(purchases);
}

const NO_DISCOUNTING: Problem = {
  problem: 'is a share of none: the discount rate is 0',
  remedy: 'give a rate: discount-rate=5%',
};

const NO_RATE_OF_DROPOUT: Problem = {
  problem: 'has no meaning in this model: its customers stop at purchase occasions, not at a rate',
  remedy: 'change retention instead, e.g. retention=-1%',
};

export const ENDLESS: Problem = {
  problem: 'leaves nothing to discount, so a lifetime has no finite value',
  remedy: 'change it by less, or give a --horizon',
};

function moreThanAll(least: number): Problem {
  return {
    problem: `keeps more customers than there are: each stays a year with a chance of ${(100 * least).toFixed(1)}% or more`,
    remedy: 'change it by less',
  };
}
