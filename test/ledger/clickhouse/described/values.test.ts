import { describe, expect, it } from 'vitest';
import { NAMED } from '../../../../src/ledger/clickhouse/described/cells.ts';
import { anyHolds, either, firstText, holds, literal } from '../../../../src/ledger/clickhouse/described/values.ts';

describe('what a user typed, as SQL', () => {
  it.each([
    ['paid', "'paid'"],
    ["it's", "'it\\'s'"],
    ['a\\b', "'a\\\\b'"],
    ["\\' OR 1 --", "'\\\\\\' OR 1 --'"],
    ['a\nb\0', "'a\\nb\\0'"],
    ['{p:String}', "'{p:String}'"],
  ])('%j is a literal', (text, wanted) => {
    expect(literal(text)).toBe(wanted);
  });

  it('a list of values: whole texts and patterns, in lower case by the server', () => {
    expect(holds({ written: ['Paid', ' open '] }, 't3')).toBe(
      "(lowerUTF8(t3) IN (lowerUTF8('Paid'), lowerUTF8('open')))",
    );
    expect(holds({ written: ['wc-*', ''] }, 't3')).toBe(
      "(lowerUTF8(t3) IN (lowerUTF8('')) OR (t3 <> '' AND match(lowerUTF8(t3), lowerUTF8('(?s)^wc-.*$'))))",
    );
    expect(holds({ written: ['a.?'] }, 't0')).toContain("lowerUTF8('(?s)^a\\\\..$')");
    expect(holds({ written: ['a\\*', '\\??'] }, 't0')).toBe(
      "(lowerUTF8(t0) IN (lowerUTF8('a*')) OR (t0 <> '' AND match(lowerUTF8(t0), lowerUTF8('(?s)^\\\\?.$'))))",
    );
    expect(holds({ written: [] }, 't0')).toBe('0');
  });

  it('conditions, of which any must hold, and of each all columns', () => {
    const values = { written: ['x'] };
    expect(anyHolds([], NAMED)).toBe('0');
    expect(
      anyHolds(
        [
          [
            { column: 1, values },
            { column: 2, values },
          ],
          [{ column: 3, values }],
        ],
        NAMED,
      ),
    ).toBe(
      "(((lowerUTF8(t1) IN (lowerUTF8('x'))) AND (lowerUTF8(t2) IN (lowerUTF8('x')))) OR ((lowerUTF8(t3) IN (lowerUTF8('x')))))",
    );
  });

  it('the first of some', () => {
    expect(either([], 'x')).toBe('x');
    expect(
      either(
        [
          ['a', 1],
          ['b', 2],
        ],
        3,
      ),
    ).toBe('multiIf(a, 1, b, 2, 3)');
    expect(firstText([4, 5], NAMED)).toBe("multiIf(t4 <> '', t4, t5 <> '', t5, '')");
  });
});
