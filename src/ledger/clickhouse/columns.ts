import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../../base/money.ts';
import type { ColumnKind, TypedColumn } from '../../data/columnar.ts';

/** Columns of a table as the ledger reads them: expressions over `name`, a column as SQL has it. */

const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(String|FixedString\(\d+\)|UUID|Enum\d*\(.*)$/, 'text'],
  [/^U?Int(8|16|32|64|128|256)$/, 'integer'],
  [/^Decimal/, 'decimal'],
  [/^(Float(32|64)|BFloat16)$/, 'float'],
  [/^Date(32)?$/, 'date'],
  [/^DateTime/, 'instant'],
  [/^Bool$/, 'boolean'],
];

/** What a column of a type holds, whether it may be NULL and however it is stored. */
export function kindOf(type: string): ColumnKind {
  const bare = bareType(type);
  return KINDS.find(([pattern]) => pattern.test(bare))?.[1] ?? 'other';
}

function bareType(type: string): string {
  return type.replace(/^LowCardinality\((.*)\)$/, '$1').replace(/^Nullable\((.*)\)$/, '$1');
}

/** What `String.trim` trims. */
const BLANKS = String.raw`[\\s\\x0B\\p{Z}\\x{FEFF}]+`;

/** A text as `String.trim` leaves it. */
export function trimmed(text: string): string {
  return `replaceRegexpAll(${text}, '^${BLANKS}|${BLANKS}$', '')`;
}

/** A trimmed text; NULL is blank. Decimals have all the digits of their type. */
export function textOf({ type, kind }: TypedColumn, name: string): string {
  const text = textIn(bareType(type), name);
  const plain = `assumeNotNull(coalesce(CAST(${text} AS Nullable(String)), ''))`;
  return kind === 'text' ? trimmed(plain) : plain;
}

function textIn(type: string, name: string): string {
  if (type.startsWith('FixedString')) return `toStringCutToZero(${name})`;
  const scale = /^Decimal\(\d+, (\d+)\)$/.exec(type)?.[1];
  return scale === undefined ? `toString(${name})` : `toDecimalString(${name}, ${scale})`;
}

/** Texts that no file could hold: no UTF-8, or with a NUL. */
export function badText({ kind }: TypedColumn, name: string): string {
  return kind === 'text' ? `NOT isValidUTF8(toString(${name})) OR position(toString(${name}), char(0)) > 0` : '0';
}

/** The day of the first of some columns that is not NULL: a Date, 1970-01-01 where there is none or one that is out of range. */
export function firstDay(columns: readonly TypedColumn[], names: readonly string[], zone: string | null): string {
  const day = firstDate(columns, names, zone);
  const none = `isNull(${day}) OR ${outOfRange(day)}`;
  return `assumeNotNull(CAST(if(${none}, toDate32('1970-01-01'), ${day}) AS DATE))`;
}

/** Why there is no such day: 1 there is none, 2 it is out of range, 0 there is one. */
export function firstDayFault(columns: readonly TypedColumn[], names: readonly string[], zone: string | null): string {
  const day = firstDate(columns, names, zone);
  return `multiIf(isNull(${day}), 1, ${outOfRange(day)}, 2, 0)`;
}

function firstDate(columns: readonly TypedColumn[], names: readonly string[], zone: string | null): string {
  return `coalesce(${columns.map((column, i) => dayIn(column, names[i]!, zone)).join(', ')})`;
}

/** The day as a Date32, NULL for NULL. @param zone the parameter that names the zone of instants, or null */
function dayIn({ kind }: TypedColumn, name: string, zone: string | null): string {
  return `toDate32(${kind === 'instant' && zone !== null ? `toTimeZone(${name}, ${zone})` : name})`;
}

export function dayOf(column: TypedColumn, name: string, zone: string | null): string {
  return `assumeNotNull(CAST(${dayIn(column, name, zone)} AS DATE))`;
}

/** Days that a Date cannot be; a cast would make other days of them. */
export function badDay(column: TypedColumn, name: string, zone: string | null): string {
  return outOfRange(dayIn(column, name, zone));
}

function outOfRange(day: string): string {
  return `${day} < toDate32('1970-01-01') OR ${day} > toDate32('2149-06-06')`;
}

