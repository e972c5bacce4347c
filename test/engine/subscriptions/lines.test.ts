import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf, monthsAfter } from '../../../src/base/calendar.ts';
import { AMOUNT_SCALE, parseUnits, unitsText } from '../../../src/base/money.ts';
import type { ServiceLine } from '../../../src/data/subscriptions/lines.ts';
import type { Timeline } from '../../../src/data/subscriptions/movements.ts';
import { addPrices, measured, valuedLines } from '../../../src/engine/subscriptions/lines/line-values.ts';
import { wholePeriod } from '../../../src/engine/subscriptions/lines/periods.ts';
import { Prices } from '../../../src/engine/subscriptions/lines/prices.ts';
import { timelineOfLines } from '../../../src/engine/subscriptions/lines/timeline-of-lines.ts';
import { runs } from '../../runs.ts';
import { day, lengthNamed } from './payments.ts';

const MONTHLY = { months: 1, weeksAYear: null, digits: 2, rateOn: () => ({ n: 1n, d: 1n }) } as const;
const GRACE = 10;
const RULES = { monthly: MONTHLY, graceOf: () => GRACE, churnDate: 'after-grace' } as const;

/** `2024-01-16 2024-02-01 15.48 basic`: start, end, amount, plan. The plan annual is of a year, others of a month, '-' of none. */
function line(text: string): ServiceLine {
  const [start, end, amount, plan = '-'] = text.split(' ');
  const length = plan === '-' ? null : lengthNamed(plan === 'annual' ? '1y' : plan === 'weekly' ? '1w' : '1m');
  return {
    day: day(start!),
    start: day(start!),
    end: day(end!),
    amount: parseUnits(amount!, AMOUNT_SCALE)!,
    margin: 0n,
    plan: plan === '-' ? '' : plan,
    length,
    currency: '',
    segment: plan,
    isPause: plan === 'pause',
  };
}

function timeline(lines: readonly ServiceLine[], asOf: number, others: readonly ServiceLine[] = []): Timeline {
  const prices = new Prices();
  const all = measured(lines, MONTHLY);
  addPrices(prices, [...all, ...measured(others, MONTHLY)]);
  return timelineOfLines({ customer: 'a', subscription: '' }, valuedLines(all, prices, MONTHLY), asOf, RULES);
}

/** What changes, as `2024-01-16 30.00 paid`. */
function changes(asOf: string, ...lines: readonly string[]): string[] {
  const found = timeline(lines.map(line), day(asOf)).changes;
  return found.map((one) => `${isoOf(one.day)} ${unitsText(one.value, 2)} ${one.kind}`);
}

