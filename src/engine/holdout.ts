import type { Cells, Factors, States } from '../data/states.ts';
import type { BuyingModel, Estimate, PurchaseWindow } from '../models/model.ts';
import { cellValues } from './equity.ts';
import type { SpendFactors } from './factors.ts';
import { purchaseGradients } from './gradients.ts';
import { quadratic } from './intervals.ts';

/** What a model expects of a holdout, undiscounted. */
export interface Prediction {
  /** Of one customer of every state. */
  readonly expected: Float64Array;
  /** P(alive) of every state on the as-of date. */
  readonly pAlive: Float64Array;
  /** Of all customers together; so are the others. */
  readonly purchases: number;
  /** Variance of the purchases: of what customers do, and of the parameters. */
  readonly variance: number;
  /** Margin of all customers of every state in currency units: expected purchases × expected margin per purchase. */
  readonly margin: Float64Array | null;
  /** Expected purchases up to the end of each week; the last may be a shorter one. */
  readonly weekly: readonly number[];
}

/**
 * @param days whole days of the holdout
 * @param spend null where the spend is not known: no margin is predicted
 */
export function predictHoldout(
  { states, cells }: { readonly states: States; readonly cells: Cells },
  model: BuyingModel,
  fit: Estimate,
  days: number,
  spend: SpendFactors | null,
): Prediction {
  const { parameters } = fit;
  const window = { delta: 0, days };
  const pAlive = model.pAlive(states, parameters);
  const expected = model.purchases(states, parameters, pAlive, window);
  const purchases = sumOver(states, (i) => expected[i]!);
  return {
    expected,
    pAlive,
    purchases,
    variance: purchasesVariance(states, model, fit, window, { pAlive, expected }),
    margin: spend && marginOf(cells, { states, pAlive, dert: expected, ...spend }),
    weekly: [...weeklyPurchases(states, model, parameters, pAlive, days), purchases],
  };
}

/**
 * Σ Var of the customers' purchases, and by the delta method what the uncertainty of the parameters adds, where that is known
 * (formulas: Intervals). Where the model has no closed form of pairs, purchases are as random as a Poisson process has them.
 */
export function purchasesVariance(
  states: States,
  model: BuyingModel,
  { parameters, covariance }: Estimate,
  window: PurchaseWindow,
  { pAlive, expected }: { readonly pAlive: Float64Array; readonly expected: Float64Array },
): number {
  const pairs = model.pairs?.(states, parameters, pAlive, window);
  const outcome = sumOver(states, (i) => expected[i]! + (pairs ? pairs[i]! - expected[i]! ** 2 : 0));
  if (!covariance) return outcome;
  const gradient = purchaseGradients(model, states, parameters, window);
  const ofParameters = quadratic(
    covariance,
    gradient.map((slopes) => sumOver(states, (i) => slopes[i]!)),
  );
  return outcome + ofParameters;
}

/** The last day of every week of a holdout, counted from 1. */
export function weekEnds(days: number): number[] {
  return Array.from({ length: Math.ceil(days / 7) }, (_, week) => Math.min(7 * (week + 1), days));
}

/**
 * Expected purchases of all customers up to the end of every week but the last. Given x and T they are proportional to
 * P(alive), so states that differ in recency alone are taken together; where purchases come regularly they are not.
 */
function weeklyPurchases(
  states: States,
  model: BuyingModel,
  parameters: readonly number[],
  pAlive: Float64Array,
  days: number,
): number[] {
  const merged = model.needsGaps
    ? { states, alive: pAlive.map((alive, i) => alive * states.count[i]!) }
    : withoutRecency(states, pAlive);
  return weekEnds(days)
    .slice(0, -1)
    .map((end) =>
      model
        .purchases(merged.states, parameters, merged.alive, { delta: 0, days: end })
        .reduce((sum, part) => sum + part, 0),
    );
}

/** Distinct (x, T), sorted likewise, with the expected number of customers alive. */
function withoutRecency(states: States, pAlive: Float64Array): { states: States; alive: Float64Array } {
  const alive = new Map<number, Map<number, number>>();
  for (let i = 0; i < states.length; i++) {
    const [x, age] = [states.x[i]!, states.age[i]!];
    const ages = alive.get(x) ?? new Map<number, number>();
    alive.set(x, ages.set(age, (ages.get(age) ?? 0) + states.count[i]! * pAlive[i]!));
  }
  const rows = [...alive].flatMap(([x, ages]) =>
    [...ages].sort(([a], [b]) => a - b).map((row) => [x, ...row] as const),
  );
  const length = rows.length;
  const merged = {
    length,
    x: Int32Array.from(rows, ([x]) => x),
    recency: new Int32Array(length),
    age: Int32Array.from(rows, ([, age]) => age),
    count: new Float64Array(length).fill(1),
  };
  return { states: merged, alive: Float64Array.from(rows, ([, , customers]) => customers) };
}

function marginOf(cells: Cells, factors: Factors): Float64Array {
  const margin = new Float64Array(factors.states.length);
  for (const [i, value] of cellValues(cells, factors).entries()) margin[cells.state[i]!]! += value;
  return margin;
}

function sumOver({ length, count }: States, of: (state: number) => number): number {
  let sum = 0;
  for (let i = 0; i < length; i++) sum += count[i]! * of(i);
  return sum;
}
