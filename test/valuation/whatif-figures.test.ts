import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Decimal } from '../../src/base/decimal.ts';
import { type Change, DRIVERS } from '../../src/data/what-if.ts';
import {
  barsOf,
  changeShare,
  elasticityOf,
  moveOf,
  returnOnSpend,
  tornadoChanges,
} from '../../src/valuation/whatif/figures.ts';

const by = (value: string, relative = true): Change => ({ text: value, relative, value: new Decimal(value) });

describe('figures of a what-if', () => {
  it('a spend of 70 that adds 101.3 returns 44.7 % (Rust, Lemon & Zeithaml 2004)', () => {
    expect(returnOnSpend(new Decimal('101.3'), new Decimal(70))).toBe('0.447143');
  });

  it('elasticity is of one driver that changes by a share, of an equity above zero', () => {
    const move = { change: 300n, of: 10_000n };
    expect(elasticityOf(new Map([['margin', by('0.02')]]), move)).toBe('1.500000');
    expect(elasticityOf(new Map([['discount-rate', by('0.12', false)]]), move)).toBeNull();
    expect(elasticityOf(new Map([['margin', by('0')]]), move)).toBeNull();
    expect(elasticityOf(new Map([['margin', by('0.1')]]), { change: -10n, of: -100n })).toBeNull();
    const two = new Map([
      ['margin', by('0.02')],
      ['dropout', by('0.02')],
    ] as const);
    expect(elasticityOf(two, move)).toBeNull();
    expect(elasticityOf(new Map(), move)).toBeNull();
  });

  it('a change is of the customers won as well where acquisition changes, and only there', () => {
    const before = { equity: 10_000n, acquisition: 2_500n };
    expect(moveOf({ equity: 10_100n, acquisition: null }, before)).toEqual({ change: 100n, of: 10_000n });
    const won = moveOf({ equity: 10_000n, acquisition: 0n }, before);
    expect(won).toEqual({ change: -2_500n, of: 12_500n });
    expect(changeShare(won)).toBe('-0.200000');
  });

  it('a tornado has every driver once, the widest first, whatever is missing', () => {
    const equities = fc.array(fc.option(fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n })), {
      minLength: 24,
      maxLength: 24,
    });
    fc.assert(
      fc.property(equities, (values) => {
        const tried = tornadoChanges(DRIVERS).map((changes, i) => {
          const equity = values[i]!;
          return equity === null
            ? { changes, refused: 'cannot be' }
            : { changes, equity, prospect: 0n, acquisition: null };
        });
        const bars = barsOf(tried, { equity: 0n, acquisition: 7n });
        expect(bars.map(({ driver }) => driver).sort()).toEqual([...DRIVERS].sort());
        const widths = bars.map(({ points }) => {
          const ends = [points[0]!, points[3]!].map((point) => ('refused' in point ? 0 : Number(point.equity)));
          return Math.max(0, ...ends) - Math.min(0, ...ends);
        });
        expect(widths).toEqual([...widths].sort((a, b) => b - a));
      }),
    );
  });
});
