import { isoOf } from '../base/calendar.ts';
import { grouped, halfEvenQuotient, halfEvenUnits, MARGIN_SCALE, rescaledText, unitsText } from '../base/money.ts';
import type { Chosen } from '../data/chosen/conditions.ts';
import { type CustomerColumn, customerColumns, KIND_OF, type ListedCustomers } from '../data/customer-columns.ts';
import { boundIn, type CustomerBlock, numberIn } from '../data/customers.ts';
import { anew } from '../data/lists.ts';
import { type Block, type Bytes, type Cell, type Column, FIGURE_DIGITS, type Section } from '../data/report.ts';

/** Valued customers as a ledger hands them over, and as it writes them itself. */
export interface CustomerSource {
  readonly blocks: AsyncIterable<CustomerBlock>;
  /** How many there are. */
  readonly rows?: number;
  /** The columns that are listed, in this order; absent: all. */
  readonly fields?: readonly string[] | undefined;
  /** Those who are listed, where not all are. */
  readonly chosen?: Chosen | null;
  /** The first so many of them. */
  first?(rows: number): AsyncIterable<CustomerBlock>;
  csv?(): Bytes;
  parquet?(columns: readonly Column[]): Bytes;
}

/** The list of valued customers, streamed: a block of the ledger becomes a block of cells. */
export function customersSection(
  { blocks, rows, fields, first, csv, parquet }: CustomerSource,
  by: readonly string[],
  counted: 0 | 1,
  digits: number,
  listed: ListedCustomers = {},
): Section {
  const own = customerColumns(listed);
  const all = listColumns(by, listed);
  const places = fields?.map((field) => all.findIndex(({ name }) => name === field)) ?? all.map((_, place) => place);
  const columns = places.map((place) => all[place]!);
  const written = { ...(csv && { csv }), ...(parquet && { parquet: () => parquet(columns) }) };
  return {
    name: 'customers',
    columns,
    blocks: anew(() => cells(blocks, own, places, counted, digits)),
    ...(rows !== undefined && { rows }),
    ...(first && { first: (count: number) => cells(first(count), own, places, counted, digits) }),
    written,
  };
}

/** All columns that a list of customers has. @param by the segment columns */
export function listColumns(by: readonly string[], listed: ListedCustomers): readonly Column[] {
  const texts = ['customer_id', ...by].map((name): Column => ({ name, kind: 'text' }));
  return [...texts, ...customerColumns(listed).flatMap(printedAs)];
}

const LOW = /_low$/;

/** A column of the list; the two bounds of an interval are one. */
function printedAs({ name, kept }: CustomerColumn): readonly Column[] {
  if (kept !== 'bound') return [{ name, kind: KIND_OF[kept] }];
  return LOW.test(name) ? [{ name: name.replace(LOW, ''), kind: 'interval' }] : [];
}

/** Both bounds of an interval, "low high", or null. @param low the name of the column of the low one */
function intervalIn(block: CustomerBlock, low: string, row: number, digits: number): Cell {
  const bounds = [low, low.replace(LOW, '_high')].map((name) => boundIn(block, name, row));
  return bounds.every((bound) => bound !== null) ? bounds.map((bound) => unitsText(bound, digits)).join(' ') : null;
}

async function* cells(
  blocks: AsyncIterable<CustomerBlock>,
  columns: readonly CustomerColumn[],
  places: readonly number[],
  counted: 0 | 1,
  digits: number,
): AsyncIterable<Block> {
  const printed = columns.filter((column) => printedAs(column).length > 0);
  const days = new Map<number, string>();
  const iso = (day: number): string => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const text = isoOf(day);
    days.set(day, text);
    return text;
  };
  for await (const block of blocks) {
    const writer = ({ name, kept, scale }: CustomerColumn): ((row: number) => Cell) => {
      const values = block.columns.get(name)!;
      switch (kept) {
        case 'day':
          return (row) => iso(Number(values[row]!));
        case 'count':
          return (row) => String(values[row]!);
        case 'exact':
          return (row) => rescaledText(BigInt(values[row]!), scale, digits);
        case 'mean':
          return (row) => meanText(block, row, numberIn(block, 'frequency', row) + counted, digits);
        case 'estimate':
          return (row) => unitsText(halfEvenUnits(Number(values[row]!), digits), digits);
        case 'figure':
          return (row) => Number(values[row]!).toFixed(FIGURE_DIGITS);
        case 'minor':
          return (row) => unitsText(BigInt(values[row]!), digits);
        case 'word':
          return (row) => String(values[row]!);
        case 'bound':
          return (row) => intervalIn(block, name, row, digits);
      }
    };
    const written = (cell: (row: number) => Cell): Cell[] => {
      const found = new Array<Cell>(block.length);
      for (let row = 0; row < block.length; row++) found[row] = cell(row);
      return found;
    };
    const texts = [block.id, ...block.segment];
    const cellsAt = (place: number): readonly Cell[] => texts[place] ?? written(writer(printed[place - texts.length]!));
    yield { length: block.length, cells: places.map(cellsAt) };
  }
}

/** The mean margin of so many purchases, half to even of the exact quotient where that is known; null where there are none. */
export function meanText(block: CustomerBlock, row: number, purchases: number, digits: number): Cell {
  if (purchases === 0) return null;
  const { spend } = block;
  if (!spend) return unitsText(halfEvenUnits(numberIn(block, 'mean_margin_per_purchase', row), digits), digits);
  const divisor = BigInt(purchases) * 10n ** BigInt(MARGIN_SCALE - digits);
  return unitsText(halfEvenQuotient(spend[row]!, divisor), digits);
}

/** How many of the customers are listed and what they are worth, in words; null where all are. */
export function listedText(
  customers: Pick<CustomerSource, 'chosen'> | null,
  whole: { readonly customers: number; readonly clv: bigint },
  money: (units: bigint) => string,
): string | null {
  const chosen = customers?.chosen;
  if (!chosen) return null;
  const count = (value: number): string => grouped(String(value));
  return (
    `${count(chosen.customers)} of ${count(whole.customers)} customers, those with ${chosen.text}: ` +
    `worth ${money(chosen.clv)} of ${money(whole.clv)}`
  );
}
