import type { States } from '../data/states.ts';
import type { Evaluation } from './numeric/newton.ts';
import type { Run } from './states.ts';

/**
 * Likelihoods of the form L(x, t_x, T) = A(T) + F(t_x) − F(T), F(τ) what there is to die from τ on, cumulated from the right
 * over whole times, so that a state costs two look-ups. A and F are held as records in units of A(time):
 *   g · its first derivatives in the parameters · its second ones, the upper triangle by rows;
 * or, where no derivatives are asked for, g alone. F(t_x) and F(T) may be close, but F(T) never exceeds A(T): their sum is
 * right to the last digits, and nothing overflows.
 */
export interface Cumulated {
  readonly run: Run;
  /** Figures in a record. */
  readonly size: number;
  /** ln A by time. */
  readonly scale: Float64Array;
  /** Records of F, and of A − F, by time. */
  readonly dead: Float64Array;
  readonly rest: Float64Array;
}

export function recordSize(parameters: number): number {
  return 1 + parameters + (parameters * (parameters + 1)) / 2;
}

/** The position in a record of the second derivative in parameters i and j of so many. */
export function second(parameters: number, i: number, j: number): number {
  const [low, high] = i < j ? [i, j] : [j, i];
  return 1 + parameters + low * parameters - (low * (low + 1)) / 2 + high;
}

/** The record of g/g from the derivatives of ln g: the second ones are to be added to the record where they are not 0. */
export function writeRecord(out: Float64Array, o: number, gradient: readonly number[]): void {
  out[o] = 1;
  for (let i = 0, at = o + 1 + gradient.length; i < gradient.length; i++) {
    out[o + 1 + i] = gradient[i]!;
    for (let j = i; j < gradient.length; j++) out[at++] = gradient[i]! * gradient[j]!;
  }
}

/** Adds Σ count · (ln L and its derivatives) of a run to the sums; returns its customers. */
export function addStates(states: States, { run, size, scale, dead, rest }: Cumulated, sum: Float64Array): number {
  const record = new Float64Array(size);
  let parameters = 0;
  while (recordSize(parameters) < size) parameters++;
  let customers = 0;
  for (let i = run.from; i < run.to; i++) {
    const [count, last, age] = [states.count[i]!, states.recency[i]!, states.age[i]!];
    const ratio = Math.exp(scale[age]! - scale[last]!);
    for (let k = 0; k < size; k++) record[k] = dead[last * size + k]! + ratio * rest[age * size + k]!;
    const total = record[0]!;
    customers += count;
    sum[0]! += count * (scale[last]! + Math.log(total));
    for (let k = 1; k <= parameters; k++) record[k]! /= total;
    for (let a = 1, k = 1 + parameters; a <= parameters; a++) {
      sum[a]! += count * record[a]!;
      for (let c = a; c <= parameters; c++, k++) sum[k]! += count * (record[k]! / total - record[a]! * record[c]!);
    }
  }
  return customers;
}

/** A(T)/L: the share of L that is not dead. */
export function aliveShares(states: States, { run, size, scale, dead, rest }: Cumulated, share: Float64Array): void {
  for (let i = run.from; i < run.to; i++) {
    const [last, age] = [states.recency[i]!, states.age[i]!];
    const ratio = Math.exp(scale[age]! - scale[last]!);
    share[i] = Math.min(1, ratio / (dead[last * size]! + ratio * rest[age * size]!));
  }
}

export function evaluationOf(sum: Float64Array, parameters: number): Evaluation {
  const all = Array.from({ length: parameters }, (_, i) => i);
  return {
    value: sum[0]!,
    gradient: [...sum.subarray(1, 1 + parameters)],
    hessian: all.map((i) => all.map((j) => sum[second(parameters, i, j)]!)),
  };
}
