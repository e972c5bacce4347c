import { describe, expect, it } from 'vitest';
import { parseIsoDay } from '../../../src/base/calendar.ts';
import { ClvError } from '../../../src/base/errors.ts';
import type { LineBlock, SubscriptionLines } from '../../../src/data/subscriptions/lines.ts';
import { type LineReading, lineOf, linesByCustomer } from '../../../src/engine/subscriptions/lines/lines-of-rows.ts';

const READING: LineReading = {
  dayOf: parseIsoDay,
  inclusiveEnd: false,
  columns: 'start and end',
  digits: 2,
  lengthOf: () => null,
  isOneOff: (plan) => plan === 'setup',
  isPause: (plan) => plan === 'pause',
};

type Row = readonly [customer: string, subscription: string, start: string, end: string, plan?: string];

function blockOf(rows: readonly Row[]): LineBlock {
  const day = parseIsoDay('2025-01-01')!;
  return {
    length: rows.length,
    customer: rows.map(([customer]) => customer),
    subscription: rows.map(([, subscription]) => subscription),
    day: Int32Array.from(rows, () => day),
    plan: rows.map(([, , , , plan = 'basic']) => plan),
    currency: rows.map(() => 'eur'),
    segment: rows.map(() => 'north'),
    amount: rows.map(() => 0n),
    start: rows.map(([, , start]) => start),
    end: rows.map(([, , , end]) => end),
  };
}

async function customersOf(...blocks: readonly (readonly Row[])[]): Promise<SubscriptionLines[][]> {
  async function* each() {
    for (const rows of blocks) yield blockOf(rows);
  }
  const found: SubscriptionLines[][] = [];
  for await (const some of linesByCustomer(each(), READING)) for (const one of some) found.push([...one]);
  return found;
}

describe('lines of rows', () => {
  it('stand together by customer and subscription, over the ends of blocks too; each customer is told once', async () => {
    const found = await customersOf(
      [
        ['a', 's1', '2025-01-01', '2025-02-01'],
        ['a', 's2', '2025-01-05', '2025-02-05'],
        ['b', 's1', '2025-01-01', '2025-02-01'],
      ],
      [
        ['b', 's1', '2025-02-01', '2025-03-01'],
        ['c', 's1', '', '', 'setup'],
      ],
    );
    const said = found.map((one) => one.map((of) => `${of.customer} ${of.subscription} ${of.lines.length}`));
    expect(said).toEqual([['a s1 1', 'a s2 1'], ['b s1 2'], ['c s1 0']]);
  });

  it('of nobody are none', async () => {
    expect(await customersOf([])).toEqual([]);
  });

  it('end on the day after the last of service, and are pauses where nothing is paid for one', async () => {
    const [[one]] = (await customersOf([['a', 's', '2025-01-01', '2025-01-31', 'pause']])) as [[SubscriptionLines]];
    expect(one.lines[0]).toMatchObject({ end: parseIsoDay('2025-01-31')!, currency: 'EUR', isPause: true });
    const row = { ...one.lines[0]!, customer: 'a', start: '2025-01-01', end: '2025-01-01' };
    expect(lineOf(row, { ...READING, inclusiveEnd: true })).toMatchObject({ end: parseIsoDay('2025-01-02')! });
    expect(lineOf({ ...row, end: '2025-01-31', amount: 1n }, READING)!.isPause).toBe(false);
  });

  it.each([
    ['2025-01-01', ''],
    ['', '2025-01-01'],
    ['2025-01-01', 'soon'],
    ['2025-01-01', '2025-01-01'],
    ['2025-01-02', '2025-01-01'],
  ])('with the days "%s" and "%s" are refused', async (start, end) => {
    const error: unknown = await customersOf([['a', 's', start, end]]).catch((thrown: unknown) => thrown);
    expect(error instanceof ClvError && error.code).toBe('E321');
  });
});
