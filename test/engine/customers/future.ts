import type { SpendStates, States } from '../../../src/data/states.ts';
import { factorsOf } from '../../../src/engine/factors.ts';
import type { Valued } from '../../../src/engine/valued.ts';
import type { BuyingModel, Estimate, PurchaseWindow } from '../../../src/models/model.ts';
import type { SpendModel } from '../../../src/models/spend/spend.ts';
import { type Customer, gamma, statesOf, uniform } from '../../models/customers.ts';

/** How a customer buys and spends: a rate a week, a life in weeks, a chance to stop after each purchase, a margin. */
export interface Habits {
  readonly rate: number;
  readonly life: number;
  readonly stop: number;
  readonly first: boolean;
  margin(): number;
}

/** A customer with what it brought after the day on which it is valued, discounted. */
export interface Lived extends Customer {
  readonly mean: number;
  readonly brought: number;
}

/** Customers whose first purchases are spread over the first half of so many weeks; times cut to days. */
export function lived(
  size: number,
  weeks: number,
  { delta, days }: PurchaseWindow,
  draw: (random: () => number) => Habits,
  seed: number,
): Lived[] {
  const random = uniform(seed);
  return Array.from({ length: size }, () => {
    const age = Math.floor(weeks * 7 * (1 - random() / 2));
    const { rate, life, stop, first, margin } = draw(random);
    const [now, end] = [age / 7, age / 7 + (days ?? 365.25 * 120) / 7];
    let [x, recency, seen, brought] = [0, 0, 0, 0];
    let gone = first && random() < stop;
    for (let at = -Math.log(random()) / rate; !gone && at < Math.min(life, end); at += -Math.log(random()) / rate) {
      if (at < now) [x, recency, seen] = [x + 1, Math.min(age, Math.ceil(at * 7)), seen + margin()];
      else brought += Math.exp(-delta * 7 * (at - now)) * margin();
      gone = random() < stop;
    }
    return { x, recency, age, mean: x > 0 ? seen / x : 0, brought };
  });
}

/** Customers valued by estimates, with one cell for all of a state. */
export function valuedBy(
  customers: readonly Lived[],
  window: PurchaseWindow,
  model: BuyingModel,
  fit: Pick<Estimate, 'parameters' | 'covariance'>,
  spendModel: SpendModel,
  spendFit: Pick<Estimate, 'parameters' | 'covariance'>,
): Valued {
  const states: States = statesOf(customers);
  const known = { logLikelihood: 0, customers: customers.length };
  const { parameters } = spendFit;
  const credibility = (x: number, own: readonly number[]) => spendModel.credibility(x, own);
  const none = new Float64Array(states.length);
  return {
    states,
    cells: {
      length: states.length,
      state: Int32Array.from(none, (_, i) => i),
      segment: new Int32Array(states.length),
      segments: [[]],
      count: states.count,
      mean: none,
      square: none,
    },
    model,
    fit: { ...known, ...fit },
    window,
    spend: {
      fit: { ...known, ...spendFit },
      secondMoment: (x) => spendModel.secondMoment(x, parameters),
      ...(spendModel.law && { law: (x: number) => spendModel.law!(x, parameters) }),
      credibility,
      refit: (others: SpendStates) => spendModel.fit(others),
    },
    spendFrom: 'repeat',
    factors: factorsOf(states, model, fit.parameters, window, (x) => credibility(x, parameters), 'repeat'),
  };
}

/** Gamma–gamma margins (p, q, γ). */
export function gammaMargins([p, q, unit]: readonly number[], random: () => number): () => number {
  const nu = gamma(q!, random) / unit!;
  return () => gamma(p!, random) / nu;
}
