import { describe, expect, it } from 'vitest';
import type { Population } from '../../src/base/customers.ts';
import { MESSAGES } from '../../src/base/messages.ts';
import { warningText } from '../../src/cli/messages-text.ts';
import { warningsOf } from '../../src/cli/warnings.ts';
import { NO_TOTALS } from '../../src/reader/totals.ts';

const part = { customers: 1000, records: 3000, amount: 1n };
const population: Population = {
  asOf: 20000,
  valued: part,
  withoutPurchase: part,
  afterAsOf: part,
  firstPurchase: 19000,
  notPositive: 0,
  segmentChanged: 0,
  lastDays: [20000, 19999],
  earlyFirst: 50,
  nextFirst: 100,
};
const spend = { correlation: 0.1 };
const rejects = { total: 0, samples: [], counts: new Map() };

function codes(
  change: Partial<Population>,
  correlation: number | null = spend.correlation,
  asOfGiven = false,
  rejected = rejects,
) {
  const read = { totals: { ...NO_TOTALS, records: 3000 }, rejects: rejected };
  const found = warningsOf({ ...population, ...change }, [{ name: [], spend: { correlation } }], read, { asOfGiven });
  for (const warning of found) {
    expect(MESSAGES).toHaveProperty(warning.code);
    expect(warningText(warning)).not.toMatch(/[{}]/);
  }
  return found.map((warning) => warning.code);
}

describe('warnings', () => {
  it('none where there is nothing to say', () => expect(codes({})).toEqual([]));

  it('W301: a last date far beyond the others, unless the as-of date was given', () => {
    expect(codes({ lastDays: [20000, 19909] })).toEqual(['W301']);
    expect(codes({ lastDays: [20000, 19910] })).toEqual([]);
    expect(codes({ lastDays: [20000, 19000] }, 0, true)).toEqual([]);
    expect(codes({ lastDays: [20000] })).toEqual([]);
  });

  it('W302: first purchases piled up at the start', () => {
    expect(codes({ earlyFirst: 151, nextFirst: 100 })).toEqual(['W302']);
    expect(codes({ earlyFirst: 150, nextFirst: 100 })).toEqual([]);
  });

  it('W303, W304, W305: segments that changed, mean margins of zero or less, correlation', () => {
    expect(codes({ segmentChanged: 1 })).toEqual(['W303']);
    expect(codes({ notPositive: 3 })).toEqual(['W304']);
    expect(codes({}, -0.21)).toEqual(['W305']);
    expect(codes({}, null)).toEqual([]);
  });

  it('W306: records left out', () => {
    const sample = {
      code: 'E201',
      values: { text: 'x' },
      place: { file: 'a.csv', line: 3, column: 1 },
      text: 'x',
    } as const;
    expect(codes({}, 0, false, { total: 1, samples: [sample], counts: new Map([['E201', 1]]) } as never)).toEqual([
      'W306',
    ]);
  });
});
