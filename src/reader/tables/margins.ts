import type { Day } from '../../base/calendar.ts';
import { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { AMOUNT_SCALE, type MarginKind, unitsText } from '../../base/money.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { TableSource } from '../../data/inputs.ts';
import { isSynonym, plainName, positionsOf } from '../columns.ts';
import { amountCell, dayCell, rateCell } from './cells.ts';
import { badCell, badColumns, readTable, type Table, type TableRow } from './table.ts';

/** A line of a margins file. `keys` by transaction column; a blank key stands for any value and is left out. */
export interface MarginRow {
  readonly line: number;
  readonly keys: ReadonlyMap<string, string>;
  readonly kind: MarginKind;
  /** A rate as a fraction, or the cost of a row. */
  readonly value: Decimal;
  /** First and last day, both included; null: open. */
  readonly from: Day | null;
  readonly to: Day | null;
}

export interface Margins {
  /** The key columns as the header of the transactions names them. */
  readonly columns: readonly string[];
  readonly rows: readonly MarginRow[];
  readonly source: TableSource;
}

/** The mapped columns of the transactions, by their names. */
export interface NamedColumns {
  readonly customer: string;
  readonly date: string;
  readonly amount: string;
}

/** The columns of margins, and what is in them. */
const VALUES: Readonly<Record<string, MarginKind>> = { margin: 'rate', unitcost: 'unit_cost' };
const PERIOD = ['from', 'to'];

interface Layout {
  /** Positions of the columns of margins: one, or both. */
  readonly values: readonly { readonly kind: MarginKind; readonly position: number }[];
  readonly from: number;
  readonly to: number;
  /** Position in the table → transaction column. */
  readonly keys: ReadonlyMap<number, string>;
}

/**
 * Reads a margins file against the header of the transactions.
 * @throws ClvError E253, E254, E255 and those of readTable
 */
export async function readMargins(file: string, header: readonly string[], mapping: NamedColumns): Promise<Margins> {
  const table = await readTable(file, (columns) => columns.some((name) => isValue(plainName(name))));
  const layout = layOut(table, header, mapping);
  const rows = table.rows.map((row) => rowOf(table, row, layout));
  rejectOverlaps(table, rows);
  return { columns: [...layout.keys.values()], rows, source: table.source };
}

function layOut(table: Table, header: readonly string[], mapping: NamedColumns): Layout {
  const names = table.header.map(plainName);
  const at = (name: string): number => names.indexOf(name);
  const twice = table.header.find((_, i) => names.indexOf(names[i]!) !== i);
  if (twice !== undefined) throw badColumns(table, 'column twice', { column: twice });
  const values = Object.entries(VALUES).flatMap(([name, kind]) => (at(name) < 0 ? [] : [{ kind, position: at(name) }]));
  if (values.length === 0) throw badColumns(table, 'no margin');
  const keys = new Map<number, string>();
  for (const [position, name] of table.header.entries()) {
    if (isValue(names[position]!) || PERIOD.includes(names[position]!)) continue;
    const column = keyColumn(table, name, header, mapping);
    if ([...keys.values()].includes(column)) throw badColumns(table, 'two for one', { column });
    keys.set(position, column);
  }
  return { values, from: at('from'), to: at('to'), keys };
}

/** The transaction column that a column of the table is named like. */
function keyColumn(table: Table, name: string, header: readonly string[], mapping: NamedColumns): string {
  const found = positionsOf(header, name);
  const column =
    found.length === 1
      ? header[found[0]!]!
      : found.length === 0 && isSynonym('customer', name)
        ? mapping.customer
        : null;
  if (column === mapping.date || column === mapping.amount) {
    throw badColumns(table, 'no key', { column: name });
  }
  if (column !== null) return column;
  if (found.length > 1) throw badColumns(table, 'several alike', { column: name, count: found.length });
  const names = header.join(', ');
  throw badColumns(table, 'unknown column', { column: name, names, hint: didYouMean(name, header) });
}

function rowOf(table: Table, row: TableRow, layout: Layout): MarginRow {
  const keys = [...layout.keys].flatMap(([position, column]): [string, string][] => {
    const text = row.cells[position]!;
    return text === '' ? [] : [[column, text]];
  });
  const day = (column: number): Day | null =>
    column < 0 || row.cells[column] === '' ? null : dayCell(table, row, column);
  const [from, to] = [day(layout.from), day(layout.to)];
  if (from !== null && to !== null && from > to) throw badCell(table, row, layout.to, 'before from');
  return { line: row.line, keys: new Map(keys), ...marginOf(table, row, layout), from, to };
}

/** The one margin of a row. E254 where it has none, or two. */
function marginOf(table: Table, row: TableRow, { values }: Layout): Pick<MarginRow, 'kind' | 'value'> {
  const filled = values.filter(({ position }) => row.cells[position] !== '');
  if (filled.length > 1) throw badCell(table, row, filled[1]!.position, 'second margin', { remedy: ONE_OF_TWO });
  if (values.length > 1 && filled.length === 0)
    throw badCell(table, row, values[0]!.position, 'no margin', { remedy: ONE_OF_TWO });
  const { kind, position } = filled[0] ?? values[0]!;
  if (kind === 'rate') return { kind, value: rateCell(table, row, position, 'margin') };
  const units = amountCell(table, row, position);
  if (units < 0n) throw badCell(table, row, position, 'negative cost');
  return { kind, value: new Decimal(unitsText(units, AMOUNT_SCALE)) };
}

const ONE_OF_TWO = 'fill in a margin or a unit_cost, one of the two in each row';

function isValue(plain: string): boolean {
  return Object.hasOwn(VALUES, plain);
}

/** E253 at the later of two lines with the same keys whose periods share a day. */
function rejectOverlaps(table: Table, rows: readonly MarginRow[]): void {
  const byKeys = new Map<string, MarginRow[]>();
  for (const [i, row] of rows.entries()) {
    const key = JSON.stringify([...row.keys]);
    const others = byKeys.get(key) ?? [];
    const earlier = others.find((other) => overlap(other, row));
    if (earlier) throw new ClvError('E253', { line: earlier.line }, table.rows[i]!.place(0));
    byKeys.set(key, [...others, row]);
  }
}

function overlap(a: MarginRow, b: MarginRow): boolean {
  const { NEGATIVE_INFINITY: never, POSITIVE_INFINITY: forever } = Number;
  return (a.from ?? never) <= (b.to ?? forever) && (b.from ?? never) <= (a.to ?? forever);
}
