import { describe, expect, it } from 'vitest';
import type { Expression } from '../../../../src/data/expression.ts';
import { NAMED } from '../../../../src/ledger/clickhouse/described/cells.ts';
import { moneyOf, WIDEST } from '../../../../src/ledger/clickhouse/described/money.ts';

/** Cells of four decimals, and of seven where amounts are rounded. */
const EXACT = { ...NAMED, scale: () => 4 };
const FINE = { ...NAMED, scale: () => 7 };

const column = (at: number): Expression => ({ kind: 'column', column: at });

/** What the server reckons is held against the reader in the tests of the cluster; here is what is asked of it. */
describe('amounts as SQL', () => {
  it('a column is what it is', () => {
    expect(moneyOf(column(2), EXACT, undefined)).toMatchObject({ value: 'u2', fault: 'f2', blanks: [] });
  });

  it('a further term that is NULL is nothing, and counted; the first is not', () => {
    const terms = [
      { minus: false, of: column(0) },
      { minus: true, of: column(1) },
    ];
    const { value, fault, blanks } = moneyOf({ kind: 'sum', terms }, EXACT, undefined);
    expect(value).toBe("(toInt256('0') + e0 - if(b1, toInt256('0'), e1))");
    expect(fault).toContain('multiIf(f0 <> 0, f0, if(b1, 0, f1) <> 0, if(b1, 0, f1), 0)');
    expect(blanks).toEqual([{ column: 1, when: '(1) AND b1' }]);
  });

  it('a product of more than four decimals is a fault, unless it is rounded', () => {
    const product: Expression = { kind: 'product', factors: [column(0), column(1)] };
    const exact = moneyOf(product, EXACT, undefined);
    expect(exact.value).toBe("intDiv((e0 * e1), toInt256('10000'))");
    expect(exact.fault).toContain("if((e0 * e1) % toInt256('10000') <> 0, 2, 0)");
    const rounded = moneyOf(product, FINE, 2);
    expect(rounded.value).toMatch(/^\(.*toInt256\('1000000000000'\).*\) \* toInt256\('100'\)$/);
    expect(rounded.fault).not.toContain("% toInt256('10000') <> 0");
  });

  it('of several, the first that is not NULL or not zero; blanks count where they are reached', () => {
    const terms = [
      { minus: false, of: column(1) },
      { minus: true, of: column(2) },
    ];
    const options = [column(0), { kind: 'sum', terms } as const];
    const there = moneyOf({ kind: 'first', options, notZero: false }, EXACT, undefined);
    expect(there.value).toBe("multiIf((1 AND NOT b0), e0, (toInt256('0') + e1 - if(b2, toInt256('0'), e2)))");
    expect(there.blanks).toEqual([{ column: 2, when: '(1 AND NOT (1 AND NOT b0)) AND b2' }]);
    const { value } = moneyOf({ kind: 'first', options, notZero: true }, EXACT, undefined);
    expect(value).toContain('multiIf((1 AND NOT b0 AND (f0 <> 0 OR e0 <> 0)), e0, ');
  });

  it('is as wide as its decimals and factors make it', () => {
    const width = (factors: number, cells: typeof EXACT): number =>
      moneyOf({ kind: 'product', factors: Array.from({ length: factors }, () => column(0)) }, cells, 2).digits;
    expect([width(4, EXACT), width(2, FINE)]).toEqual([73, 43]);
    expect(width(5, EXACT)).toBeGreaterThan(WIDEST);
    expect(width(2, { ...NAMED, scale: () => 40 })).toBeGreaterThan(WIDEST);
  });
});
