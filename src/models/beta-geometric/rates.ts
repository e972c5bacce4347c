import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
import { gammaShares, kindShares, type Shares } from '../heterogeneity.ts';
import type { Range } from '../numeric/newton.ts';

/**
 * Purchases whose intervals are Erlang-k: every k-th event of a Poisson process is one (Platzer & Reutterer 2016), so that the
 * past is x·k events and, for who is still there, j < k more since the last purchase: its phase. Times in weeks. Of a state:
 *   b(T) = E[λ^(kx) e^(−λT)],
 *   ΣS = Σ_{j<k} S_j, S_j = E[λ^(kx) e^(−λT) (λ(T − t_x))^j/j!] / b(T): still there, by phase,
 *   ratio = b(t_x)/b(T): for who stopped at the last purchase.
 * With λ ~ Gamma(r, α), n = r + kx: b(T) = Γ(n)/Γ(r) α^r (α+T)^−n, S_j = S_{j−1} (n+j−1)/j (T−t_x)/(α+T), ratio = ((α+T)/(α+t_x))^n.
 * With one λ: b(T) = λ^(kx) e^(−λT), S_j = (λ(T−t_x))^j/j!, ratio = e^(λ(T−t_x)), the limit r, α → ∞ at r/α = λ.
 */
export interface Rates {
  readonly parameterNames: readonly string[];
  /** The power of time in the unit of each. */
  readonly timePowers: readonly number[];
  readonly ranges: readonly Range[];
  /** What is needed of every whole day up to one. */
  tabulate(parameters: readonly number[], lastDay: number): Float64Array;
  /** For states of one x, a function of t_x and T in days that writes what `OUT` says. */
  of(x: number, phases: number, parameters: readonly number[], table: Float64Array): WriteState;
  /** Writes S_j of a state for every phase; t_x and T in weeks. @returns ΣS */
  byPhase(x: number, parameters: readonly number[], last: number, age: number, out: Float64Array): number;
  logRatio(x: number, phases: number, parameters: readonly number[], last: number, age: number): number;
  /** ln b(T), a function of T in weeks. */
  logB(x: number, phases: number, parameters: readonly number[]): (age: number) => number;
  /** Of the purchases to come (future.ts): n where rates are Gamma, null where there is one; c. */
  n(x: number, phases: number, parameters: readonly number[]): number | null;
  scale(age: number, parameters: readonly number[]): number;
  /** Shares of customers by their events a week. */
  shares(parameters: readonly number[]): Shares;
  /** Tried in turn; `rate`: purchases in a week. */
  starts(rate: number, phases: number): number[][];
  edge(high: boolean): string;
}

export type WriteState = (lastDay: number, ageDay: number, out: Float64Array) => void;

/** Where ln b(T), ΣS with the derivatives of its logarithm, and ln ratio stand: each a value, first and second derivatives. */
export const OUT = { b: 0, sum: 6, ratio: 12, size: 18 } as const;

const WEEKS = { low: 1e-4, high: 1e6 };

