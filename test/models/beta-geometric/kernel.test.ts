import gammaln from '@stdlib/math-base-special-gammaln';
import { describe, expect, it } from 'vitest';
import { betaChance } from '../../../src/models/beta-geometric/chances.ts';
import { writeKernel } from '../../../src/models/beta-geometric/kernel.ts';
import { betaNodes, type ChanceNodes } from '../../../src/models/beta-geometric/nodes.ts';

/** Chances to stop, each with its weight. */
const chances = (...all: readonly (readonly [p: number, weight: number])[]): ChanceNodes => ({
  p: Float64Array.from(all, ([p]) => p),
  stay: Float64Array.from(all, ([p]) => 1 - p),
  weights: Float64Array.from(all, ([, weight]) => weight),
});

/** F_j(w) by its definition, term by term: E_p[Σ_i (1−p)^i g_{q+ik}(w)], q = k − j − 1. */
function defined(n: number | null, phases: number, j: number, w: number, { stay, weights }: ChanceNodes): number {
  const N = n === null ? 0 : n + j + 1;
  const log = (i: number): number =>
    n === null
      ? i * Math.log(w) - w - gammaln(i + 1)
      : gammaln(N + i) - gammaln(N) - gammaln(i + 1) + i * Math.log(w) - (N + i) * Math.log1p(w);
  const most = n === null ? w + 40 * Math.sqrt(w) + 60 : (N + 60) * (w + 1) * 6;
  let sum = 0;
  for (let i = 0; phases - j - 1 + i * phases < most; i++)
    for (const [at, weight] of weights.entries())
      sum += weight * Math.exp(log(phases - j - 1 + i * phases) + i * Math.log(stay[at]!));
  return sum;
}

describe('how purchases to come fall off', () => {
  const ONE = chances([0.2, 1]);
  const TWO = chances([0.02, 0.3], [0.7, 0.7]);
  // Few events, many of them, and so many that the phase is forgotten.
  const TIMES = [0.01, 0.4, 3, 40, 700];

  it.each(
    [2, 3, 4, 5].flatMap((phases) =>
      [null, 0.3, 6.5].flatMap((n) => [ONE, TWO].map((nodes) => ({ phases, n, nodes }))),
    ),
  )('k $phases, n $n: as it is defined, in every phase', ({ phases, n, nodes }) => {
    const f = Array.from({ length: phases }, () => new Float64Array(TIMES.length));
    writeKernel({ n, phases, nodes, lifetime: 5 }, Float64Array.from(TIMES), f);
    for (let j = 0; j < phases; j++)
      for (const [k, w] of TIMES.entries()) {
        const right = defined(n, phases, j, w, nodes);
        if (right < 1e-200) continue;
        expect(Math.abs(f[j]![k]! / right - 1), `phase ${j} at ${w}: ${f[j]![k]} for ${right}`).toBeLessThan(1e-10);
      }
  });
});

describe('chances to stop that are Beta', () => {
  it.each([
    [0.4, 0.8],
    [0.05, 3],
    [3, 0.05],
    [0.002, 0.5],
    [7, 1.5],
    [200, 400],
    [2, 5000],
  ])('have the moments of Beta(%d, %d)', (a, b) => {
    const { p, stay, weights } = betaNodes(a, b);
    const mean = (of: (i: number) => number): number => weights.reduce((sum, weight, i) => sum + weight * of(i), 0);
    const sum = a + b;
    expect(mean(() => 1)).toBeCloseTo(1, 12);
    expect(mean((i) => p[i]!) / (a / sum)).toBeCloseTo(1, 10);
    expect(mean((i) => stay[i]!) / (b / sum)).toBeCloseTo(1, 10);
    expect(mean((i) => p[i]! ** 2) / ((a * (a + 1)) / (sum * (sum + 1)))).toBeCloseTo(1, 10);
    const later = Math.exp(gammaln(b + 40) - gammaln(b) + gammaln(sum) - gammaln(sum + 40));
    expect(mean((i) => stay[i]! ** 40) / later).toBeCloseTo(1, 10);
  });

  it('have edges that are told apart', () => {
    const edge = (a: number, b: number, high: boolean) => betaChance.edge!([a, b], 0, high);
    expect(edge(1e-4, 2, false)).toBe('nobody seems to stop buying');
    expect(edge(0.5, 0.5, true)).toBe('everybody is equally likely to stop buying');
    expect(edge(0.5, 0.5, false)).toBe('some stop buying at once, the others never');
  });
});
