import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { barsOf, elasticityOf, returnOnSpend, tornadoChanges } from '../../src/aggregator/whatif-figures.ts';
import { Decimal } from '../../src/base/decimal.ts';
import { type Change, DRIVERS } from '../../src/base/what-if.ts';

const by = (value: string, relative = true): Change => ({ text: value, relative, value: new Decimal(value) });

describe('figures of a what-if', () => {
  it('a spend of 70 that adds 101.3 returns 44.7 % (Rust, Lemon & Zeithaml 2004)', () => {
    expect(returnOnSpend(new Decimal('101.3'), new Decimal(70))).toBe('0.447143');
  });

  it('elasticity is of one driver that changes by a share, of an equity above zero', () => {
    expect(elasticityOf(new Map([['margin', by('0.02')]]), 10_300n, 10_000n)).toBe('1.500000');
    expect(elasticityOf(new Map([['discount-rate', by('0.12', false)]]), 10_300n, 10_000n)).toBeNull();
    expect(elasticityOf(new Map([['margin', by('0')]]), 10_000n, 10_000n)).toBeNull();
    expect(elasticityOf(new Map([['margin', by('0.1')]]), -110n, -100n)).toBeNull();
    const two = new Map([
      ['margin', by('0.02')],
      ['dropout', by('0.02')],
    ] as const);
    expect(elasticityOf(two, 10_300n, 10_000n)).toBeNull();
    expect(elasticityOf(new Map(), 10_000n, 10_000n)).toBeNull();
  });

  it('a tornado has every driver once, the widest first, whatever is missing', () => {
    const equities = fc.array(fc.option(fc.bigInt({ min: -1_000_000_000_000n, max: 1_000_000_000_000n })), {
      minLength: 24,
      maxLength: 24,
    });
    fc.assert(
      fc.property(equities, (values) => {
        const tried = tornadoChanges().map((changes, i) => {
          const equity = values[i]!;
          return equity === null ? { changes, refused: 'cannot be' } : { changes, equity, prospect: 0n };
        });
        const bars = barsOf(tried, 0n);
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