export const gammaRates: Rates = {
  parameterNames: ['r', 'alpha'],
  timePowers: [0, 1],
  ranges: [{ low: 1e-4, high: 1e3 }, WEEKS],
  // ln and inverse of α + day.
  tabulate([, alpha]: [number, number], lastDay) {
    const table = new Float64Array(2 * lastDay + 2);
    for (let day = 0; day <= lastDay; day++) {
      table[2 * day] = Math.log(alpha + day / 7);
      table[2 * day + 1] = 1 / (alpha + day / 7);
    }
    return table;
  },
  of(x, phases, [r, alpha]: [number, number], table) {
    const n = r + phases * x;
    const constant = gammaln(n) - gammaln(r) + r * Math.log(alpha);
    const slope = digamma(n) - digamma(r) + Math.log(alpha);
    const bend = trigamma(n) - trigamma(r);
    // Of each phase: S_j over a power of (T−t_x)/(α+T), Σ 1/(n+i) over i < j, its square less Σ 1/(n+i)².
    const [share, harmonic, square] = [new Float64Array(phases), new Float64Array(phases), new Float64Array(phases)];
    share[0] = 1;
    for (let j = 1, squares = 0; j < phases; j++) {
      share[j] = (share[j - 1]! * (n + j - 1)) / j;
      harmonic[j] = harmonic[j - 1]! + 1 / (n + j - 1);
      squares += 1 / (n + j - 1) ** 2;
      square[j] = harmonic[j]! ** 2 - squares;
    }
    return (lastDay, ageDay, out) => {
      const logNow = table[2 * ageDay]!;
      const now = table[2 * ageDay + 1]!;
      const last = table[2 * lastDay + 1]!;
      out[0] = constant - n * logNow;
      out[1] = slope - logNow;
      out[2] = r / alpha - n * now;
      out[3] = bend;
      out[4] = 1 / alpha - now;
      out[5] = n * now * now - r / (alpha * alpha);

      const past = ((ageDay - lastDay) / 7) * now;
      let [sum, h, hh, phase, both, squares, power] = [1, 0, 0, 0, 0, 0, 1];
      for (let j = 1; j < phases; j++) {
        power *= past;
        const s = share[j]! * power;
        const sj = s * j;
        sum += s;
        h += s * harmonic[j]!;
        hh += s * square[j]!;
        phase += sj;
        both += sj * harmonic[j]!;
        squares += sj * j;
      }
      const inverse = 1 / sum;
      h *= inverse;
      phase *= inverse;
      out[6] = sum;
      out[7] = h;
      out[8] = -phase * now;
      out[9] = hh * inverse - h * h;
      out[10] = (h * phase - both * inverse) * now;
      out[11] = (squares * inverse - phase * phase + phase) * now * now;

      const logRatio = logNow - table[2 * lastDay]!;
      const fall = now - last;
      out[12] = n * logRatio;
      out[13] = logRatio;
      out[14] = n * fall;
      out[15] = 0;
      out[16] = fall;
      out[17] = -n * fall * (now + last);
    };
  },
  byPhase(x, [r, alpha]: [number, number], last, age, out) {
    return cumulate(r + out.length * x - 1, (age - last) / (alpha + age), out);
  },
  logRatio: (x, phases, [r, alpha]: [number, number], last, age) =>
    (r + phases * x) * Math.log1p((age - last) / (alpha + last)),
  logB(x, phases, [r, alpha]: [number, number]) {
    const n = r + phases * x;
    const constant = gammaln(n) - gammaln(r) + r * Math.log(alpha);
    return (age) => constant - n * Math.log(alpha + age);
  },
  n: (x, phases, [r]: [number]) => r + phases * x,
  scale: (age, [, alpha]: [number, number]) => alpha + age,
  shares: ([r, alpha]: [number, number]) => gammaShares(r, alpha),
  starts: (rate, phases) =>
    [
      [0.3, 0.2],
      [1, 0.5],
      [0.5, 0.5],
      [3, 2],
    ].map(([r, weeks]) => [r!, weeks! / rate / phases]),
  edge: (high) => (high ? 'everybody buys at the same rate' : 'almost nobody buys again'),
};

export const oneRate: Rates = {
  parameterNames: ['lambda'],
  timePowers: [-1],
  ranges: [{ low: 1e-6, high: 1e4 }],
  tabulate: () => new Float64Array(0),
  of(x, phases, [lambda]: [number]) {
    const events = phases * x;
    return (lastDay, ageDay, out) => {
      const [last, age] = [lastDay / 7, ageDay / 7];
      out.fill(0);
      out[0] = events * Math.log(lambda) - lambda * age;
      out[1] = events / lambda - age;
      out[3] = -events / (lambda * lambda);
      let [sum, phase, squares, s] = [1, 0, 0, 1];
      for (let j = 1; j < phases; j++) {
        s *= (lambda * (age - last)) / j;
        sum += s;
        phase += s * j;
        squares += s * j * j;
      }
      phase /= sum;
      out[6] = sum;
      out[7] = phase / lambda;
      out[9] = (squares / sum - phase * phase - phase) / (lambda * lambda);
      out[12] = lambda * (age - last);
      out[13] = age - last;
    };
  },
  byPhase: (_, [lambda]: [number], last, age, out) => cumulate(null, lambda * (age - last), out),
  logRatio: (_, __, [lambda]: [number], last, age) => lambda * (age - last),
  logB:
    (x, phases, [lambda]: [number]) =>
    (age) =>
      phases * x * Math.log(lambda) - lambda * age,
  n: () => null,
  scale: (_, [lambda]: [number]) => 1 / lambda,
  shares: ([lambda]: [number]) => kindShares([lambda, 1]),
  starts: (rate, phases) => [[2], [1], [3], [4]].map(([times]) => [times! * rate * phases]),
  edge: (high) => (high ? 'purchases have no end' : 'almost nobody buys again'),
};

/** S_j = S_{j−1} (n+j−1)/j · past, or without n past/j. */
function cumulate(before: number | null, past: number, out: Float64Array): number {
  let sum = 1;
  out[0] = 1;
  for (let j = 1; j < out.length; j++) {
    out[j] = (out[j - 1]! * (before === null ? 1 : before + j) * past) / j;
    sum += out[j]!;
  }
  return sum;
}
