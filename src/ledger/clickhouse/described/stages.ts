import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../../../base/money.ts';
import { columnsOf } from '../../../data/expression.ts';
import type { DescribedChoice, RemoteRule } from '../../../data/remote-table.ts';
import * as sql from '../columns.ts';
import { type Cells, cellsOf, NAMED, namedCells } from './cells.ts';
import { customerOf } from './customer.ts';
import { halfEven, moneyOf, wide } from './money.ts';
import { anyHolds, caseHolds, either, firstText, holds, literal } from './values.ts';

/** What becomes of a row: the first that applies, as the reader of files has it. 0: it is a transaction. */
export const STAGES = {
  transaction: 0,
  continuation: 1,
  leftOut: 2,
  repeated: 3,
  unlisted: 4,
  noCustomer: 5,
  noDate: 6,
  badDate: 7,
  noAmount: 8,
  largeAmount: 9,
  longAmount: 10,
  noRate: 11,
  withoutCustomer: 12,
  otherCurrency: 13,
} as const;

/** Which list of a rule holds a value: 0 those that count, 1 … those that do not, and these. */
export const LISTS = { others: 65_534, none: 65_535 } as const;

const LIMIT = 10n ** BigInt(AMOUNT_INTEGER_DIGITS + AMOUNT_SCALE);
/** Units of a rate of one. */
const RATE = 10n ** 12n;

/** The tables of aliases and rates, where there are any. */
export interface Joined {
  readonly aliases: string;
  readonly rates: string;
}

/** True where a row is what it is by its own cells, and not by other rows or by a table of ours. */
export function isByRow({ reading }: DescribedChoice): boolean {
  return reading.order === null && reading.once === null && reading.alias === null && reading.rates === null;
}

/** Every column whose text is read. */
export function textColumns(choice: DescribedChoice): readonly number[] {
  const { reading, keys, watch, columns } = choice;
  const { customer, unless, minus, zero, rules, order, currency, once, stop, date } = reading;
  const asked = rules.flatMap(({ when }) => (when ? [when] : []));
  const cases = [...minus, ...zero, ...asked, ...(unless ? [unless.when] : [])];
  const found = [
    ...customer,
    ...(unless?.customer ?? []),
    ...cases.flatMap((one) => one.map(({ column }) => column)),
    ...rules.flatMap(({ column, before }) => [column, ...(before ? [before.column] : [])]),
    ...currency,
    ...[order?.column, once, stop?.column, watch.order, watch.key].flatMap((column) => column ?? []),
    ...(once === null ? [] : date),
    ...keys,
    ...watch.values.flat(),
    ...returnsOf(choice).texts,
  ];
  return unique(found, columns.length);
}

/** A column of returns is looked at as a number if it is one. */
export function returnsOf({ watch: { returns }, columns }: DescribedChoice): {
  readonly numbers: readonly number[];
  readonly texts: readonly number[];
} {
  if (returns === null) return { numbers: [], texts: [] };
  const number = ['integer', 'decimal', 'float'].includes(columns[returns]!.kind);
  return number ? { numbers: [returns], texts: [] } : { numbers: [], texts: [returns] };
}

function watchedMoney(choice: DescribedChoice): readonly number[] {
  const { sums, quantity } = choice.watch;
  return [...sums, ...(quantity === null ? [] : [quantity]), ...returnsOf(choice).numbers];
}

/** Every column that is read as an amount. */
function moneyColumns(choice: DescribedChoice): readonly number[] {
  const { reading, columns } = choice;
  return unique([...columnsOf(reading.amount), ...watchedMoney(choice)], columns.length);
}

function unique(positions: readonly number[], length: number): readonly number[] {
  const wanted = new Set(positions);
  return Array.from({ length }, (_, position) => position).filter((position) => wanted.has(position));
}

/** Columns of an amount that is worked out. */
function exactColumns({ reading: { amount } }: DescribedChoice): readonly number[] {
  return amount.kind === 'column' ? [] : columnsOf(amount);
}

/** Every column that is read. */
export function columnsRead(choice: DescribedChoice): readonly number[] {
  const all = [...textColumns(choice), ...moneyColumns(choice), ...choice.reading.date];
  return unique(all, choice.columns.length);
}

/** The cells of every row of a table. @param name how a column is written; @param zone how the zone of instants is, or null */
export function cellRows(
  from: string,
  choice: DescribedChoice,
  name: (column: number) => string,
  zone: string | null,
): string {
  const { columns, reading, watch, round } = choice;
  const cells = cellsOf(columns, name, round);
  const dates = reading.date.map((column) => columns[column]!);
  const names = reading.date.map(name);
  const texts = textColumns(choice);
  const list = [
    ...texts.map((column) => `${cells.text(column)} AS t${column}`),
    ...texts.map((column) => `ifNull(${sql.badText(columns[column]!, name(column))}, 0) AS x${column}`),
    ...moneyColumns(choice).flatMap((column) => [
      `${cells.units(column)} AS u${column}`,
      `${cells.fault(column)} AS f${column}`,
      `${cells.blank(column)} AS b${column}`,
    ]),
    ...exactColumns(choice).map((column) => `${cells.exact(column)} AS e${column}`),
    `${sql.firstDay(dates, names, zone)} AS d`,
    `${sql.firstDayFault(dates, names, zone)} AS df`,
    ...(watch.key === null ? [] : ['sipHash64(toString(tuple(*))) AS w']),
  ];
  return `SELECT ${list.join(', ')} FROM ${from}`;
}

