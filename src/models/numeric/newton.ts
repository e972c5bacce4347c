import { cholesky, type Matrix, solve } from './symmetric.ts';

/**
 * Maximises a smooth function of positive parameters by Newton's method in their logarithms, with exact derivatives;
 * damped as by Levenberg and Marquardt where the function is not concave or a step does not improve it.
 * An optimum is one where the Newton decrement ½gᵀH⁻¹g has vanished, the information is positive definite and the step is
 * short: on the way to an edge (a parameter that tends to 0 or infinity) the decrement vanishes too, but steps stay long.
 */
export interface Evaluation {
  readonly value: number;
  /** With respect to the parameters themselves, not their logarithms. */
  readonly gradient: readonly number[];
  readonly hessian: Matrix;
}

/** The range in which a parameter is still sane. A fit that leaves it has none. */
export interface Range {
  readonly low: number;
  readonly high: number;
}

export interface Search {
  readonly parameters: readonly number[];
  readonly value: number;
  /** Minus the Hessian in logarithms. */
  readonly information: Matrix;
  readonly iterations: number;
  readonly outcome: 'optimum' | 'edge' | 'stalled';
  /** At an edge: which parameter left its range, and whether upwards. */
  readonly edge: { readonly parameter: number; readonly high: boolean } | null;
}

const MAX_ITERATIONS = 300;
const MAX_STEP = 2;
/** Decrement below which full steps are trusted without looking at the value, whose rounding hides them. */
const NEAR = 1e-8;
/** Decrement at which the next step would move an estimate by 1e-9 of its standard error. */
const DONE = 1e-18;
const POLISHING_STEPS = 4;

export function maximise(
  evaluate: (parameters: readonly number[]) => Evaluation,
  start: readonly number[],
  ranges: readonly Range[],
): Search {
  let at = logScale(start, evaluate(start));
  let damping = 0;
  let polished = 0;
  for (let iterations = 1; ; iterations++) {
    const end = (outcome: Search['outcome'], edge: Search['edge'] = null): Search => ({
      parameters: at.parameters,
      value: at.value,
      information: at.information,
      iterations,
      outcome,
      edge,
    });
    if (!Number.isFinite(at.value) || iterations > MAX_ITERATIONS) return end('stalled');
    const pure = newtonStep(at.information, at.gradient, 0);
    const decrement = pure ? 0.5 * dot(at.gradient, pure) : Number.POSITIVE_INFINITY;
    const near = decrement < NEAR && longest(pure!) < 0.01;
    if (near && (decrement < DONE || polished === POLISHING_STEPS)) return end('optimum');

    for (;;) {
      const step = newtonStep(at.information, at.gradient, damping);
      if (step) {
        const shrink = Math.min(1, MAX_STEP / longest(step));
        const next = at.parameters.map((p, i) => p * Math.exp(shrink * step[i]!));
        const left = next.findIndex((p, i) => p < ranges[i]!.low || p > ranges[i]!.high);
        if (left >= 0) return end('edge', { parameter: left, high: next[left]! > ranges[left]!.high });
        const trial = logScale(next, evaluate(next));
        if (near || trial.value >= at.value - 4e-14 * Math.abs(at.value)) {
          at = trial;
          break;
        }
      }
      damping = Math.max(damping * 10, 1e-3);
      if (damping > 1e12) return end('stalled');
    }
    if (near) polished++;
    damping = damping < 1e-5 ? 0 : damping / 10;
  }
}

interface Point {
  readonly parameters: readonly number[];
  readonly value: number;
  readonly gradient: readonly number[];
  readonly information: Matrix;
}

/** d/d ln θ = θ d/dθ, and the second derivatives likewise. */
function logScale(parameters: readonly number[], { value, gradient, hessian }: Evaluation): Point {
  const scaled = gradient.map((g, i) => g * parameters[i]!);
  const information = hessian.map((row, i) =>
    row.map((h, j) => -h * parameters[i]! * parameters[j]! - (i === j ? scaled[i]! : 0)),
  );
  return { parameters, value, gradient: scaled, information };
}

/** Null where the damped information is not positive definite. */
function newtonStep(information: Matrix, gradient: readonly number[], damping: number): number[] | null {
  const damped = information.map((row, i) => row.map((h, j) => (i === j ? h + damping * (Math.abs(h) + 1e-12) : h)));
  const lower = cholesky(damped);
  const step = lower && solve(lower, gradient);
  return step?.every(Number.isFinite) ? step : null;
}

function dot(a: readonly number[], b: readonly number[]): number {
  return a.reduce((sum, value, i) => sum + value * b[i]!, 0);
}

function longest(step: readonly number[]): number {
  return Math.max(...step.map(Math.abs));
}
