import { z } from 'zod';
import { ClvError, type ValuesOf } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Layout } from './layout.ts';

const text = z.string().min(1);
const texts = z.array(text).min(1);
const values = z.array(z.string()).min(1);
/** A column may have a blank name. */
const column = z.string();
const condition = z.record(column, values);

/** The form of a layout file. */
export const LAYOUT_SCHEMA: z.ZodType<Layout> = z.strictObject({
  name: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, 'lower case letters, digits and hyphens'),
  title: text,
  sources: z.array(text),
  match: z.strictObject({ columns: z.array(column).min(1), without: texts.optional() }),
  encoding: text.optional(),
  names: z.record(column, texts).optional(),
  refuse: z.strictObject({ reason: text, remedy: text }).optional(),
  customer: z
    .strictObject({
      columns: z.array(column).min(1),
      nobody: values.optional(),
      fold_email: z.boolean().optional(),
      up_to: text.optional(),
      unless: z.strictObject({ when: condition, columns: texts }).optional(),
    })
    .optional(),
  date: z
    .strictObject({
      columns: texts,
      formats: texts.optional(),
      year: z.strictObject({ line: z.int().min(1), field: z.int().min(1) }).optional(),
    })
    .optional(),
  amount: text.optional(),
  net: text.optional(),
  refunded: texts.optional(),
  holds: text.optional(),
  net_holds: text.optional(),
  minus: z.array(condition).optional(),
  zero: z.array(condition).optional(),
  rows: z
    .array(
      z.strictObject({
        column,
        when: condition.optional(),
        count: values.optional(),
        leave_out: z.record(z.string(), text).optional(),
        before: z.strictObject({ column, reason: text }).optional(),
      }),
    )
    .optional(),
  order: z.strictObject({ column, lines: z.enum(['parts', 'total']) }).optional(),
  currency: text.optional(),
  once: text.optional(),
  fill_down: column.optional(),
  subscription: z
    .strictObject({ id: text.optional(), plan: text.optional(), start: text.optional(), end: text.optional() })
    .optional(),
  stop: z.strictObject({ column, values: texts }).optional(),
});

const KEYS =
  'name title sources match names refuse customer encoding date amount net refunded holds net_holds minus zero rows order currency once fill_down subscription stop columns without nobody fold_email up_to unless when formats year line field column count leave_out before id plan start end lines values reason remedy'.split(
    ' ',
  );

/** A layout from the text of a file. E225 with the place in the layout, and a suggestion for a key that is not known. */
export function checkedLayout(text: string, file: string): Layout {
  let value: unknown;
  try {
    value = JSON.parse(text.replace(/^\ufeff/, ''));
  } catch (error) {
    throw fault(file, variant('E225', 'no JSON', { detail: (error as Error).message }));
  }
  const { success, data, error } = LAYOUT_SCHEMA.safeParse(value);
  if (success) return data;
  const issue = error.issues[0]!;
  const path = issue.path.length === 0 ? 'the layout' : issue.path.join('.');
  if (issue.code !== 'unrecognized_keys')
    throw fault(file, variant('E225', 'bad part', { path, detail: issue.message }));
  const key = issue.keys[0]!;
  throw fault(file, variant('E225', 'no such part', { path, key, hint: didYouMean(key, KEYS) }));
}

function fault(file: string, values: ValuesOf<'E225'>): ClvError {
  return new ClvError('E225', values, { file });
}
