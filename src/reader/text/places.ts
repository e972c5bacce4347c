import type { Place } from '../../base/errors.ts';
import type { Records } from './records.ts';

/** Longest text that a message repeats. */
const SHOWN = 60;

export function recordFrom({ start, ends }: Records, i: number): number {
  return i === 0 ? start : ends[i - 1]!;
}

/** The place of a field, by its position in the projected record, or of the record. */
export function placeOf(records: Records, i: number, column?: number): Place {
  const { window, delimiter, columns } = records;
  const from = recordFrom(records, i);
  if (column === undefined) return window.place(window.recordStart(from));
  return window.place(window.fieldStart(from, columns === null ? column : columns[column]!, delimiter));
}

export function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