/** The hash of all that is read of a row, whatever is looked at besides. */
export function rowHash(choice: DescribedChoice): string {
  const read: DescribedChoice = {
    ...choice,
    watch: { values: [], sums: [], quantity: null, returns: null, order: null, key: null },
  };
  return hashOf([
    ...textColumns(read).map(NAMED.text),
    'd',
    'df',
    ...moneyColumns(read).flatMap(moneyCell),
    ...exactColumns(read).map(NAMED.exact),
  ]);
}

function moneyCell(column: number): readonly string[] {
  return [NAMED.units(column), NAMED.fault(column), NAMED.blank(column)];
}

function hashOf(values: readonly string[]): string {
  return `cityHash64(${values.join(', ')})`;
}

/** Whether a value counts by a rule: one of LISTS, or the number of the list that has it. */
function listOf({ column, when, count, leaveOut, before, others }: RemoteRule, cells: Cells): string {
  const text = cells.text(column);
  const lists = [count, ...leaveOut.map(({ values }) => values)].map((values, i) => [holds(values, text), i] as const);
  const rest = others === 'count' ? 0 : others === 'leave out' ? LISTS.others : LISTS.none;
  const unasked = when ? [[`NOT ${caseHolds(when, cells)}`, 0] as const] : [];
  const early = before
    ? [[`${text} <> '' AND ${text} < ${cells.text(before.column)}`, leaveOut.length + 1] as const]
    : [];
  return `toUInt16(${either([...unasked, ...early, ...lists], rest)})`;
}

function currencyOf(columns: readonly number[], cells: Cells): string {
  return `upperUTF8(${firstText(columns, cells)})`;
}

/** What of a row's cells alone can be said. */
function pieces(choice: DescribedChoice): readonly string[] {
  const { reading } = choice;
  const cells = namedCells(choice.columns, choice.round);
  const { rules, amount, minus, zero, refunded, order, once, currency, stop } = reading;
  const money = moneyOf(amount, cells, choice.round);
  const columns = columnsOf(amount);
  const given = refunded.map((column) => `ifNull(${NAMED.exact(column)}, 0) <> 0`).join(' OR ') || '0';
  return [
    `${rowHash(choice)} AS h`,
    ...rules.map((rule, i) => `${listOf(rule, cells)} AS q${i}`),
    `${order === null ? `''` : NAMED.text(order.column)} AS o`,
    `${once === null ? `''` : NAMED.text(once)} AS onekey`,
    `(${columns.map(NAMED.blank).join(' AND ')}) AS mb`,
    `${hashOf(columns.flatMap(moneyCell))} AS mh`,
    `${currency.length === 0 ? `''` : currencyOf(currency, cells)} AS code`,
    `${customerOf(reading, cells)} AS id`,
    `${money.fault} AS mf`,
    `multiIf(${anyHolds(zero, cells)}, ${wide(0n)}, ${anyHolds(minus, cells)}, -(${money.value}), ${money.value}) AS v`,
    `if(${anyHolds(zero, cells)} OR (v = 0 AND (${given})), '1', '') AS back`,
    ...money.blanks.map(({ when }, i) => `(${when}) AS z${i}`),
    `${stop === null ? '0' : holds(stop.values, NAMED.text(stop.column))} AS stopped`,
  ];
}

/** The columns of the cells that count as nothing, in the order of z0, z1 … */
export function blankColumns({ reading, columns, round }: DescribedChoice): readonly number[] {
  return moneyOf(reading.amount, namedCells(columns, round), round).blanks.map(({ column }) => column);
}

/** The first rule that does not count a row (from 1; 0: all do), the list that has its value, and the value. */
function ruled({ reading: { rules } }: DescribedChoice): readonly string[] {
  const first = (what: (rule: number) => string, none: string): string =>
    either(
      rules.map((_, i) => [`q${i} <> 0`, what(i)] as const),
      none,
    );
  return [
    `toUInt16(${first((i) => String(i + 1), '0')}) AS rule`,
    `toUInt16(${first((i) => `q${i}`, '0')}) AS list`,
    `${first((i) => NAMED.text(rules[i]!.column), `''`)} AS ruled`,
  ];
}

/** Whether a row is a further line of its order: the one with an amount comes first, since rows of a table have no order. */
function continued({ reading: { order } }: DescribedChoice): string {
  if (order === null) return '0';
  const later = `o <> '' AND row_number() OVER (PARTITION BY o ORDER BY mb, h) > 1`;
  return order.lines === 'parts' ? `mb AND ${later}` : later;
}