describe('terms from invoice lines', () => {
  it.each([
    ['2024-01-31 2024-02-29', '1'],
    ['2024-02-29 2024-03-30', '1'],
    ['2024-02-29 2024-03-31', '1'],
    ['2024-02-29 2024-03-29', '1'],
    ['2024-02-28 2024-03-31', 'part'],
    ['2024-01-15 2025-01-15', '12'],
    ['2024-01-15 2024-02-14', 'part'],
    ['2024-01-15 2024-01-16', 'part'],
  ])('%s is %s of calendar months', (dates, months) => {
    const found = wholePeriod(line(`${dates} 10.00`), MONTHLY);
    expect(found ? String(found.months.n) : 'part').toBe(months);
  });

  it.each([
    [
      'a first stub is taken at the price of its plan',
      ['2024-01-16 2024-02-01 15.48 basic', '2024-02-01 2024-03-01 30.00 basic'],
      ['2024-01-16 30.00 paid', '2024-02-01 30.00 paid', '2024-03-12 0.00 ended'],
    ],
    [
      'a last stub is of the period that it starts',
      ['2024-04-01 2024-05-01 31.00 basic', '2024-05-01 2024-05-11 10.00 basic'],
      ['2024-04-01 31.00 paid', '2024-05-01 31.00 paid', '2024-05-22 0.00 ended'],
    ],
    [
      'seats added in an annual term',
      ['2024-01-01 2025-01-01 600.00 annual', '2024-05-02 2025-01-01 160.00 annual'],
      ['2024-01-01 50.00 paid', '2024-05-02 70.00 paid'],
    ],
    [
      'credit and charge of an upgrade',
      [
        '2024-04-01 2024-05-01 30.00 basic',
        '2024-04-16 2024-05-01 -15.00 basic',
        '2024-04-16 2024-05-01 45.00 plus',
        '2024-05-01 2024-06-01 90.00 plus',
      ],
      ['2024-04-01 30.00 paid', '2024-04-16 90.00 paid', '2024-05-01 90.00 paid'],
    ],
    [
      'a credit for the rest ends at once',
      ['2024-04-01 2024-05-01 30.00 basic', '2024-04-16 2024-05-01 -15.00 basic'],
      ['2024-04-01 30.00 paid', '2024-04-16 0.00 ended'],
    ],
    [
      'a free line is still a subscriber',
      ['2024-04-01 2024-05-01 30.00 basic', '2024-05-01 2024-06-01 0.00 basic'],
      ['2024-04-01 30.00 paid', '2024-05-01 0.00 free'],
    ],
    ['two weeks of a weekly plan', ['2024-05-13 2024-05-27 20.00 weekly'], ['2024-05-13 43.48 paid']],
  ])('%s', (_, lines, expected) => {
    expect(changes('2024-05-31', ...lines)).toEqual(expected);
  });

  it('of several prices that are near, none is taken', () => {
    const stub = [line('2024-01-31 2024-02-01 0.97 basic')];
    const priced = (...prices: readonly string[]): string => {
      const others = prices.map((price) => line(`2024-03-01 2024-04-01 ${price} basic`));
      return unitsText(timeline(stub, day('2024-01-31'), others).changes[0]!.value, 2);
    };
    expect(priced()).toBe('30.07');
    expect(priced('30.00')).toBe('30.00');
    expect(priced('30.00', '30.00')).toBe('30.00');
    expect(priced('30.00', '30.10')).toBe('30.07');
    expect(priced('29.00', '31.00')).toBe('30.07');
  });

  it('credits of more than what is charged are refused (E324)', () => {
    const lines = ['2024-04-01 2024-05-01 30.00 basic', '2024-04-01 2024-05-01 -60.00 basic'];
    expect(() => changes('2024-05-31', ...lines)).toThrow(expect.objectContaining({ code: 'E324' }));
  });

  it('is the sum of the lines that cover each day, bridged within the grace', () => {
    const lines = fc.array(
      fc.record({
        start: fc.integer({ min: 0, max: 300 }),
        months: fc.integer({ min: 1, max: 3 }),
        price: fc.integer({ min: 1, max: 50 }),
      }),
      { minLength: 1, maxLength: 6 },
    );
    fc.assert(
      fc.property(lines, fc.integer({ min: 0, max: 420 }), (made, after) => {
        const first = day('2024-01-01');
        const all = made.map(({ start, months, price }) => {
          const from = isoOf(first + start);
          return line(`${from} ${isoOf(monthsAfter(first + start, months))} ${price * months}.00`);
        });
        const asOf = first + after;
        const found = timeline(all, asOf);
        let [carried, gap] = [0, GRACE + 1];
        for (let at = first; at <= asOf; at++) {
          const covering = all.filter(({ start, end }) => start <= at && at < end);
          const value = covering.reduce(
            (sum, { amount, start, end }) => sum + Number(amount) / 1e4 / monthsOf(start, end),
            0,
          );
          gap = covering.length > 0 ? 0 : gap + 1;
          carried = covering.length > 0 ? value : gap > GRACE + 1 ? 0 : carried;
          const own = found.changes.findLast((one) => one.day <= at)?.value ?? 0n;
          expect(Number(own) / 100, isoOf(at)).toBeCloseTo(carried, 9);
          const isLate = found.late.some(({ from, to }) => from <= at && at <= to);
          expect(isLate, isoOf(at)).toBe(gap > 0 && carried > 0);
        }
      }),
      { numRuns: runs(1000) },
    );
  });
});

const monthsOf = (start: number, end: number): number => Math.round((end - start) / 30.4375);
