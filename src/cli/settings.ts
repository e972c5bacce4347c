import { type Day, parseIsoDay } from '../base/calendar.ts';
import { Decimal } from '../base/decimal.ts';
import { ClvError } from '../base/errors.ts';
import { AMOUNT_SCALE } from '../base/money.ts';
import { type Horizon, parseHorizon } from '../base/units.ts';
import type { BuyingModel } from '../models/model.ts';
import { BUYING_MODELS, buyingModel } from '../models/registry.ts';
import { parseRate } from '../reader/rates.ts';
import type { ReadOptions } from '../reader/transactions.ts';
import type { Format } from '../reporter/format.ts';
import { FORMATS, formatNamed, formatOfFile } from '../reporter/registry.ts';
import type { ComputeOptions } from './compute-command.ts';

/** What was typed, as built values: nothing below this line sees an option's text. */
export interface Settings {
  readonly read: Omit<ReadOptions, 'scratch' | 'onReject' | 'signal'>;
  readonly rejects: string | undefined;
  readonly margin: Decimal | null;
  readonly margins: string | undefined;
  readonly costs: string | undefined;
  readonly asOf: Day | null;
  readonly discountRate: Decimal;
  readonly horizon: Horizon;
  readonly model: BuyingModel;
  readonly spendFrom: 'repeat' | 'all';
  readonly currency: string | null;
  readonly digits: number;
  readonly by: readonly string[];
  readonly format: Format;
  readonly section: string | undefined;
  readonly top: number;
  readonly output: string | undefined;
  readonly quiet: boolean;
  readonly color: boolean;
}

/** @throws ClvError E101 with the option, its value and what would do; E107 */
export function settingsOf(options: ComputeOptions): Settings {
  const discountRate = rate('--discount-rate', options.discountRate, 'discount');
  const horizon =
    parseHorizon(options.horizon) ??
    bad('--horizon', options.horizon, 'is not a span of time', 'e.g. lifetime, 36m, 5y, 90d');
  const currency = options.currency?.toUpperCase() ?? null;
  return {
    read: readOptions(options),
    rejects: options.rejects,
    margin: options.margin === undefined ? null : rate('--margin', options.margin, 'margin'),
    margins: options.margins,
    costs: options.costs,
    asOf: options.asOf === undefined ? null : day('--as-of', options.asOf),
    discountRate,
    horizon,
    model:
      buyingModel(options.model) ??
      bad('--model', options.model, 'is not a model', `one of ${BUYING_MODELS.map((model) => model.name).join(', ')}`),
    spendFrom: choice('--spend-from', options.spendFrom, ['repeat', 'all']),
    currency,
    digits: currency === null ? 2 : minorDigits(currency),
    by: columns('--by', options.by),
    format: formatOf(options),
    section: options.section,
    top: whole('--top', options.top, 0, 1_000_000),
    output: options.output,
    quiet: options.quiet === true,
    color: options.color && !process.env['NO_COLOR'] && process.stdout.isTTY === true && options.output === undefined,
  };
}

function readOptions(options: ComputeOptions): Settings['read'] {
  const given = {
    customer: options.customer,
    date: options.date,
    amount: options.amount,
    delimiter: options.delimiter === undefined ? undefined : delimiter(options.delimiter),
    encoding: options.encoding,
    dateFormat: options.dateFormat,
    decimalMark:
      options.decimalMark === undefined ? undefined : choice('--decimal-mark', options.decimalMark, ['.', ',']),
    timezone: options.timezone,
    roundAmounts:
      options.roundAmounts === undefined ? undefined : whole('--round-amounts', options.roundAmounts, 0, AMOUNT_SCALE),
    maxRejects: options.maxRejects === undefined ? undefined : rejects(options.maxRejects),
  };
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function bad(option: string, value: string, problem: string, remedy: string): never {
  throw new ClvError('E101', { option, value, problem, remedy });
}

function rate(option: string, text: string, kind: 'margin' | 'discount'): Decimal {
  const found = parseRate(text, kind);
  return found instanceof Decimal ? found : bad(option, text, found.problem, found.remedy);
}

function day(option: string, text: string): Day {
  return parseIsoDay(text) ?? bad(option, text, 'is not a date that exists', 'YYYY-MM-DD');
}

function whole(option: string, text: string, low: number, high: number): number {
  const value = /^\d{1,9}$/.test(text) ? Number(text) : Number.NaN;
  if (value >= low && value <= high) return value;
  return bad(option, text, 'is not a whole number in range', `${low} to ${high}`);
}

function choice<T extends string>(option: string, text: string, choices: readonly T[]): T {
  return choices.find((known) => known === text) ?? bad(option, text, 'is not known', `one of ${choices.join(' ')}`);
}

const DELIMITERS: Readonly<Record<string, string>> = {
  comma: ',',
  semicolon: ';',
  tab: '\t',
  '\\t': '\t',
  bar: '|',
  pipe: '|',
};

function delimiter(text: string): string {
  const character = Object.hasOwn(DELIMITERS, text) ? DELIMITERS[text]! : text;
  return choice('--delimiter', character, [',', ';', '\t', '|']);
}

function rejects(text: string): NonNullable<ReadOptions['maxRejects']> {
  const percent = /^(\d{1,3}(?:\.\d+)?)%$/.exec(text);
  if (percent && Number(percent[1]) <= 100) return { percent: Number(percent[1]) };
  return { count: whole('--max-rejects', text, 0, 999_999_999) };
}

function columns(option: string, text: string | undefined): readonly string[] {
  if (text === undefined) return [];
  const names = text.split(',').map((name) => name.trim());
  if (names.includes('') || new Set(names).size < names.length)
    bad(option, text, 'has a blank or repeated column', 'e.g. --by region,product');
  return names;
}

function minorDigits(currency: string): number {
  if (!Intl.supportedValuesOf('currency').includes(currency))
    bad('--currency', currency, 'is not an ISO 4217 code', 'e.g. EUR, USD, JPY');
  return new Intl.NumberFormat('en', { style: 'currency', currency }).resolvedOptions().maximumFractionDigits ?? 2;
}

function formatOf(options: ComputeOptions): Format {
  const names = FORMATS.map((format) => format.name).join(', ');
  if (options.format !== undefined)
    return formatNamed(options.format) ?? bad('--format', options.format, 'is not a format', `one of ${names}`);
  if (options.output === undefined) return formatNamed('table')!;
  if (options.output === '-' || options.output.startsWith('/dev/')) return formatNamed('table')!;
  return (
    formatOfFile(options.output) ??
    bad(
      '--output',
      options.output,
      'has an ending that names no format',
      `end it in .csv or .json, or give --format: ${names}`,
    )
  );
}