/** Whether a row that the rules count stands there already: but lines of an order share its key. */
function repeated({ reading: { once, order } }: DescribedChoice): string {
  if (once === null || order?.column === once) return '0';
  const counts = 'rule = 0 AND NOT cont';
  return `${counts} AND onekey <> '' AND row_number() OVER (PARTITION BY onekey, ${counts} ORDER BY h) > 1`;
}

/** What two rows of one key must share, to be the same. */
function content({ reading, keys }: DescribedChoice): string {
  const { customer, date, amount, once } = reading;
  if (once === null) return '0';
  return hashOf([
    ...[...customer, ...date, ...keys.filter((column) => column >= 0)].map(NAMED.text),
    ...columnsOf(amount).flatMap(moneyCell),
    'id',
    'v',
    'code',
  ]);
}

/** Every row with its stage, and what the ledger, the accounts and the looking need of it. */
export function stagedRows(cells: string, choice: DescribedChoice, { aliases, rates }: Joined): string {
  const { reading, keys, watch } = choice;
  const { alias, guests, onlyCurrency } = reading;
  const more = (from: string, ...expressions: readonly string[]): string =>
    `SELECT *, ${expressions.join(', ')} FROM (${from})`;
  let rows = more(cells, ...pieces(choice));
  rows = more(rows, ...ruled(choice), `(${continued(choice)}) AS cont`);
  rows = more(rows, `(${repeated(choice)}) AS again`, `${content(choice)} AS content`, 'toInt32(d) AS dayno');
  rows = alias
    ? `SELECT l.*, coalesce(a.customer, l.id) AS person FROM (${rows}) AS l LEFT JOIN ${aliases} AS a ON l.id = a.alias`
    : more(rows, 'id AS person');
  rows = reading.rates
    ? `SELECT l.*, ifNull(if(l.dayno <= r.until, toInt256OrNull(r.factor), NULL), toInt256('0')) AS factor FROM (${rows}) AS l ASOF LEFT JOIN ${rates} AS r ON l.code = r.currency AND l.dayno >= r.since`
    : more(rows, `${wide(1n)} AS factor`);
  rows = more(rows, `${reading.rates ? halfEven(`(v * factor)`, RATE) : 'v'} AS worth`);
  const { none, long, large } = sql.MONEY_FAULTS;
  const other = onlyCurrency === null ? '0' : `code <> ${literal(onlyCurrency)}`;
  const cases: readonly (readonly [string, keyof typeof STAGES])[] = [
    ['cont', 'continuation'],
    [`list = ${LISTS.none}`, 'unlisted'],
    ['rule <> 0', 'leftOut'],
    ['again', 'repeated'],
    [other, 'otherCurrency'],
    [guests ? '0' : `id = ''`, 'noCustomer'],
    ['df = 1', 'noDate'],
    ['df = 2', 'badDate'],
    [`mf = ${none}`, 'noAmount'],
    [`mf = ${large}`, 'largeAmount'],
    [`mf = ${long}`, 'longAmount'],
    ['factor = 0', 'noRate'],
    [`abs(worth) >= ${wide(LIMIT)}`, 'largeAmount'],
    [`id = ''`, 'withoutCustomer'],
  ];
  const stage = either(
    cases.map(([test, name]) => [test, STAGES[name]] as const),
    STAGES.transaction,
  );
  rows = more(rows, `toUInt8(${stage}) AS stage`);
  const { transaction, continuation, withoutCustomer } = STAGES;
  const kept = `stage IN (${transaction}, ${withoutCustomer})`;
  const units = `multiIf(stage = ${continuation}, ${wide(0n)}, ${kept}, worth, mf <> 0, ${wide(0n)}, v)`;
  const out = [
    'person AS customer_id',
    'd AS day',
    `${sql.amountIn(units)} AS amount`,
    ...keys.map((column, i) => `${column < 0 ? 'back' : NAMED.text(column)} AS k${i}`),
    'stage, rule, list, ruled, code, h, o, onekey, mb, mh, content, stopped',
    ...blankColumns(choice).map((_, i) => `z${i}`),
    ...textColumns(choice).map((column) => `x${column}`),
    ...unique(
      [...watch.values.flat(), ...returnsOf(choice).texts, watch.order ?? -1, watch.key ?? -1],
      choice.columns.length,
    ).map(NAMED.text),
    ...unique(watchedMoney(choice), choice.columns.length).flatMap(moneyCell),
    ...(watch.key === null ? [] : ['w']),
  ];
  return `SELECT ${out.join(', ')} FROM (${rows})`;
}

/** Conditions on the columns of the table under which a row comes so far as to be looked at: for a person who looks for it. */
export function reaching({ columns, reading, round }: DescribedChoice, name: (column: number) => string): string[] {
  const cells = cellsOf(columns, name, round);
  const { rules, onlyCurrency, currency, order } = reading;
  const lines =
    order === null
      ? []
      : [`NOT (${columnsOf(reading.amount).map(cells.blank).join(' AND ')} AND ${cells.text(order.column)} <> '')`];
  return [
    ...rules.map((rule) => `${listOf(rule, cells)} = 0`),
    ...(onlyCurrency === null ? [] : [`${currencyOf(currency, cells)} = ${literal(onlyCurrency)}`]),
    ...lines,
  ];
}
