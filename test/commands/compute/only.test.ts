import { describe, expect, it } from 'vitest';
import { conditionsOf, conditionsTyped } from '../../../src/commands/compute/only.ts';
import { customerColumns } from '../../../src/data/customer-columns.ts';

const found = (text: string, digits = 2) =>
  conditionsOf(conditionsTyped(text), customerColumns({ intervals: true }), ['region', 'Shop name'], digits);

describe('--only', () => {
  it.each([
    ['clv>100', [{ column: 'clv', comparison: '>', held: { type: 'long', value: 10_000n } }]],
    [
      'clv_interval_low<=-1.5',
      [{ column: 'clv_interval_low', comparison: '<=', held: { type: 'long', value: -150n } }],
    ],
    ['revenue>=12.3456', [{ column: 'revenue', comparison: '>=', held: { type: 'amount', value: 123_456n } }]],
    ['p_alive < 0.3', [{ column: 'p_alive', comparison: '<', held: { type: 'double', value: 0.3 } }]],
    [
      'last_purchase!=2024-02-29',
      [{ column: 'last_purchase', comparison: '!=', held: { type: 'day', value: 19_782 } }],
    ],
    ['Shop name="a, ""b"" <c"', [{ column: 1, comparison: '=', held: { type: 'text', value: 'a, "b" <c' } }]],
  ])('%s', (text, conditions) => {
    expect(found(text)).toEqual(conditions);
  });

  it.each([
    ['clv', 'E101'],
    ['clv>', 'E101'],
    ['', 'E101'],
    ['clv>1,', 'E101'],
    ['clv==1', 'E551'],
    ['clv>0.001', 'E551'],
    ['revenue>0.00001', 'E551'],
    ['purchases>1.5', 'E551'],
    ['last_purchase>2024-02-30', 'E551'],
    ['p_alive>1e3', 'E551'],
    ['region<a', 'E551'],
    ['regoin=a', 'E550'],
  ])('refuses %s', (text, code) => {
    expect(() => found(text)).toThrow(expect.objectContaining({ code }));
  });
});
