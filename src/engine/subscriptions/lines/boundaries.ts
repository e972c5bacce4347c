import { type Day, isoOf } from '../../../base/calendar.ts';
import { ClvError } from '../../../base/errors.ts';
import { AMOUNT_SCALE, exactText } from '../../../base/money.ts';
import type { ValuedLine } from './line-values.ts';

/** The days on which a line begins or ends, in order, each with the lines that cover it. */
export function boundariesOf(
  lines: readonly ValuedLine[],
): { readonly day: Day; readonly active: readonly ValuedLine[] }[] {
  const days = [...new Set(lines.flatMap(({ line }) => [line.start, line.end]))].sort((a, b) => a - b);
  const sorted = [...lines].sort((a, b) => a.line.start - b.line.start);
  let [active, next]: [ValuedLine[], number] = [[], 0];
  return days.map((day) => {
    active = active.filter(({ line }) => line.end > day);
    for (; next < sorted.length && sorted[next]!.line.start <= day; next++) active.push(sorted[next]!);
    return { day, active: [...active] };
  });
}

/** The day on which the last of some lines ends. */
export function endOf(active: readonly ValuedLine[]): Day {
  return active.reduce((last, { line }) => Math.max(last, line.end), 0);
}

/** E324 */
export function tooMuch(customer: string, day: Day, active: readonly ValuedLine[]): ClvError {
  const credit = active.reduce((sum, { line }) => (line.amount < 0n ? sum - line.amount : sum), 0n);
  return new ClvError('E324', { customer, day: isoOf(day), credit: exactText(credit, AMOUNT_SCALE, 2) });
}
