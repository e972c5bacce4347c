import { type Day, parseIsoDay } from '../base/calendar.ts';
import { Decimal } from '../base/decimal.ts';
import { ClvError } from '../base/errors.ts';
import { AMOUNT_SCALE, parseUnits, unitsText } from '../base/money.ts';
import { didYouMean } from '../base/nearest.ts';
import { parseRate, type RateKind } from '../base/rates.ts';
import type { Where } from '../reader/layouts/description.ts';
import type { Condition } from '../reader/layouts/layout.ts';
import { literally } from '../reader/layouts/value-list.ts';
import { AS_IS, type AsIs } from '../reader/rows/watch.ts';
import type { ReadOptions } from '../reader/transactions.ts';

/** Values of options: text → value, or E101 with what would do. */

export function optionError(option: string, value: string, problem: string, remedy: string): never {
  throw new ClvError('E101', { option, value, problem, remedy });
}

export function rate(option: string, text: string, kind: RateKind): Decimal {
  const found = parseRate(text, kind);
  return found instanceof Decimal ? found : optionError(option, text, found.problem, found.remedy);
}

/** Money as plain decimal text, exact. */
export function amount(option: string, text: string): Decimal {
  const units = parseUnits(text, AMOUNT_SCALE);
  if (units === null)
    optionError(option, text, 'is not an amount', `e.g. 100 or 9.95, with up to ${AMOUNT_SCALE} decimals`);
  return new Decimal(unitsText(units, AMOUNT_SCALE));
}

export function day(option: string, text: string): Day {
  return parseIsoDay(text) ?? optionError(option, text, 'is not a date that exists', 'YYYY-MM-DD');
}

export function whole(option: string, text: string, low: number, high: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  return optionError(option, text, 'is not a whole number in range', `${low} to ${high}`);
}

export function choice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const known = choices.find((one) => one === text);
  return known ?? optionError(option, text, 'is not known', `one of ${choices.join(' ')}${didYouMean(text, choices)}`);
}

const DELIMITERS: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  bar: '|',
  pipe: '|',
};

export function delimiter(text: string): string {
  const character = Object.hasOwn(DELIMITERS, text) ? DELIMITERS[text]! : text;
  return choice('--delimiter', character, [',', ';', '\t', '|']);
}

export function rejects(text: string): NonNullable<ReadOptions['maxRejects']> {
  const percent = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text);
  if (percent && Number(percent[1]) <= 100) return { percent: Number(percent[1]) };
  return { count: whole('--max-rejects', text, 0, 999_999_999) };
}

/** A name that none of these has: E101. */
export function unknownName(
  option: string,
  text: string,
  problem: string,
  names: readonly string[],
  some = 'one',
): never {
  return optionError(option, text, problem, `${some} of ${names.join(', ')}${didYouMean(text, names)}`);
}

/** Words separated by commas. */
export function columns(option: string, text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('') || new Set(names).size < names.length)
    optionError(option, text, 'has a blank or repeated column', 'e.g. --by region,product');
  return names;
}

/**
 * `column=a,b` or `column!=a,b`; a value with a comma or a quote stands in quotes, in which `*` and `?` stand for themselves;
 * nothing behind the sign is a blank cell.
 */
export function where(option: string, text: string): Where {
  const match = /^(.+?)\s*(!?=)(.*)$/s.exec(text);
  if (!match)
    optionError(option, text, 'is not a column and its values', "e.g. 'Status=paid,shipped' or 'Status!=test'");
  const values = match[3]!.match(/"(?:[^"]|"")*"|[^,]+|(?<=,|^)(?=,|$)/g) ?? [''];
  return {
    column: match[1]!.trim(),
    not: match[2] === '!=',
    values: values.map((value) => {
      const plain = value.trim();
      return /^".*"$/s.test(plain) ? literally(plain.slice(1, -1).replaceAll('""', '"')) : plain;
    }),
  };
}

/** Cases in which a row is something else: the values of one column each. */
export function conditions(option: string, texts: readonly string[]): readonly Condition[] | undefined {
  if (texts.length === 0) return undefined;
  return texts.map((text) => {
    const { column, values, not } = where(option, text);
    if (not) optionError(option, text, 'says what is not', 'name the values that are');
    return { [column]: values };
  });
}

/** Words for what is not to be refused. */
export function asIs(text: string | undefined): ReadonlySet<AsIs> {
  const words = text === undefined ? [] : text.split(',').map((word) => word.trim());
  return new Set(words.map((word) => choice('--as-is', word, AS_IS)));
}
