import { describe, expect, it } from 'vitest';
import { warningText } from '../../src/base/message-text.ts';
import { MESSAGES } from '../../src/base/messages.ts';
import { firstOf, populationWarnings, spendWarnings } from '../../src/cli/warnings.ts';
import type { Population } from '../../src/data/customers.ts';
import { NO_TOTALS } from '../../src/reader/rows/totals.ts';
import type { LoadResult } from '../../src/reader/transactions.ts';

const DAILY = Array.from({ length: 30 }, (_, i) => 19971 + i);
const part = { customers: 1000, records: 3000, amount: 1n };
const population: Population = {
  asOf: 20000,
  valued: part,
  withoutPurchase: part,
  afterAsOf: part,
  firstPurchase: 19000,
  largestMean: 0,
  notPositive: 0,
  segmentChanged: 0,
  days: DAILY,
  earlyFirst: 50,
  nextFirst: 100,
  recentFirst: 500,
  costsLeft: 0n,
};
const spend = { correlation: 0.1 };
const rejects = { total: 0, samples: [], counts: new Map() };

function codes(
  change: Partial<Population>,
  correlation: number | null = spend.correlation,
  asOf: number | null = null,
  rejected = rejects,
  leftOut: LoadResult['leftOut'] = [],
  idleZone: LoadResult['idleZone'] = null,
) {
  const read = {
    totals: { ...NO_TOTALS, records: 3000 },
    rejects: rejected,
    accounts: [],
    leftOut,
    idleZone,
    inBook: false,
  };
  const found = [
    ...populationWarnings({ ...population, ...change }, read, {
      asOf,
      digits: 2,
      segmentFrom: 'last',
      rejects: undefined,
    }),
    ...spendWarnings({ name: [], spend: { correlation } }),
  ];
  for (const warning of found) {
    expect(MESSAGES).toHaveProperty(warning.code);
    expect(warningText(warning)).not.toMatch(/[{}]/);
  }
  return found.map((warning) => warning.code);
}

describe('warnings', () => {
  it('none where there is nothing to say', () => expect(codes({})).toEqual([]));

  it('W315: a zone that had nothing to decide', () => {
    expect(codes({}, null, null, rejects, [], 'Europe/Berlin')).toEqual(['W315']);
  });

  it('W335: what stands in a folder and is not read', () => {
    const names = Array.from({ length: 11 }, (_, i) => `n${i}`);
    expect(codes({}, null, null, rejects, [{ kind: 'directory', folder: 'in', names }])).toEqual(['W335']);
    expect(firstOf(names.slice(1))).toBe('n1, n2, n3, n4, n5, n6, n7, n8, n9, n10');
    expect(firstOf(names)).toBe('n0, n1, n2, n3, n4, n5, n6, n7, n8, n9 …');
  });

  it('W301: a last date far beyond the others by their own measure, unless the as-of date was given', () => {
    expect(codes({ days: [...DAILY, 20015] })).toEqual(['W301']);
    expect(codes({ days: [...DAILY, 20014] })).toEqual([]);
    expect(codes({ days: [...DAILY, 20600] }, 0, 20600)).toEqual([]);
    const monthly = [18000, 18030, 18061, 18091];
    expect(codes({ days: [...monthly, 18091 + 93] })).toEqual([]);
    expect(codes({ days: [...monthly, 18091 + 94] })).toEqual(['W301']);
    expect(codes({ days: [20000] })).toEqual([]);
    expect(codes({ days: [19000, 20000] })).toEqual([]);
  });

  it('W311: a valuation date far after the last transaction', () => {
    const last = DAILY.at(-1)!;
    expect(codes({}, 0, last + 14)).toEqual([]);
    expect(codes({}, 0, last + 15)).toEqual(['W311']);
    expect(codes({ days: [18000, 18030, 18061] }, 0, 18061 + 93)).toEqual([]);
    expect(codes({ days: [18000, 18030, 18061] }, 0, 18061 + 94)).toEqual(['W311']);
    expect(codes({}, 0, DAILY[3]!)).toEqual([]);
  });

  it('W354: costs that are no part of any margin', () => {
    expect(codes({ costsLeft: 12_5000n })).toEqual(['W354']);
  });

  it('W309: a first date far before the others', () => {
    expect(codes({ days: [DAILY[0]! - 15, ...DAILY] })).toEqual(['W309']);
    expect(codes({ days: [DAILY[0]! - 14, ...DAILY] })).toEqual([]);
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
    expect(codes({}, 0, null, { total: 1, samples: [sample], counts: new Map([['E201', 1]]) } as never)).toEqual([
      'W306',
    ]);
  });
});
