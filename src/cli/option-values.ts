import { type Day, parseIsoDay } from '../base/calendar.ts';
import { Decimal } from '../base/decimal.ts';
import { ClvError } from '../base/errors.ts';
import { type Variant, type VariantValues, variant } from '../base/message-text.ts';
import { AMOUNT_SCALE, parseUnits, unitsText } from '../base/money.ts';
import { didYouMean } from '../base/nearest.ts';
import { parseRate, type RateKind } from '../base/rates.ts';
import type { Where } from '../reader/layouts/description.ts';
import type { Condition } from '../reader/layouts/layout.ts';
import { literally } from '../reader/layouts/value-list.ts';
import { AS_IS, type AsIs } from '../reader/rows/watch.ts';
import type { ReadOptions } from '../reader/transactions.ts';

/** Values of options: text → value, or E101 with what would do. */

export function optionError<V extends Variant<'E101'>>(
  option: string,
  value: string,
  fault: V,
  ...values: VariantValues<'E101', V>
): never {
  throw new ClvError('E101', { option, value, ...variant('E101', fault, ...values) });
}

export function rate(option: string, text: string, kind: RateKind): Decimal {
  const found = parseRate(text, kind);
  if (found instanceof Decimal) return found;
  throw new ClvError('E101', { option, value: text, ...found });
}

/** Money as plain decimal text, exact. */
export function amount(option: string, text: string): Decimal {
  const units = parseUnits(text, AMOUNT_SCALE);
  if (units === null) optionError(option, text, 'no amount', { decimals: AMOUNT_SCALE });
  return new Decimal(unitsText(units, AMOUNT_SCALE));
}

export function day(option: string, text: string): Day {
  return parseIsoDay(text) ?? optionError(option, text, 'no date');
}

export function whole(option: string, text: string, low: number, high: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  return optionError(option, text, 'no whole number', { low, high });
}

export function choice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  const known = choices.find((one) => one === text);
  return known ?? optionError(option, text, 'unknown', { choices: choices.join(' '), hint: didYouMean(text, choices) });
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
  fault: 'no model' | 'no format' | 'no model of contracts' | 'model of buying',
  names: readonly string[],
  some = 'one',
): never {
  return optionError(option, text, fault, { some, names: names.join(', '), hint: didYouMean(text, names) });
}

/** Words separated by commas. */
export function columns(option: string, text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('') || new Set(names).size < names.length) optionError(option, text, 'no columns');
  return names;
}

/**
 * `column=a,b` or `column!=a,b`; a value with a comma or a quote stands in quotes, in which `*` and `?` stand for themselves;
 * nothing behind the sign is a blank cell.
 */
export function where(option: string, text: string): Where {
  const match = /^(.+?)\s*(!?=)(.*)$/s.exec(text);
  if (!match) optionError(option, text, 'no condition');
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
    if (not) optionError(option, text, 'no values');
    return { [column]: values };
  });
}

/** Words for what is not to be refused. */
export function asIs(text: string | undefined): ReadonlySet<AsIs> {
  const words = text === undefined ? [] : text.split(',').map((word) => word.trim());
  return new Set(words.map((word) => choice('--as-is', word, AS_IS)));
}