/** Decimals that the fewest digits of a float are read with. */
const FLOAT_SCALE = 18;

/** An amount with all its digits, of those that are not too large; NULL for what is no number. */
function exact({ kind, type }: TypedColumn, name: string): string {
  if (kind === 'float') return `toDecimal128OrNull(toString(${name}), ${FLOAT_SCALE})`;
  // The widest integers become no decimals.
  return /^U?Int(128|256)$/.test(bareType(type)) ? `toInt64(${name})` : name;
}

/** @param round decimals to round to, half to even; as they are when absent */
export function amountOf(column: TypedColumn, name: string, round: number | undefined): string {
  const value = exact(column, name);
  const rounded = round === undefined || column.kind === 'integer' ? value : `roundBankers(${value}, ${round})`;
  return `assumeNotNull(CAST(${rounded} AS DECIMAL(18,${AMOUNT_SCALE})))`;
}

export function noAmount(column: TypedColumn, name: string): string {
  return column.kind === 'float' ? `${name} IS NULL OR NOT isFinite(${name})` : `${name} IS NULL`;
}

export function largeAmount(_: TypedColumn, name: string): string {
  return `abs(toFloat64(${name})) >= 1e${AMOUNT_INTEGER_DIGITS}`;
}

/** Amounts that have more decimals than are kept. */
export function longAmount(column: TypedColumn, name: string): string {
  if (column.kind === 'integer') return '0';
  const value = exact(column, name);
  return `trunc(${value}, ${AMOUNT_SCALE}) <> ${value} OR (${value} = 0 AND ${name} <> 0)`;
}

/** Why a cell is no amount. */
export const MONEY_FAULTS = { none: 1, long: 2, large: 3 } as const;

/** One of MONEY_FAULTS, or 0. */
export function moneyFault(column: TypedColumn, name: string, round: number | undefined): string {
  const { none, long, large } = MONEY_FAULTS;
  const tooLong = round === undefined ? [`${longAmount(column, name)}, ${long}`] : [];
  return `multiIf(${[`${noAmount(column, name)}, ${none}`, `${largeAmount(column, name)}, ${large}`, ...tooLong].join(', ')}, 0)`;
}

/** An amount in units of 10^-4, wide enough to be multiplied; of a cell with a fault some number that fits. */
export function unitsOf(column: TypedColumn, name: string, round: number | undefined): string {
  const bad = `(${noAmount(column, name)}) OR ifNull(${largeAmount(column, name)}, 1)`;
  const value = `if(${bad}, 0, ${exact(column, name)})`;
  const rounded = round === undefined || column.kind === 'integer' ? value : `roundBankers(${value}, ${round})`;
  return `assumeNotNull(toInt256(CAST(CAST(${rounded} AS DECIMAL(18,${AMOUNT_SCALE})) AS DECIMAL(38,${AMOUNT_SCALE})) * ${10 ** AMOUNT_SCALE}))`;
}

/** Decimals that an exact amount is held with: more than those of amounts only where amounts are rounded at their end. */
export function scaleOf({ kind, type }: TypedColumn, round: number | undefined): number {
  if (round === undefined || kind === 'integer') return AMOUNT_SCALE;
  if (kind === 'float') return FLOAT_SCALE;
  return Math.max(AMOUNT_SCALE, Number(/, (\d+)\)$/.exec(bareType(type))?.[1] ?? 0));
}

/** An amount with all its digits in units of 10^-scaleOf; of a cell with a fault some number that fits. */
export function exactUnits(column: TypedColumn, name: string, round: number | undefined): string {
  const scale = scaleOf(column, round);
  if (scale === AMOUNT_SCALE) return unitsOf(column, name, undefined);
  const bad = `(${noAmount(column, name)}) OR ifNull(${largeAmount(column, name)}, 1)`;
  const value = `CAST(if(${bad}, 0, ${exact(column, name)}) AS DECIMAL(76,${scale}))`;
  return `assumeNotNull(toInt256(${value} * toInt256('1${'0'.repeat(scale)}')))`;
}

/** Units of less than 10^18 as an amount again. */
export function amountIn(units: string): string {
  return `toDecimal64(toInt64(${units}), 0) * toDecimal64('0.${'1'.padStart(AMOUNT_SCALE, '0')}', ${AMOUNT_SCALE})`;
}
