import { z } from 'zod';
import type { Column, Kind } from '../data/report.ts';

/** What stands in a document: the cells of lists by their kind, and objects of them. Unknown members are refused everywhere. */

export const text = z.string().nullable();
export const count = z.int();
export const figure = z.number();
export const date = z.iso.date().meta({ id: 'date', description: 'a day, YYYY-MM-DD' });
export const money = z.number().meta({ id: 'money', description: 'currency units, written from exact decimal text' });
const share = z.number().meta({ id: 'share', description: 'a part of a whole, which is 1' });
export const interval = z
  .tuple([z.number(), z.number()])
  .meta({ id: 'interval', description: 'the lower and the upper bound, 95 %' });
/** A text in words, which may be worded otherwise in any version. */
export const words = z.string();

const KINDS: Readonly<Record<Kind, z.ZodType>> = {
  text,
  date: date.nullable(),
  integer: count.nullable(),
  money: money.nullable(),
  number: figure.nullable(),
  share: share.nullable(),
  interval: interval.nullable(),
};

/** The row of a list, or the object of its columns; null where a cell is not known. */
export function rowOf(columns: readonly Column[]) {
  return z.strictObject(Object.fromEntries(columns.map(({ name, kind }) => [name, KINDS[kind]])));
}

export function listOf(columns: readonly Column[]) {
  return z.array(rowOf(columns));
}

/** A list whose rows have the segment columns besides, whatever these are called. */
export function segmentsOf(columns: readonly Column[]) {
  return z.array(rowOf(columns).catchall(text));
}

/** Rows of chosen columns: any of these may be left out. */
export function someOf(columns: readonly Column[]) {
  return z.array(rowOf(columns).partial().catchall(text));
}

/** Figures by the names of parameters. */
export const parameters = z.record(z.string(), figure);
/** Texts by a name. */
export const named = z.record(z.string(), words);
