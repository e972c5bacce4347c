import { describe, expect, it } from 'vitest';
import { parseHorizon } from '../../src/base/units.ts';

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
