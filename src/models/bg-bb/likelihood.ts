import type { States } from '../../data/states.ts';
import type { Evaluation } from '../numeric/newton.ts';
import { addStates, aliveShares, type Cumulated, evaluationOf, recordSize, second, writeRecord } from '../records.ts';
import { runsByPurchases } from '../states.ts';
import type { BuyingKind, StoppingKind } from './chances.ts';
import type { Moments } from './moments.ts';

/** How customers differ in their chances to buy, p, and to stop, θ; the parameters are those of the one, then of the other. */
export interface Chances {
  readonly buying: BuyingKind;
  readonly stopping: StoppingKind;
}

/** The parameters of each. */
export function split({ buying }: Chances, parameters: readonly number[]): [readonly number[], readonly number[]] {
  return [parameters.slice(0, buying.ranges.length), parameters.slice(buying.ranges.length)];
}

/**
 * BG/BB likelihood (Fader, Hardie & Shang 2010) and that of its limits, over states whose times are opportunities: x purchases at
 * n = age opportunities, the last at t_x = recency. In the notation of records.ts
 *   A(j) = E[p^x (1−p)^(j−x)] E[(1−θ)^j];  F(j) = Σ_{i≥j} E[p^x (1−p)^(i−x)] E[θ(1−θ)^i], the deaths right after opportunity i.
 * For BG/BB A(j) = B(α+x, β+j−x)/B(α, β) · B(γ, δ+j)/B(γ, δ), and a term of F is A(i) γ/(γ+δ+i).
 */

/** Value, gradient and Hessian in all parameters. */
export function bgBbEvaluate(states: States, parameters: readonly number[], chances: Chances): Evaluation {
  const size = recordSize(parameters.length);
  const sum = new Float64Array(size);
  eachRun(states, parameters, chances, size, (cumulated) => addStates(states, cumulated, sum));
  return evaluationOf(sum, parameters.length);
}

/** P(alive at opportunity n + 1): dead neither up to n, nor right after. */
export function bgBbAlive(states: States, parameters: readonly number[], chances: Chances): Float64Array {
  const [, stopping] = split(chances, parameters);
  const share = new Float64Array(states.length);
  eachRun(states, parameters, chances, 1, (cumulated) => aliveShares(states, cumulated, share));
  return share.map((alive, i) => alive * (1 - chances.stopping.mean(stopping, 0, states.age[i]!)));
}

function eachRun(
  states: States,
  parameters: readonly number[],
  chances: Chances,
  size: number,
  use: (run: Cumulated) => void,
): void {
  const [ofBuying, ofStopping] = split(chances, parameters);
  const runs = runsByPurchases(states);
  const longest = Math.max(...runs.map((run) => run.lastDay));
  const buying = chances.buying.moments(ofBuying, longest + 1);
  const dying = chances.stopping.moments(ofStopping, longest + 1);
  const scale = new Float64Array(longest + 1);
  const dead = new Float64Array((longest + 2) * size);
  const rest = new Float64Array((longest + 1) * size);
  const now = new Float64Array(size);
  for (const run of runs) {
    const { x, firstDay, lastDay } = run;
    dead.fill(0, lastDay * size, (lastDay + 1) * size);
    for (let j = lastDay; j >= firstDay; j--) {
      scale[j] = buying.log(x, j - x) + dying.log(0, j);
      const o = j * size;
      if (j < lastDay) {
        const right = Math.exp(scale[j + 1]! - scale[j]!);
        const hazard = chances.stopping.mean(ofStopping, 0, j);
        writeTerm(now, buying, dying, [x, j - x, 1, j]);
        for (let k = 0; k < size; k++) dead[o + k] = right * dead[o + size + k]! + hazard * now[k]!;
      }
      writeTerm(now, buying, dying, [x, j - x, 0, j]);
      for (let k = 0; k < size; k++) rest[o + k] = now[k]! - dead[o + k]!;
    }
    use({ run, size, scale, dead, rest });
  }
}

/** The record of E[p^i (1−p)^j] E[θ^k (1−θ)^l], apart from its value; its value alone where there is no room for more. */
function writeTerm(
  out: Float64Array,
  buying: Moments,
  dying: Moments,
  [i, j, k, l]: readonly [number, number, number, number],
): void {
  out[0] = 1;
  if (out.length === 1) return;
  const [ofBuying, ofDying] = [buying.slopes(i, j), dying.slopes(k, l)];
  writeRecord(out, 0, [...ofBuying, ...ofDying]);
  const all = ofBuying.length + ofDying.length;
  addBends(out, all, 0, ofBuying.length, buying.bends(i, j));
  addBends(out, all, ofBuying.length, all, dying.bends(k, l));
}

/** Adds second derivatives in the parameters `from` up to `to` of all, an upper triangle by rows. */
function addBends(out: Float64Array, all: number, from: number, to: number, bends: readonly number[]): void {
  for (let i = from, at = 0; i < to; i++) for (let j = i; j < to; j++) out[second(all, i, j)]! += bends[at++]!;
}
