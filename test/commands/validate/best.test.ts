import { describe, expect, it } from 'vitest';
import { bestOf, bestOver } from '../../../src/commands/validate/best.ts';
import type { Failed, Tested } from '../../../src/valuation/backtest/found.ts';
import type { Summary } from '../../../src/valuation/backtest/scores.ts';

const tested = (name: string, mae: number) => ({ name, accuracy: { mae } }) as Tested;
const failed: Failed = { name: 'ggom-nbd', error: { code: 'E303', message: 'ran to the edge' } };

describe('the best model', () => {
  it('misses least, and the reason names the next', () => {
    const { best, reason } = bestOf([tested('a', 0.75), failed, tested('b', 0.5), tested('c', 0.9)]);
    expect(best.name).toBe('b');
    expect(reason).toBe('lowest mean absolute error of purchases, 0.500000 a customer; next a with 0.750000');
  });

  it('is the first of two alike, and says so', () => {
    const { best, reason } = bestOf([tested('a', 0.5), tested('b', 0.5)]);
    expect(best.name).toBe('a');
    expect(reason).toBe('lowest mean absolute error of purchases, 0.500000 a customer, as b');
  });

  it('is the only one there is', () => {
    expect(bestOf([tested('a', 0.5)]).reason).toBe('the only one tried');
    expect(bestOf([failed, tested('a', 0.5)]).reason).toBe('the only one that could be fitted');
  });
});

describe('the best model over origins', () => {
  const over = (name: string, mae: number, fitted: number, failed = 0) => ({ name, mae, fitted, failed }) as Summary;

  it('misses least on average', () => {
    const { best, reason } = bestOver([over('a', 0.75, 3), over('b', 0.5, 3)]);
    expect(best.name).toBe('b');
    expect(reason).toBe(
      'lowest mean absolute error of purchases, 0.500000 a customer; next a with 0.750000, mean of 3 origins',
    );
  });

  it('is the first of those that print alike', () => {
    expect(bestOver([over('a', 0.5000001, 3), over('b', 0.5, 3)]).best.name).toBe('a');
  });

  it('is one of those with the most fits, since hard origins left out flatter', () => {
    const { best, reason } = bestOver([over('a', 0.75, 3), over('b', 0.5, 2, 1), over('c', 0.8, 3)]);
    expect(best.name).toBe('a');
    expect(reason).toContain('mean of 3 origins of the models that fit at as many');
    expect(bestOver([over('a', 0.75, 3), over('b', Number.NaN, 0, 3)]).reason).toBe(
      'the only one that fits at 3 origins',
    );
  });

  it('is the only one tried', () => {
    expect(bestOver([over('a', 0.75, 2, 1)]).reason).toBe('the only one tried');
  });
});
