import { describe, expect, it } from 'vitest';
import { parseIsoDay } from '../../../src/base/calendar.ts';
import { Offsets } from '../../../src/reader/dates/zone-examples.ts';

/** The zone of days at noon, each with minutes ahead of UTC. */
function zoneOf(...seen: readonly (readonly [day: string, minutes: number])[]): string | undefined {
  const offsets = new Offsets();
  for (const [day, minutes] of seen) offsets.see(parseIsoDay(day)!, 12 * 3_600_000, minutes * 60_000);
  return offsets.zone;
}

describe('the zone that the offsets of a column are of', () => {
  it.each([
    [
      'UTC',
      [
        ['2024-01-15', 0],
        ['2024-07-15', 0],
      ],
    ],
    [
      'Europe/London',
      [
        ['2024-01-15', 0],
        ['2024-07-15', 60],
      ],
    ],
    [
      'Europe/Berlin',
      [
        ['2024-01-15', 60],
        ['2024-07-15', 120],
      ],
    ],
    [
      'America/New_York',
      [
        ['2024-01-15', -300],
        ['2024-07-15', -240],
      ],
    ],
    ['Asia/Kolkata', [['2024-01-15', 330]]],
    [undefined, [['2024-01-15', 331]]],
    [
      undefined,
      [
        ['2024-01-15', 120],
        ['2024-07-15', 60],
      ],
    ],
    [undefined, []],
  ] as const)('%s', (zone, seen) => {
    expect(zoneOf(...seen)).toBe(zone);
  });

  it('may have two offsets in one month, where the clocks change', () => {
    expect(zoneOf(['2024-03-30', 60], ['2024-03-31', 120])).toBe('Europe/Berlin');
    expect(zoneOf(['2024-03-30', 120], ['2024-03-31', 60])).toBeUndefined();
  });
});
