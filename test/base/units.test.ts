import { describe, expect, it } from 'vitest';
import { DAYS_PER_MONTH, DAYS_PER_YEAR, DEFAULT_HORIZON, isWholeYears, parseHorizon } from '../../src/base/units.ts';

describe('years', () => {
  it('have 365.25 days and twelve months; a lifetime that nobody ends is three', () => {
    expect([DAYS_PER_YEAR, DAYS_PER_MONTH]).toEqual([365.25, 30.4375]);
    expect(DEFAULT_HORIZON).toEqual({ text: 'lifetime', days: null, otherwise: { text: '3y', days: 1095.75 } });
  });

  it.each([
    [365.25, true],
    [3652.5, true],
    [365.2505, true],
    [365.2495, true],
    [365.252, false],
    [365, false],
    [366, false],
    [182.625, false],
    [0, false],
    [0.0005, false],
    [100 * 365.25 + 30, false],
    [101 * 365.25 + 30, true],
  ])('%d days are whole years: %s', (days, whole) => expect(isWholeYears(days)).toBe(whole));
});

describe('horizons', () => {
  it.each([
    ['3y', 1095.75],
    ['36m', 1095.75],
    ['12q', 1095.75],
    ['90d', 90],
    ['52w', 364],
    ['1.5Y', 547.875],
    ['lifetime', null],
  ])('%s is %s days', (text, days) => expect(parseHorizon(text)?.days).toBe(days));

  it.each(['', '3', 'y', '0d', '-1y', '1e3d', '3 y', '3years', 'forever'])('refuses %j', (text) =>
    expect(parseHorizon(text)).toBeNull(),
  );
});
