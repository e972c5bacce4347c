import { type Day, isoOf, parseIsoDay } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { AMOUNT_SCALE, exactText, parseUnits } from '../../base/money.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { TypedCondition } from '../../cli/chosen/typed.ts';
import type { Comparison } from '../../data/chosen/conditions.ts';
import type { Population } from '../../data/customers.ts';
import type { LoadResult } from '../../reader/transactions.ts';

/** What an export comes to: a count, a day, or money in units of 10^-4, each as a whole number. */
interface Figure {
  readonly kind: 'count' | 'day' | 'money';
  readonly of: (read: LoadResult, population: Population) => bigint;
}

const count = (of: (read: LoadResult, population: Population) => number): Figure => ({
  kind: 'count',
  of: (read, population) => BigInt(of(read, population)),
});
const day = (of: (read: LoadResult) => Day | null): Figure => ({ kind: 'day', of: (read) => BigInt(of(read)!) });

const accountsOf = ({ accounts }: LoadResult): number => accounts.reduce((sum, { records }) => sum + records, 0);
const recordsOf = ({ files, table }: LoadResult): number =>
  files.reduce((sum, { records }) => sum + records, table?.rows ?? 0);

/** By the names that may be asserted. */
export const FIGURES: Readonly<Record<string, Figure>> = {
  records: count(recordsOf),
  transactions: count(({ totals }) => totals.records),
  rejected: count(({ rejects }) => rejects.total),
  left_out: count(accountsOf),
  customers: count((_, { valued, withoutPurchase }) => valued.customers + withoutPurchase.customers),
  customers_with_purchase: count((_, { valued }) => valued.customers),
  min_date: day(({ totals }) => totals.firstDay),
  max_date: day(({ totals }) => totals.lastDay),
  amount: { kind: 'money', of: ({ totals }) => totals.amount },
};

/** A figure as it is printed. @param digits decimals of the currency */
export function figureText(name: string, value: bigint, digits: number): string {
  const { kind } = FIGURES[name]!;
  if (kind === 'day') return isoOf(Number(value));
  return kind === 'money' ? exactText(value, AMOUNT_SCALE, digits) : String(value);
}

/** What is asserted of a figure. */
export interface Assertion extends TypedCondition {
  readonly wanted: bigint;
}

/** @throws ClvError E551, E563 */
export function assertionOf(option: string, typed: TypedCondition): Assertion {
  const { column, value } = typed;
  const figure = Object.hasOwn(FIGURES, column) ? FIGURES[column]! : null;
  const names = Object.keys(FIGURES);
  if (figure === null)
    throw new ClvError('E563', { name: column, names: names.join(', '), hint: didYouMean(column, names), option });
  const wanted = VALUES[figure.kind](value);
  if (wanted !== null) return { ...typed, wanted };
  const fault = {
    day: () => variant('E551', 'day', { column }),
    count: () => variant('E551', 'whole', { column }),
    money: () => variant('E551', 'money', { column, decimals: AMOUNT_SCALE }),
  }[figure.kind]();
  throw new ClvError('E551', { option, ...typed, ...fault });
}

/** Values as they are typed; null for what is none. */
const VALUES: Readonly<Record<Figure['kind'], (text: string) => bigint | null>> = {
  day: (text) => {
    const found = parseIsoDay(text);
    return found === null ? null : BigInt(found);
  },
  count: (text) => (/^\d{1,15}$/.test(text) ? BigInt(text) : null),
  money: (text) => (text.length > 18 ? null : parseUnits(text, AMOUNT_SCALE)),
};

const HOLDS: Readonly<Record<Comparison, (found: bigint, wanted: bigint) => boolean>> = {
  '<': (found, wanted) => found < wanted,
  '<=': (found, wanted) => found <= wanted,
  '>': (found, wanted) => found > wanted,
  '>=': (found, wanted) => found >= wanted,
  '=': (found, wanted) => found === wanted,
  '!=': (found, wanted) => found !== wanted,
};

export function holds({ comparison, wanted }: Assertion, found: bigint): boolean {
  return HOLDS[comparison](found, wanted);
}
