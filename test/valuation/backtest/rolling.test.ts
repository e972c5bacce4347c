import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  atOrigins,
  longestHoldout,
  mostOrigins,
  rollingOrigins,
  usualHoldout,
} from '../../../src/valuation/backtest/rolling.ts';
import { runs } from '../../runs.ts';

const FIRST = 19_000;
const asked = fc.record({
  span: fc.integer({ min: 0, max: 2000 }),
  days: fc.integer({ min: 1, max: 900 }),
  count: fc.integer({ min: 2, max: 12 }),
});

describe('rolling origins', () => {
  it('are spread over half of the data where a quarter is held out', () => {
    const dates = { first: 0, until: 400 };
    expect(usualHoldout(dates)).toBe(100);
    expect(rollingOrigins(dates, 100, 5)).toEqual({
      step: 50,
      origins: [100, 150, 200, 250, 300].map((asOf) => ({ asOf, until: asOf + 100 })),
    });
    expect(rollingOrigins(dates, 100, 2)?.origins.map(({ asOf }) => asOf)).toEqual([200, 300]);
  });

  it('end with the data, are one step apart, and leave a quarter of the data before the first', () => {
    fc.assert(
      fc.property(asked, ({ span, days, count }) => {
        const dates = { first: FIRST, until: FIRST + span };
        const found = rollingOrigins(dates, days, count);
        if (!found) return;
        expect(found.origins).toHaveLength(count);
        expect(found.origins.at(-1)!.until).toBe(dates.until);
        expect(found.step).toBeGreaterThanOrEqual(Math.min(7, days));
        expect(found.step).toBeLessThanOrEqual(days);
        expect(found.origins[0]!.asOf - FIRST).toBeGreaterThanOrEqual(span / 4);
        for (const [i, { asOf, until }] of found.origins.entries()) {
          expect(until - asOf).toBe(days);
          if (i > 0) expect(asOf - found.origins[i - 1]!.asOf).toBe(found.step);
        }
      }),
      { numRuns: runs(1000) },
    );
  });

  it('what is said to fit does, and one more does not', () => {
    fc.assert(
      fc.property(asked, ({ span, days, count }) => {
        const dates = { first: FIRST, until: FIRST + span };
        const [most, longest] = [mostOrigins(dates, days), longestHoldout(dates, count)];
        if (most >= 2) expect(rollingOrigins(dates, days, most)).not.toBeNull();
        expect(rollingOrigins(dates, days, Math.max(2, most + 1))).toBeNull();
        if (longest > 0) expect(rollingOrigins(dates, longest, count)).not.toBeNull();
        expect(rollingOrigins(dates, longest + 1, count)).toBeNull();
      }),
      { numRuns: runs(1000) },
    );
  });

  it('are tried one after the other', async () => {
    let running = 0;
    const found = await atOrigins(
      [1, 2, 3].map((asOf) => ({ asOf, until: asOf + 1 })),
      async ({ asOf }, i) => {
        expect(++running).toBe(1);
        await Promise.resolve();
        running--;
        return asOf * 10 + i;
      },
    );
    expect(found).toEqual([10, 21, 32]);
  });
});
