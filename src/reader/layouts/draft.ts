import { plainName } from '../column-names.ts';
import type { Tally } from '../inspect/survey.ts';
import { isNoSale, isPartWord, isRefundWord, isStatusColumn } from '../rows/words.ts';
import { positionsIn, type Reading } from './bind.ts';
import type { Condition, Layout, OrderPart, RowRule } from './layout.ts';

/** What is known of an export that a layout can say. */
export interface Drafted {
  /** The name of the file. */
  readonly file: string;
  readonly header: readonly string[];
  /** A layout of ours that knows the export; its parts are kept. */
  readonly layout: Layout | null;
  readonly reading: Reading | null;
  /** The amount as an option says it. */
  readonly amount: string | null;
  /** Formats of dates that are not found without being named. */
  readonly formats: readonly string[];
  /** By column, the values of what may say what a row is. */
  readonly values: ReadonlyMap<string, ReadonlyMap<string, Tally>>;
  readonly order: OrderPart | null;
  readonly currency: string | null;
  readonly once: string | null;
  readonly nobody: readonly string[];
  readonly minus: readonly Condition[];
  readonly zero: readonly Condition[];
}

/** A layout of the user's own to begin with. What words alone have decided carries CHECK in its reason. */
export function draftLayout(drafted: Drafted): Layout {
  const { header, layout, reading, amount, formats, order, currency, once, nobody, minus, zero } = drafted;
  const names = (positions: readonly number[]): readonly string[] => positions.map((position) => header[position]!);
  const rows = rulesOf(drafted);
  const used = reading ? names(positionsIn(reading)) : [];
  const match = [...new Set([...used, ...rows.map(({ column }) => column)])];
  const some = <T>(list: readonly T[]): boolean => list.length > 0;
  return {
    ...(layout ?? {}),
    name: nameOf(drafted.file),
    title: layout ? `${layout.title}, as in ${drafted.file}` : drafted.file,
    sources: [...(layout?.sources ?? []), `CHECK: drafted from ${drafted.file}; nobody has looked at it yet`],
    match: layout?.match ?? { columns: match.length > 0 ? match : [...new Set(header)] },
    ...(!layout &&
      reading && {
        customer: { columns: names(reading.customer), ...(some(nobody) && { nobody }) },
        date: { columns: names(reading.date), ...(some(formats) && { formats }) },
      }),
    ...(amount !== null && { amount }),
    ...(some(minus) && { minus }),
    ...(some(zero) && { zero }),
    ...(some(rows) && { rows }),
    ...(order && { order }),
    ...(currency !== null && { currency }),
    ...(once !== null && { once }),
  };
}

/** The rules of the layout with the values that it lacks, or those of the columns that are called a status. */
function rulesOf({ layout, values, minus, zero }: Drafted): readonly RowRule[] {
  const refunded = new Set([...minus, ...zero].flatMap((one) => Object.keys(one)));
  const ours = layout?.rows ?? [];
  const ruled = ours.map((rule) => {
    const found = [...values].find(([column]) => plainName(column) === plainName(rule.column));
    const known = new Set(
      [...(rule.count ?? []), ...Object.keys(rule.leave_out ?? {})].map((one) => one.toLowerCase()),
    );
    const patterns = [...known].some((one) => /[*?]/.test(one));
    const open = patterns ? [] : [...(found?.[1].keys() ?? [])].filter((one) => !known.has(one.toLowerCase()));
    return open.length === 0 ? rule : merged(rule, ruleOf(rule.column, open, false));
  });
  if (layout) return ruled;
  return [...values]
    .filter(([column]) => isStatusColumn(plainName(column)))
    .map(([column, found]) => ruleOf(column, [...found.keys()], refunded.has(column)));
}

function merged(rule: RowRule, more: RowRule): RowRule {
  return {
    column: rule.column,
    count: [...(rule.count ?? []), ...(more.count ?? [])],
    leave_out: { ...rule.leave_out, ...more.leave_out },
  };
}

/** @param refunded whether the layout says elsewhere what a refund does, so that such rows count */
function ruleOf(column: string, values: readonly string[], refunded: boolean): RowRule {
  const left = values.filter(
    (value) => isNoSale(value, column) && !(isRefundWord(value) && (refunded || isPartWord(value))),
  );
  const count = values.filter((value) => !left.includes(value));
  return {
    column,
    ...(count.length > 0 && { count }),
    ...(left.length > 0 && {
      leave_out: Object.fromEntries(left.map((value) => [value, 'CHECK: left out by its word alone'])),
    }),
  };
}

/** Lower case letters, digits and hyphens, of the file's name without its ending. */
function nameOf(file: string): string {
  const base = file
    .split(/[\\/:]/)
    .at(-1)!
    .replace(/(\.[a-z0-9]{1,7})+$/i, '');
  const plain = base
    .normalize('NFD')
    .toLowerCase()
    .replaceAll('ß', 'ss')
    .replace(/\p{M}/gu, '')
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-+|-+$/g, '');
  return plain === '' ? 'mine' : plain;
}
