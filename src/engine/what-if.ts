import type { Decimal } from '../base/decimal.ts';
import { DAYS_PER_YEAR } from '../base/units.ts';
import type { Factors, States } from '../data/states.ts';
import type { BuyingModel, PurchaseWindow } from '../models/model.ts';
import type { Belief } from './ladder.ts';

/**
 * What is to come under other assumptions (formulas: Sensitivities). The past stays as it is, and so does what is known of
 * every customer: only what happens after the as-of date changes.
 */
export interface Future {
  /** The horizon, and the discount rate net of a change of retention (`netRate`). */
  readonly window: PurchaseWindow;
  /** How many times as fast as fitted customers drop out. */
  readonly dropout: number;
  /** Purchases while a customer, and the margin of each, as multiples of what is expected. */
  readonly purchases: number;
  readonly margin: number;
}

/**
 * A model of buying in another future. Customers who drop out k times as fast have lived after u days what they would have
 * lived after k·u, so that with S the survival function of what is left of a life
 *   ∫_0^H e^(−δu) S(ku) du = 1/k ∫_0^(kH) e^(−(δ/k)v) S(v) dv.
 * That is exact whatever S is: a rate of dropout μ k (Pareto/NBD), a chance p k to stop after a purchase at unchanged
 * purchase rates (BG/NBD, MBG/NBD), ageing k times as fast (GGom/NBD). Where purchases are regular (BG/CNBD-k, MBG/CNBD-k) it
 * is so but for the phase in which customers are now, which counts for less than a purchase. It has no meaning for models that
 * count opportunities. On a clock all these are times of the clock.
 */
export function inFuture(
  model: BuyingModel,
  { dropout, purchases }: Pick<Future, 'dropout' | 'purchases'>,
): Pick<BuyingModel, 'purchases' | 'one'> {
  if (model.clocked) {
    const { model: timeless, around } = model.clocked;
    return around({ ...timeless, ...inFuture(timeless, { dropout, purchases }) });
  }
  const scale = purchases / dropout;
  const stretched = ({ delta, days }: PurchaseWindow): PurchaseWindow => ({
    delta: delta / dropout,
    days: days === null ? null : days * dropout,
  });
  return {
    purchases: (states, parameters, pAlive, window) =>
      model.purchases(states, parameters, pAlive, stretched(window)).map((value) => scale * value),
    one(state, parameters, window) {
      const found = model.one(state, parameters, stretched(window));
      return { ...found, purchases: scale * found.purchases };
    },
  };
}

/** A model with its parameters. */
type Buying = Pick<Belief, 'model' | 'parameters'>;

/** The DERT of states in another future, at the pace of purchases of today; P(alive) is of the past. */
export function futureDert(
  { model, parameters }: Buying,
  { states, pAlive }: Pick<Factors, 'states' | 'pAlive'>,
  { dropout, window }: Pick<Future, 'dropout' | 'window'>,
): Float64Array {
  return inFuture(model, { dropout, purchases: 1 }).purchases(states, parameters, pAlive, window);
}

/**
 * The annual rate at which retention multiplied by so much each year is discounted: (1+d)/ρ − 1, that is δ − ln ρ. For a
 * constant retention r it is the same as r·ρ (Gupta, Lehmann & Stuart 2004).
 */
export function netRate(discount: Decimal, retention: Decimal): Decimal {
  return discount.plus(1).div(retention).minus(1);
}

/**
 * The lowest chance, over all customers who are alive, to be a customer still in a year: what is expected of them in a step of
 * days then, over the same now, both at the pace of the year's mean.
 */
export function leastSurvival(
  { model, parameters }: Buying,
  states: States,
  pAlive: Float64Array,
  step: number,
): number {
  const until = (days: number): Float64Array =>
    model.purchases(states, parameters, pAlive, { delta: 0, days, yearly: true });
  const [now, year, later] = [until(step), until(DAYS_PER_YEAR), until(DAYS_PER_YEAR + step)];
  return now.reduce((least, first, i) => (first > 0 ? Math.min(least, (later[i]! - year[i]!) / first) : least), 1);
}

/** More days than any cost takes that is recovered at all. */
const NEVER = 2 ** 30;

/**
 * Days until the margin expected of a new customer, its first purchase at once, adds up to a cost, each margin discounted as
 * CLV is; null where that is never within the horizon.
 * @param mean margin of a purchase, in the currency units of the cost
 */
export function paybackDays(
  { model, parameters }: Buying,
  mean: number,
  { delta, days }: PurchaseWindow,
  cost: number,
): number | null {
  const short = (until: number | null): boolean => {
    const { purchases } = model.one({ x: 0, recency: 0, age: 0 }, parameters, { delta, days: until });
    return mean * (1 + purchases) < cost;
  };
  if (cost <= mean) return 0;
  if (short(days)) return null;
  let [low, high] = [0, days ?? DAYS_PER_YEAR];
  for (; short(high); high *= 2) if (high > NEVER) return null;
  while (high - low > 1e-3) {
    const middle = (low + high) / 2;
    if (short(middle)) low = middle;
    else high = middle;
  }
  return high;
}
