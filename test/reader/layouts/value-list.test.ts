import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { where } from '../../../src/cli/option-values.ts';
import { listed, literally, ValueList } from '../../../src/reader/layouts/value-list.ts';
import { runs } from '../../runs.ts';

const has = (values: readonly string[], text: string) => new ValueList(values).has(text);

describe('ValueList', () => {
  it.each([
    [['paid'], ' PAID ', true],
    [['paid'], 'paid out', false],
    [[''], '  ', true],
    [['*'], '', false],
    [['*'], 'x', true],
    [['part*'], 'Partly refunded', true],
    [['*refunded'], 'refunded', true],
    [['C?'], 'c1', true],
    [['C?'], 'c12', false],
    [['a.b'], 'axb', false],
    [['(a)+*'], '(A)+x', true],
    [['?'], 'x', true],
    [['\\?'], '?', true],
    [['\\?'], 'x', false],
    [['a\\**'], 'a*b', true],
    [['a\\**'], 'abb', false],
    [['\\N'], '\\N', true],
  ])('%j: %j is %s', (values, text, expected) => {
    expect(has(values, text)).toBe(expected);
  });

  it('a text taken literally is itself alone', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[ab*?.(]{0,6}$/), fc.stringMatching(/^[ab*?.(]{0,6}$/), (value, text) => {
        expect(has([literally(value)], text)).toBe(value === text);
      }),
      { seed: 9, numRuns: runs(300) },
    );
  });

  it('a list reads back as it was written, whatever stands in it', () => {
    const text = fc.stringMatching(/^[abc ,"*?=!'\\]{0,5}$/).map((one) => one.trim());
    fc.assert(
      fc.property(fc.uniqueArray(text, { minLength: 1, maxLength: 4 }), (values) => {
        const read = where('--where', `Status=${listed(values)}`);
        expect(read).toMatchObject({ column: 'Status', not: false });
        const list = new ValueList(read.values);
        for (const value of values) expect(list.has(value), `${listed(values)} has ${value}`).toBe(true);
        expect(list.has('zzz')).toBe(false);
      }),
      { seed: 9, numRuns: runs(300) },
    );
  });
});
