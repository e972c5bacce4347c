import { describe, expect, it } from 'vitest';
import { isoOf } from '../../../src/base/calendar.ts';
import { defaultGrace } from '../../../src/engine/subscriptions/lengths.ts';
import { lastDue, nearestDue, paidUntil, renewedOn, scheduleFrom } from '../../../src/engine/subscriptions/schedule.ts';
import { day, lengthNamed } from './payments.ts';

const from = (text: string, length: string) => scheduleFrom(day(text), lengthNamed(length));

describe('the due days of a run', () => {
  it('are lengths after its first day, on last days of months where that is one', () => {
    const start = from('2024-01-31', '1m');
    expect(isoOf(lastDue(start))).toBe('2024-01-31');
    expect([1, 2, 3].map((paid) => isoOf(lastDue({ ...start, paid })))).toEqual([
      ...['2024-02-29', '2024-03-31', '2024-04-30'],
    ]);
    expect(isoOf(lastDue({ ...from('2024-01-31', '2w'), paid: 2 }))).toBe('2024-02-28');
  });

  it('take a payment of up to half a length before as one of theirs, and never one that is paid', () => {
    const start = from('2024-01-01', '2w');
    const near = (text: string, paid = 0) => nearestDue({ ...start, paid }, day(text));
    expect([near('2024-01-07'), near('2024-01-08'), near('2024-01-21'), near('2024-01-22')]).toEqual([0, 1, 1, 2]);
    expect(near('2024-01-02', 3)).toBe(3);
  });

  it('go on where a payment is for the next one, and begin anew where it is for a later one', () => {
    const start = from('2024-01-01', '1m');
    expect(renewedOn(start, day('2024-01-25'))).toEqual({ ...start, paid: 1 });
    expect(renewedOn(start, day('2024-03-20'))).toEqual(from('2024-03-20', '1m'));
    expect(renewedOn(start, day('2024-03-20'), 1)).toEqual({ ...start, paid: 1 });
  });

  it('are paid until the next one, or for a whole length where the payment is late', () => {
    const start = from('2024-01-31', '1m');
    expect(isoOf(paidUntil(start, day('2024-01-31')))).toBe('2024-02-29');
    expect(isoOf(paidUntil(start, day('2024-02-10')))).toBe('2024-03-10');
    expect(isoOf(paidUntil(from('2024-01-01', '4w'), day('2024-01-03')))).toBe('2024-01-31');
  });

  it.each([
    ['1w', 3],
    ['2w', 7],
    ['1m', 15],
    ['1q', 30],
    ['1y', 30],
  ])('have a grace of half a length or 30 days: %s', (length, days) =>
    expect(defaultGrace(lengthNamed(length))).toBe(days),
  );
});
