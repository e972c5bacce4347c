import gammaln from '@stdlib/math-base-special-gammaln';
import { describe, expect, it } from 'vitest';
import { bgNbd } from '../../../src/models/beta-geometric/bg-nbd.ts';
import { mbgNbd } from '../../../src/models/beta-geometric/mbg-nbd.ts';
import { statesOf } from '../customers.ts';

/** ln of the chance of i events in a window of w at rates that are Gamma(n, c): negative binomial. */
function logEvents(i: number, n: number, c: number, w: number): number {
  return gammaln(n + i) - gammaln(n) - gammaln(i + 1) + n * Math.log(c / (c + w)) + i * Math.log(w / (c + w));
}

/** Σ_i 2(i−1) E[(1−p)^(i−1)] P(at least i events), of a customer alive. */
function pairsOf(n: number, c: number, a: number, b: number, weeks: number): number {
  const chances = Array.from({ length: 3000 }, (_, i) => Math.exp(logEvents(i, n, c, weeks)));
  let [pairs, tail] = [0, chances.reduce((sum, each) => sum + each, 0)];
  for (let i = 1; i < chances.length; i++) {
    tail -= chances[i - 1]!;
    const stays = Math.exp(gammaln(b + i - 1) + gammaln(a + b) - gammaln(b) - gammaln(a + b + i - 1));
    pairs += 2 * (i - 1) * stays * tail;
  }
  return pairs;
}

describe.each([
  ['bg-nbd', bgNbd, 0],
  ['mbg-nbd', mbgNbd, 1],
] as const)('pairs of purchases of %s', (_, model, first) => {
  const parameters = [0.8, 6, 0.9, 2.5];

  it.each([
    { x: 0, recency: 0, age: 120 },
    { x: 4, recency: 80, age: 150 },
    { x: 25, recency: 300, age: 320 },
  ])('x $x, t_x $recency, T $age: as the sum over events', (customer) => {
    const states = statesOf([customer]);
    const pAlive = model.pAlive(states, parameters);
    const found = model.pairs!(states, parameters, pAlive, { delta: 0, days: 280 })[0]!;
    const [r, alpha, a, b] = parameters as [number, number, number, number];
    const right = pairsOf(r + customer.x, alpha + customer.age / 7, a, b + customer.x + first, 40);
    expect(found / (pAlive[0]! * right)).toBeCloseTo(1, 5);
  });
});
