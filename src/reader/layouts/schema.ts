import { z } from 'zod';
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
      }),
    )
    .optional(),
  order: z.strictObject({ column, lines: z.enum(['parts', 'total']) }).optional(),
  currency: text.optional(),
  once: text.optional(),
  fill_down: column.optional(),
  stop: z.strictObject({ column, values: texts }).optional(),
});
