import { describe, expect, it } from 'vitest';
import { dayNodes } from '../../../src/models/numeric/day-nodes.ts';

/** ∫ (least + τ)^−n over each day by the nodes, over what it is. */
function ratios(n: number, least: number, days: number): number[] {
  const { first, weight, tau } = dayNodes(least, days, (_, width) => n * width);
  return Array.from({ length: days }, (_, d) => {
    let sum = 0;
    for (let j = first[d]!; j < first[d + 1]!; j++) sum += weight[j]! * ((least + tau[j]!) / (least + d / 7)) ** -n;
    const width = Math.log1p(1 / 7 / (least + d / 7));
    return sum / (((least + d / 7) * -Math.expm1((1 - n) * width)) / (n - 1));
  });
}

describe('nodes of a quadrature over whole days', () => {
  it.each([
    [1.5, 1e-4],
    [2, 0.3],
    [3, 10],
    [40, 2],
    [400, 20],
    [4000, 500],
  ])('a power of −%d is right to 2e−12 on every day, %d weeks from its pole', (n, least) => {
    for (const ratio of ratios(n, least, 500)) expect(Math.abs(ratio - 1)).toBeLessThan(2e-12);
  });

  it('are the fewer the less the integrand changes over a day', () => {
    const nodes = (least: number) => dayNodes(least, 1, (_, width) => 3 * width).weight.length;
    expect([0.3, 1, 10].map(nodes)).toEqual([10, 5, 3]);
  });
});
