import { describe, expect, it } from 'vitest';
import { isoOf, parseIsoDay } from '../../../../src/base/calendar.ts';
import { OPPORTUNITIES } from '../../../../src/data/opportunity.ts';
import { MOVEMENTS, type Step } from '../../../../src/data/subscriptions/movements.ts';
import { RollForward } from '../../../../src/engine/subscriptions/recurring/roll-forward.ts';
import { calendarSpans, type Spans, spansBetween } from '../../../../src/engine/subscriptions/recurring/spans.ts';

const day = (text: string): number => parseIsoDay(text)!;
const moved = (on: string, before: bigint, after: bigint): Step => {
  const line = before === 0n ? 'new' : after > before ? 'expansion' : 'churn';
  const movements = [{ line, segment: '', amount: after - before }] as const;
  return { day: day(on), before, after, movements, segments: [{ segment: '', before, after }] };
};
const STEPS = [moved('2025-01-10', 0n, 100n), moved('2025-02-28', 100n, 150n), moved('2025-04-02', 150n, 0n)];

function rows(spans: Spans) {
  const ladder = new RollForward(spans);
  for (const step of STEPS) ladder.add(step);
  return ladder.periods();
}

describe('a roll-forward between dates', () => {
  it('opens with what was there, and begins on the day after it', () => {
    const found = rows(spansBetween(['2025-01-31', '2025-02-28', '2025-04-15'].map(day)));
    expect(found.map(({ from, to }) => [isoOf(from), isoOf(to)])).toEqual([
      ['2025-02-01', '2025-02-28'],
      ['2025-03-01', '2025-04-15'],
    ]);
    expect(found.map(({ opening, closing, customers }) => [opening, closing, customers])).toEqual([
      [100n, 150n, 1],
      [150n, 0n, 0],
    ]);
    expect(found.map(({ lines }) => MOVEMENTS.filter((line) => lines[line] !== 0n))).toEqual([
      ['expansion'],
      ['churn'],
    ]);
  });

  it('has a row for a time in which nothing moved, and before anything did', () => {
    const found = rows(spansBetween(['2024-06-30', '2024-12-31', '2025-01-31'].map(day)));
    expect(found.map(({ opening, closing }) => [opening, closing])).toEqual([
      [0n, 0n],
      [0n, 100n],
    ]);
  });

  it('is that of calendar months where the dates are their ends', () => {
    const months = rows(calendarSpans(OPPORTUNITIES[0]!, day('2025-04-30')));
    expect(rows(spansBetween(['2024-12-31', '2025-01-31', '2025-02-28', '2025-03-31', '2025-04-30'].map(day)))).toEqual(
      months,
    );
  });
});
