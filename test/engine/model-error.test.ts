import { describe, expect, it } from 'vitest';
import { backcast, modelError, USUAL_MODEL_ERROR } from '../../src/engine/model-error.ts';
import { paretoNbd } from '../../src/models/pareto-nbd/pareto-nbd.ts';
import { gamma, simulatePareto, statesOf } from '../models/customers.ts';

describe('model error', () => {
  it('is the usual one without origins, and moves with what came of them', () => {
    expect(modelError([])).toBeCloseTo(USUAL_MODEL_ERROR, 12);
    const sure = { expected: 1000, actual: 1000, variance: 0 };
    expect(modelError([sure, sure, sure])).toBeCloseTo(Math.sqrt((4 * 0.12 ** 2) / 7), 12);
    const off = { expected: 1000, actual: 1300, variance: 40_000 };
    expect(modelError([off])).toBeCloseTo(Math.sqrt((4 * 0.12 ** 2 + Math.log(1.3) ** 2 - 0.04) / 5), 12);
  });

  it('takes what chance explains for no error of the model', () => {
    const chance = { expected: 100, actual: 110, variance: 400 };
    expect(modelError([chance])).toBeCloseTo(Math.sqrt((4 * 0.12 ** 2) / 5), 12);
    expect(modelError([{ ...chance, actual: 90 }])).toBeCloseTo(modelError([chance]), 12);
  });

  it('is asked of a model under its own parameters: what is expected and how sure that is', () => {
    const draw = (random: () => number) => ({ rate: gamma(0.6, random) / 9, dropout: gamma(0.7, random) / 12 });
    const states = statesOf(simulatePareto(2000, 80, draw, 7));
    const fit = paretoNbd.fit(states);
    const pAlive = paretoNbd.pAlive(states, fit.parameters);
    const window = { delta: 0, days: 91 };
    const expected = paretoNbd
      .purchases(states, fit.parameters, pAlive, window)
      .reduce((sum, each, i) => sum + each * states.count[i]!, 0);
    const found = backcast(states, paretoNbd, fit, 91, 500)!;
    expect(found.expected).toBeCloseTo(expected, 9);
    expect(found.variance).toBeGreaterThan(expected);
    expect(backcast(states, paretoNbd, fit, 91, 0)).toBeNull();
  });
});
