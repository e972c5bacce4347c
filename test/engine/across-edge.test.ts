import { describe, expect, it } from 'vitest';
import { acrossEdge } from '../../src/engine/across-edge.ts';
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

  it('finds nothing where the limit tells no way, or the model no likelihood', () => {
    const states = statesOf(simulatePareto(500, 100, () => ({ rate: 0.1, dropout: 1e-9 }), 3));
    const nbd = buyingModel('nbd')!;
    const fit = { parameters: [1, 10], logLikelihood: nbd.logLikelihood(states, [1, 10]) };
    const { inside: _, ...lost } = nbd;
    expect(acrossEdge(paretoNbd, states, { model: lost, ...fit })).toEqual([]);
    expect(acrossEdge(buyingModel('ggom-nbd')!, states, { model: nbd, ...fit })).toEqual([]);
  });
});
