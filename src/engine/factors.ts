import type { Factors, SpendFrom, States } from '../data/states.ts';
import type { BuyingModel, PurchaseWindow } from '../models/model.ts';
import type { Credibility } from '../models/spend/estimate.ts';

/**
 * The factors of every distinct state: CLV = DERT × (base + multiplier × mean margin).
 * @param window the horizon and the discount rate
 * @param credibility of a customer whose mean margin is taken over so many purchases
 */
export function factorsOf(
  states: States,
  model: BuyingModel,
  parameters: readonly number[],
  window: PurchaseWindow,
  credibility: (purchases: number) => Credibility,
  spendFrom: SpendFrom,
): Factors {
  const pAlive = model.pAlive(states, parameters);
  const dert = model.purchases(states, parameters, pAlive, window);
  return { states, pAlive, dert, ...spendFactors(states, credibility, spendFrom) };
}

/** The purchases that the mean margin of a customer with x repeat purchases is taken over. */
export function purchasesInMean(x: number, spendFrom: SpendFrom): number {
  return spendFrom === 'all' ? x + 1 : x;
}

export type SpendFactors = Pick<Factors, 'spendBase' | 'spendMultiplier'>;

/** Expected margin per purchase of every state: base + multiplier × mean margin. */
export function spendFactors(
  states: States,
  credibility: (purchases: number) => Credibility,
  spendFrom: SpendFrom,
): SpendFactors {
  const spendBase = new Float64Array(states.length);
  const spendMultiplier = new Float64Array(states.length);
  let known = -1;
  let spend: Credibility = { base: 0, weight: 0 };
  for (let i = 0; i < states.length; i++) {
    const x = states.x[i]!;
    if (x !== known) spend = credibility(purchasesInMean(x, spendFrom));
    known = x;
    spendBase[i] = spend.base;
    spendMultiplier[i] = spend.weight;
  }
  return { spendBase, spendMultiplier };
}
