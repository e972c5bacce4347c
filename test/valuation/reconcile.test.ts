import { describe, expect, it } from 'vitest';
import { reconcile } from '../../src/valuation/reconcile.ts';

const totals = { records: 2, amount: 5n, days: 7n, idBytes: 9n, firstDay: 1, lastDay: 4 };

describe('reconciliation', () => {
  it('passes equal totals', () => expect(() => reconcile(totals, { ...totals })).not.toThrow());

  it.each(Object.keys(totals))('E501 when %s differs', (name) => {
    const wrong = { ...totals, [name]: typeof totals[name as keyof typeof totals] === 'bigint' ? 0n : 0 };
    expect(() => reconcile(totals, wrong)).toThrow(expect.objectContaining({ code: 'E501' }));
  });
});
