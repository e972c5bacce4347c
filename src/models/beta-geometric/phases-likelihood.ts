import gammaln from '@stdlib/math-base-special-gammaln';
import type { States } from '../../data/states.ts';
import type { Evaluation } from '../numeric/newton.ts';
import { runsOfX } from '../states.ts';
import type { Chance } from './chances.ts';
import { OUT, type Rates } from './rates.ts';

/**
 * Likelihood of purchases with Erlang-k intervals (Platzer & Reutterer 2016; Reutterer, Platzer & Schröder 2020), over states.
 * With m = x + first chances to stop so far, and b, ΣS, ratio of rates.ts, stay and odds of chances.ts:
 *   ln L = (k−1) Σ ln gaps − x ln Γ(k) + ln b(T) + ln stay(m) + ln(ΣS + W),  W = ratio · odds(m),  P(alive) = ΣS/(ΣS + W).
 * ΣS and ratio know of the rates only, stay and odds of the chance only.
 */
export interface Kind {
  /** 1 where the first purchase was a chance to stop, else 0. */
  readonly first: 0 | 1;
  readonly phases: number;
  readonly rates: Rates;
  readonly chance: Chance;
}

/** Parameters of the rates, and those of the chance. */
export function split({ rates }: Kind, parameters: readonly number[]): [readonly number[], readonly number[]] {
  const own = rates.parameterNames.length;
  return [parameters.slice(0, own), parameters.slice(own)];
}

/** Σ over customers of (k−1) Σ ln gaps − x ln Γ(k): what depends on no parameter; NaN where the gaps are not known. */
export function phasesConstant(states: States, phases: number): number {
  if (phases === 1) return 0;
  let purchases = 0;
  for (let i = 0; i < states.length; i++) purchases += states.count[i]! * states.x[i]!;
  return (phases - 1) * (states.logGaps ?? Number.NaN) - purchases * gammaln(phases);
}

/** Beyond e^600 of W, nobody is alive to the last digit. */
const GONE = 600;

/** Value without what depends on no parameter, gradient and Hessian in the parameters of the rates and of the chance. */
export function phasesEvaluate(states: States, parameters: readonly number[], kind: Kind): Evaluation {
  const { first, phases, rates, chance } = kind;
  const [buying, stopping] = split(kind, parameters);
  const starts = runsOfX(states);
  const table = rates.tabulate(buying, lastDay(states));
  // 0 to 5: of ln b(T); 6 to 11: of ln ΣS; 12 to 17: of ln ratio, each a value, first and second derivatives (rates.ts).
  const out = new Float64Array(OUT.size);
  // Sums of derivatives: 1 and 2 in the parameters of the rates, 3 and 4 in those of the chance.
  let [value, g1, g2, g3, g4, h11, h12, h13, h14, h22, h23, h24, h33, h34, h44] = [
    0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
  ];
  for (let run = 0; run + 1 < starts.length; run++) {
    const x = states.x[starts[run]!]!;
    const write = rates.of(x, phases, buying, table);
    const stay = chance.stay(x + first, stopping);
    const [odds, o3, o4, o33, o34, o44] = chance.odds(x + first, stopping);
    let [customers, gone, mixed] = [0, 0, 0];
    for (let i = starts[run]!; i < starts[run + 1]!; i++) {
      const count = states.count[i]!;
      write(states.recency[i]!, states.age[i]!, out);
      const sum = out[OUT.sum]!;
      const logW = out[OUT.ratio]! + odds;
      const total = logW < GONE ? sum + Math.exp(logW) : 0;
      const alive = logW < GONE ? sum / total : sum * Math.exp(-logW);
      const dead = 1 - alive;
      customers += count;
      value += count * (out[0]! + (logW < GONE ? Math.log(total) : logW));
      gone += count * dead;
      const both = count * alive * dead;
      mixed += both;
      const d1 = out[13]! - out[7]!;
      const d2 = out[14]! - out[8]!;
      g1 += count * (out[1]! + alive * out[7]! + dead * out[13]!);
      g2 += count * (out[2]! + alive * out[8]! + dead * out[14]!);
      h11 += count * (out[3]! + alive * out[9]! + dead * out[15]!) + both * d1 * d1;
      h12 += count * (out[4]! + alive * out[10]! + dead * out[16]!) + both * d1 * d2;
      h22 += count * (out[5]! + alive * out[11]! + dead * out[17]!) + both * d2 * d2;
      h13 += both * d1 * o3;
      h14 += both * d1 * o4;
      h23 += both * d2 * o3;
      h24 += both * d2 * o4;
    }
    value += customers * stay[0];
    g3 += customers * stay[1] + gone * o3;
    g4 += customers * stay[2] + gone * o4;
    h33 += customers * stay[3] + gone * o33 + mixed * o3 * o3;
    h34 += customers * stay[4] + gone * o34 + mixed * o3 * o4;
    h44 += customers * stay[5] + gone * o44 + mixed * o4 * o4;
  }
  const places = [...rates.parameterNames.map((_, i) => i), ...chance.parameterNames.map((_, i) => 2 + i)];
  const hessian = [
    [h11, h12, h13, h14],
    [h12, h22, h23, h24],
    [h13, h23, h33, h34],
    [h14, h24, h34, h44],
  ];
  return {
    value,
    gradient: places.map((i) => [g1, g2, g3, g4][i]!),
    hessian: places.map((i) => places.map((j) => hessian[i]![j]!)),
  };
}

function lastDay({ length, age }: States): number {
  let last = 0;
  for (let i = 0; i < length; i++) if (age[i]! > last) last = age[i]!;
  return last;
}

/** The value of `phasesEvaluate` alone. */
export function phasesLogLikelihood(states: States, parameters: readonly number[], kind: Kind): number {
  const { first, phases, rates, chance } = kind;
  const [buying, stopping] = split(kind, parameters);
  const starts = runsOfX(states);
  let value = 0;
  for (let run = 0; run + 1 < starts.length; run++) {
    const x = states.x[starts[run]!]!;
    const [stay] = chance.stay(x + first, stopping);
    const logB = rates.logB(x, phases, buying);
    const shares = sharesOf(x, parameters, kind);
    for (let i = starts[run]!; i < starts[run + 1]!; i++) {
      const [last, age] = [states.recency[i]! / 7, states.age[i]! / 7];
      const { sum, logW } = shares(last, age);
      const total = logW < GONE ? Math.log(sum + Math.exp(logW)) : logW;
      value += states.count[i]! * (logB(age) + stay + total);
    }
  }
  return value;
}

/** P(alive) of customers of one x, a function of t_x and T in weeks. */
export function phasesAlive(
  x: number,
  parameters: readonly number[],
  kind: Kind,
): (last: number, age: number) => number {
  const shares = sharesOf(x, parameters, kind);
  return (last, age) => {
    const { sum, logW } = shares(last, age);
    return logW < GONE ? sum / (sum + Math.exp(logW)) : sum * Math.exp(-logW);
  };
}

/** ΣS and ln W of customers of one x, a function of t_x and T in weeks; what it returns is written over by the next call. */
function sharesOf(x: number, parameters: readonly number[], kind: Kind) {
  const { first, phases, rates, chance } = kind;
  const [buying, stopping] = split(kind, parameters);
  const [odds] = chance.odds(x + first, stopping);
  const byPhase = new Float64Array(phases);
  const found = { sum: 1, logW: 0 };
  return (last: number, age: number): typeof found => {
    found.logW = rates.logRatio(x, phases, buying, last, age) + odds;
    found.sum = rates.byPhase(x, buying, last, age, byPhase);
    return found;
  };
}
