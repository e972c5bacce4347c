import { describe, expect, it } from 'vitest';
import { acrossEdge, withinDoubt } from '../../src/engine/across-edge.ts';
import { fitOrLimit } from '../../src/models/limits.ts';
import { paretoNbd } from '../../src/models/pareto-nbd/pareto-nbd.ts';
import { buyingModel } from '../../src/models/registry.ts';
import { gamma, simulatePareto, statesOf } from '../models/customers.ts';

const window = { delta: 0.0003, days: 1095.75 };

describe('across an edge', () => {
  it.each([
    ['exponential-nbd', (random: () => number) => ({ rate: gamma(1, random) / 20, dropout: 0.02 }), 5, 1],
    ['nbd', (random: () => number) => ({ rate: gamma(3, random) / 60, dropout: 1e-9 }), 2, -1],
    ['exponential-poisson', () => ({ rate: 0.3, dropout: 0.02 }), 5, 1],
  ])('%s: Pareto/NBD just as likely, on the side of the edge', (name, draw, seed, side) => {
    const states = statesOf(simulatePareto(2000, 100, draw, seed));
    const { model, fit } = fitOrLimit(paretoNbd, states);
    expect(model.name).toBe(name);
    const of = (one: typeof model, parameters: readonly number[]): number =>
      one
        .purchases(states, parameters, one.pAlive(states, parameters), window)
        .reduce((sum, each, i) => sum + each * states.count[i]!, 0);
    const found = acrossEdge(paretoNbd, states, { model, ...fit });
    expect(found.length).toBeGreaterThan(0);
    for (const parameters of found) {
      const drop = fit.logLikelihood - paretoNbd.logLikelihood(states, parameters);
      expect(drop).toBeLessThanOrEqual(1.9208);
      expect(drop).toBeGreaterThan(1);
      expect(Math.sign(of(paretoNbd, parameters) - of(model, fit.parameters))).toBe(side);
    }
  });

  /** ln L of two parameters, the first as it is told, the second best at 3. */
  const told = (first: (value: number) => number) => ({
    evaluate: (_: null, parameters: readonly number[]) => {
      const [one, other] = parameters as [number, number];
      return {
        value: first(one) - (other - 3) ** 2,
        gradient: [0, -2 * (other - 3)],
        hessian: [
          [-1, 0],
          [0, -2],
        ],
      };
    },
    ranges: [
      { low: 0, high: Number.POSITIVE_INFINITY },
      { low: 0, high: 100 },
    ],
  });
  const limit = (start: readonly number[], factor: number) => ({
    model: { name: 'limit', inside: () => [{ start, parameter: 0, factor, fixed: [0] }] },
    parameters: [],
    logLikelihood: 0,
  });

  it('goes on to where ln L has fallen by half the 95 % quantile of χ², a 32nd of the last step short of it', () => {
    const [found] = acrossEdge(
      told((value) => -Math.log2(value) / 3),
      null,
      limit([1, 2], 4),
    );
    // 2^(3 · 1.92) is the bound.
    expect(Math.log2(found![0]!)).toBeLessThanOrEqual(5.7622);
    expect(Math.log2(found![0]!)).toBeGreaterThan(5.7622 - 2 / 32);
    expect(found![1]).toBeCloseTo(3, 6);
  });

  it('takes 40 steps at most where every distance is as likely', () => {
    const [found] = acrossEdge(
      told(() => 0),
      null,
      limit([1, 2], 2),
    );
    // The first is where it starts, and each of five halvings goes half as far as the one before.
    expect(Math.log2(found![0]!)).toBeCloseTo(39 + 1 / 2 + 1 / 4 + 1 / 8 + 1 / 16 + 1 / 32, 9);
  });

  it('is not there where even the start is less likely', () => {
    expect(
      acrossEdge(
        told(() => -2),
        null,
        limit([1, 2], 2),
      ),
    ).toEqual([]);
  });

  it('within doubt moves the parameter that is told worst up and down, by e, as far as it is likely', () => {
    const fit = {
      parameters: [1, 3],
      covariance: [
        [0.25, 0],
        [0, 0.01],
      ],
    };
    const found = withinDoubt(
      told((value) => -0.7 * Math.abs(Math.log(value))),
      null,
      fit,
    );
    expect(found.map(([first]) => Math.log(first!))).toEqual([1, 2, -1, -2].map((value) => expect.closeTo(value, 9)));
    expect(
      withinDoubt(
        told(() => 0),
        null,
        {
          ...fit,
          covariance: [
            [0.2499, 0],
            [0, 0.01],
          ],
        },
      ),
    ).toEqual([]);
    const bounded = {
      ...told(() => 0),
      ranges: [
        { low: 0.3, high: 9 },
        { low: 0, high: 100 },
      ],
    };
    expect(withinDoubt(bounded, null, fit).map(([first]) => Math.log(first!))).toEqual(
      [1, 2, -1].map((value) => expect.closeTo(value, 9)),
    );
  });

  it('finds nothing where the limit tells no way, or the model no likelihood', () => {
    const states = statesOf(simulatePareto(500, 100, () => ({ rate: 0.1, dropout: 1e-9 }), 3));
    const nbd = buyingModel('nbd')!;
    const fit = { parameters: [1, 10], logLikelihood: nbd.logLikelihood(states, [1, 10]) };
    const { inside: _, ...lost } = nbd;
    expect(acrossEdge(paretoNbd, states, { model: lost, ...fit })).toEqual([]);
    expect(acrossEdge(buyingModel('ggom-nbd')!, states, { model: nbd, ...fit })).toEqual([]);
  });
});
