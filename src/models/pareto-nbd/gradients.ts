import type { States } from '../../data/states.ts';
import type { PurchaseWindow } from '../model.ts';
import { atAges } from '../states.ts';
import { discountedTime, livingTimeSlope, timeSlopeInS } from '../while-alive/pareto-time.ts';
import { forEachRun } from './day-records.ts';
import { SIZE } from './moments.ts';

/**
 * Derivatives in (r, α, s, β) of the expected purchases of every state, in the notation of likelihood.ts and
 * future.ts: of (α+T)^−n (β+T)^−s/D · n/(α+T) · G, all but G by their logarithms; β has (β+T)^−s G as one.
 */
export function paretoPurchaseGradients(
  states: States,
  parameters: readonly number[],
  window: PurchaseWindow,
): Float64Array[] {
  const [r, alpha, s, beta] = parameters as [number, number, number, number];
  const time = atAges(states, (weeks) => discountedTime(s, beta + weeks, window));
  const timeS = atAges(states, (weeks) => timeSlopeInS(s, beta + weeks, window));
  const timeBeta = time.map((value, age) => livingTimeSlope(s, beta + age / 7, window, value));
  const logA = time.map((_, age) => Math.log(alpha + age / 7));
  const logB = time.map((_, age) => Math.log(beta + age / 7));
  const gradients = parameters.map(() => new Float64Array(states.length));
  const [byR, byAlpha, byS, byBeta] = gradients as [Float64Array, Float64Array, Float64Array, Float64Array];
  forEachRun(states, parameters, ({ run, scale, dead, rest }) => {
    const n = r + run.x;
    for (let i = run.from; i < run.to; i++) {
      const last = states.recency[i]!;
      const age = states.age[i]!;
      const o = last * SIZE;
      const e = age * SIZE;
      const ratio = Math.exp(scale[age]! - scale[last]!);
      const total = dead[o]! + ratio * rest[e]!;
      const recA = 1 / (alpha + age / 7);
      const later = beta + age / 7;
      const rate = ((ratio * later) / total) * n * recA;
      const purchases = rate * time[age]!;
      byR[i] = purchases * (1 / n - logA[age]! - (dead[o + 1]! + ratio * rest[e + 1]!) / total);
      byAlpha[i] = purchases * (-(n + 1) * recA - (dead[o + 2]! + ratio * rest[e + 2]!) / total);
      byS[i] = rate * timeS[age]! - purchases * (logB[age]! + (dead[o + 3]! + ratio * rest[e + 3]!) / total);
      byBeta[i] = rate * timeBeta[age]! - (purchases * (dead[o + 4]! + ratio * rest[e + 4]!)) / total;
    }
  });
  return gradients;
}
