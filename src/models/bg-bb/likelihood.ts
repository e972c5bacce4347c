import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import type { States } from '../../data/states.ts';
import type { Evaluation } from '../numeric/newton.ts';
import { addStates, aliveShares, type Cumulated, evaluationOf, recordSize, second, writeRecord } from '../records.ts';
import { runsByPurchases } from '../states.ts';

/**
 * BG/BB likelihood (Fader, Hardie & Shang 2010) over states whose times are opportunities: x purchases at n = age opportunities,
 * the last at t_x = recency. In the notation of records.ts
 *   A(j) = B(α+x, β+j−x)/B(α, β) · B(γ, δ+j)/B(γ, δ);  F(j) = Σ_{i≥j} A(i) γ/(γ+δ+i), the deaths right after opportunity i.
 */
const FULL = recordSize(4);

/** Value, gradient and Hessian in (α, β, γ, δ). */
export function bgBbEvaluate(states: States, parameters: readonly number[]): Evaluation {
  const sum = new Float64Array(FULL);
  eachRun(states, parameters, FULL, (cumulated) => addStates(states, cumulated, sum));
  return evaluationOf(sum, 4);
}

/** P(alive at opportunity n + 1): dead neither up to n, nor right after. */
export function bgBbAlive(states: States, parameters: readonly number[]): Float64Array {
  const [, , gamma, delta] = parameters as [number, number, number, number];
  const share = new Float64Array(states.length);
  eachRun(states, parameters, 1, (cumulated) => aliveShares(states, cumulated, share));
  return share.map((alive, i) => (alive * (delta + states.age[i]!)) / (gamma + delta + states.age[i]!));
}

function eachRun(states: States, parameters: readonly number[], size: number, use: (run: Cumulated) => void): void {
  const [alpha, beta, gamma, delta] = parameters as [number, number, number, number];
  const runs = runsByPurchases(states);
  const longest = Math.max(...runs.map((run) => run.lastDay));
  const buying = new BetaRatio(alpha, beta, longest + 1);
  const dying = new BetaRatio(gamma, delta, longest + 1);
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
        const hazard = gamma / (gamma + delta + j);
        writeTerm(now, size, buying, dying, [x, j - x, 1, j]);
        for (let k = 0; k < size; k++) dead[o + k] = right * dead[o + size + k]! + hazard * now[k]!;
      }
      writeTerm(now, size, buying, dying, [x, j - x, 0, j]);
      for (let k = 0; k < size; k++) rest[o + k] = now[k]! - dead[o + k]!;
    }
    use({ run, size, scale, dead, rest });
  }
}

/** The record of B(α+i, β+j) B(γ+k, δ+l), apart from its value. */
function writeTerm(
  out: Float64Array,
  size: number,
  buying: BetaRatio,
  dying: BetaRatio,
  [i, j, k, l]: readonly [number, number, number, number],
): void {
  out[0] = 1;
  if (size < FULL) return;
  writeRecord(out, 0, [...buying.slopes(i, j), ...dying.slopes(k, l)]);
  [buying.bends(i, j), dying.bends(k, l)].forEach(([first, both, last], m) => {
    out[second(4, 2 * m, 2 * m)]! += first;
    out[second(4, 2 * m, 2 * m + 1)]! += both;
    out[second(4, 2 * m + 1, 2 * m + 1)]! += last;
  });
}

/** ln B(a+i, b+j)/B(a, b) and its derivatives in a and b, for whole i, j with i + j up to a limit. */
class BetaRatio {
  private readonly tables: readonly (readonly Float64Array[])[];

  constructor(a: number, b: number, most: number) {
    this.tables = [gammaln, digamma, trigamma].map((of) =>
      [a, b, a + b].map((from) => Float64Array.from({ length: most + 1 }, (_, k) => of(from + k) - of(from))),
    );
  }

  log(i: number, j: number): number {
    const [a, b, sum] = this.tables[0]!;
    return a![i]! + b![j]! - sum![i + j]!;
  }

  slopes(i: number, j: number): [number, number] {
    const [a, b, sum] = this.tables[1]!;
    return [a![i]! - sum![i + j]!, b![j]! - sum![i + j]!];
  }

  /** aa, ab, bb. */
  bends(i: number, j: number): [number, number, number] {
    const [a, b, sum] = this.tables[2]!;
    return [a![i]! - sum![i + j]!, -sum![i + j]!, b![j]! - sum![i + j]!];
  }
}
