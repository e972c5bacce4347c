import { describe, expect, it } from 'vitest';
import { bestOf } from '../../../src/commands/validate/best.ts';
import type { Failed, Tested } from '../../../src/valuation/backtest/found.ts';

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
