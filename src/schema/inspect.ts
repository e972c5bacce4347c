import { z } from 'zod';
import { COLUMNS, DECISIONS, PROBLEMS, VALUES } from '../commands/inspect/document.ts';
import { LAYOUTS } from '../commands/layouts/document.ts';
import { headed, warning } from './blocks.ts';
import { BOOK_MEMBERS } from './books.ts';
import { count, listOf, money, text, words } from './kinds.ts';

const COUNTED = { records: count, amount: money };
const counted = z.strictObject(COUNTED);

const files = headed('inspect', {
  input: z.strictObject({
    files: z.array(
      z.strictObject({
        name: z.string(),
        sha256: text,
        bytes: count.nullable(),
        records: count.nullable(),
        rejected: count.nullable(),
        encoding: text,
        delimiter: text,
        header_line: count.nullable(),
        above_header: z.array(z.string()),
      }),
    ),
  }),
  warnings: z.array(warning),
  problems: listOf(PROBLEMS),
  layout: z.strictObject({ name: z.string(), title: z.string(), refused: text }).nullable(),
  nearest_layouts: z.array(
    z.strictObject({
      name: z.string(),
      title: z.string(),
      matched: count,
      asked: count,
      missing: z.array(z.string()),
      unwanted: z.array(z.string()),
    }),
  ),
  roles: z.strictObject({ customer: z.string(), date: z.string(), amount: z.string() }).nullable(),
  columns: listOf(COLUMNS),
  columns_looked_at: z.strictObject({ records: count, complete: z.boolean() }).nullable(),
  dates: z.strictObject({ format: text, formats: z.array(z.string()), first: text, last: text }),
  customers: z.strictObject({ with_purchase: count, repeat_buyers: count, without_purchase: count }).nullable(),
  totals: counted.nullable(),
  decimal_mark: text,
  amounts_carry: text,
  currencies: listOf(VALUES),
  values: listOf(VALUES),
  refunds: z.strictObject({
    columns: z.array(z.strictObject({ column: z.string(), ...COUNTED })),
    below_zero: counted.nullable(),
  }),
  repeats: z.array(z.strictObject({ what: z.string(), records: count, amount: z.string() })),
  ids: z
    .strictObject({
      nobody: z.array(z.strictObject({ id: z.string(), ...COUNTED })),
      lost_digits: z.strictObject({ ids: count, example: z.string(), ...COUNTED }).nullable(),
      alike: z.array(z.strictObject({ kind: z.string(), groups: count, ids: count, example: z.array(z.string()) })),
    })
    .nullable(),
  not_transactions: z.array(z.strictObject({ kind: z.string(), column: text, value: text, reason: text, ...COUNTED })),
  rejects: z.array(
    z.strictObject({ code: z.string(), message: words, records: count, file: z.string(), line: count.nullable() }),
  ),
  decisions: listOf(DECISIONS),
  compute: z.array(z.strictObject({ line: z.string(), means: z.array(words) })),
});

/** `clv inspect`: what files are, and the line to run; or what a book holds. */
export const inspect = z.union([files, headed('inspect', BOOK_MEMBERS)]);

/** `clv layouts`: the exports that are known by their header. */
export const layouts = headed('layouts', { layouts: listOf(LAYOUTS) });
