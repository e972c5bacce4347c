import type { Factors, SpendFrom, States } from '../data/states.ts';
import type { BuyingModel, PurchaseWindow } from '../models/model.ts';
import type { Credibility } from '../models/spend/estimate.ts';
import { factorsOf, spendFactors } from './factors.ts';

/** What is believed of customers: the parameters of buying, and what to expect of their margin per purchase. */
export interface Belief {
  readonly model: BuyingModel;
  readonly parameters: readonly number[];
  credibility(purchases: number): Credibility;
  readonly spendFrom: SpendFrom;
}

/** The factors of states under a belief. */
export function factorsUnder(
  { model, parameters, credibility, spendFrom }: Belief,
  states: States,
  window: PurchaseWindow,
): Factors {
  return factorsOf(states, model, parameters, window, credibility, spendFrom);
}

/**
 * The rungs of a customer equity statement that the opening customers are on before anything new is known of them (formulas:
 * Customer equity statement), `days` after the opening, H the horizon of `window`:
 * 0 V0 = CLV at the opening · 1 A = e^(δ·days) V0 · 2 P = e^(δ·days) × value of what falls in (days, H] ·
 * 3 X = the same of (days, H + days], P for a lifetime. `expected` gives the margin expected within `days`, not discounted.
 */
export function openingRungs(
  belief: Belief,
  states: States,
  window: PurchaseWindow,
  days: number,
): { readonly rungs: readonly Factors[]; readonly expected: Factors } {
  const { model, parameters, spendFrom } = belief;
  const pAlive = model.pAlive(states, parameters);
  const spend = spendFactors(states, (purchases) => belief.credibility(purchases), spendFrom);
  const within = (span: number | null, delta = window.delta): Float64Array =>
    model.purchases(states, parameters, pAlive, { delta, days: span });
  const growth = Math.exp(window.delta * days);
  const whole = within(window.days);
  const released = within(days);
  const left = (until: Float64Array): Float64Array => until.map((value, i) => growth * (value - released[i]!));
  const over = window.days !== null && window.days <= days;
  const ahead = over ? new Float64Array(states.length) : left(whole);
  const rolled = window.days === null ? ahead : left(within(window.days + days));
  const factors = (dert: Float64Array): Factors => ({ states, pAlive, dert, ...spend });
  return {
    rungs: [whole, whole.map((value) => growth * value), ahead, rolled].map(factors),
    expected: factors(within(days, 0)),
  };
}
