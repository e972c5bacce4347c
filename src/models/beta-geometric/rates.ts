import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';
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
  readonly ranges: readonly Range[];
  /** For states of one x, a function of t_x and T that writes what `Out` says. */
  of(x: number, phases: number, parameters: readonly number[]): (last: number, age: number, out: Float64Array) => void;
  /** S_j of a state by phase. */
  byPhase(x: number, phases: number, parameters: readonly number[], last: number, age: number): Float64Array;
  /** Of the purchases to come (future.ts): n where rates are Gamma, null where there is one; c. */
  n(x: number, phases: number, parameters: readonly number[]): number | null;
  scale(age: number, parameters: readonly number[]): number;
  /** Tried in turn; `rate`: purchases in a week. */
  starts(rate: number, phases: number): number[][];
  edge(high: boolean): string;
}

/** Where ln b(T), ΣS with the derivatives of its logarithm, and ln ratio stand: each a value, first and second derivatives. */
export const OUT = { b: 0, sum: 6, ratio: 12, size: 18 } as const;

const WEEKS = { low: 1e-4, high: 1e6 };

export const gammaRates: Rates = {
  parameterNames: ['r', 'alpha'],
  ranges: [{ low: 1e-4, high: 1e3 }, WEEKS],
  of(x, phases, [r, alpha]: [number, number]) {
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
    return (lastWeek, ageWeek, out) => {
      const last = alpha + lastWeek;
      const now = alpha + ageWeek;
      const logNow = Math.log(now);
      out[0] = constant - n * logNow;
      out[1] = slope - logNow;
      out[2] = r / alpha - n / now;
      out[3] = bend;
      out[4] = 1 / alpha - 1 / now;
      out[5] = n / (now * now) - r / (alpha * alpha);

      const past = (ageWeek - lastWeek) / now;
      let [sum, h, hh, phase, both, squares, power] = [1, 0, 0, 0, 0, 0, 1];
      for (let j = 1; j < phases; j++) {
        power *= past;
        const s = share[j]! * power;
        sum += s;
        h += s * harmonic[j]!;
        hh += s * square[j]!;
        phase += s * j;
        both += s * j * harmonic[j]!;
        squares += s * j * j;
      }
      h /= sum;
      phase /= sum;
      out[6] = sum;
      out[7] = h;
      out[8] = -phase / now;
      out[9] = hh / sum - h * h;
      out[10] = (h * phase - both / sum) / now;
      out[11] = (squares / sum - phase * phase + phase) / (now * now);

      const logRatio = Math.log1p((ageWeek - lastWeek) / last);
      const fall = 1 / now - 1 / last;
      out[12] = n * logRatio;
      out[13] = logRatio;
      out[14] = n * fall;
      out[15] = 0;
      out[16] = fall;
      out[17] = -n * fall * (1 / now + 1 / last);
    };
  },
  byPhase(x, phases, [r, alpha]: [number, number], last, age) {
    const n = r + phases * x;
    return cumulate(phases, (j) => (((n + j - 1) / j) * (age - last)) / (alpha + age));
  },
  n: (x, phases, [r]: [number]) => r + phases * x,
  scale: (age, [, alpha]: [number, number]) => alpha + age,
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
  ranges: [{ low: 1e-6, high: 1e4 }],
  of(x, phases, [lambda]: [number]) {
    const events = phases * x;
    return (last, age, out) => {
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
  byPhase: (_, phases, [lambda]: [number], last, age) => cumulate(phases, (j) => (lambda * (age - last)) / j),
  n: () => null,
  scale: (_, [lambda]: [number]) => 1 / lambda,
  starts: (rate, phases) => [[2], [1], [3], [4]].map(([times]) => [times! * rate * phases]),
  edge: (high) => (high ? 'purchases have no end' : 'almost nobody buys again'),
};

function cumulate(phases: number, factor: (j: number) => number): Float64Array {
  const values = new Float64Array(phases).fill(1);
  for (let j = 1; j < phases; j++) values[j] = values[j - 1]! * factor(j);
  return values;
}
