import { createHash } from 'node:crypto';
import { ClvError, type Place } from '../../base/errors.ts';
import { type Variant, type VariantValues, variant } from '../../base/message-text.ts';
import type { Problem } from '../../base/rates.ts';
import type { TableSource } from '../../data/inputs.ts';
import { binaryKind, type Foreign, foreign, type Packed, START_BYTES, textKind } from '../files/kinds.ts';
import { encodingOf } from '../files/source.ts';
import { readWhole } from '../files/whole-file.ts';
import { DELIMITERS, headers, unreadable } from '../header.ts';
import { withoutExcelText } from '../text/excel-text.ts';
import { placeOf, shown } from '../text/places.ts';
import { RecordFeed, type Records } from '../text/records.ts';
import { Decoder } from '../text/transcode.ts';
import { byteName, firstInvalid } from '../text/utf8.ts';
import { Window } from '../text/window.ts';

export interface TableRow {
  readonly line: number;
  /** Trimmed, as many as the header has. */
  readonly cells: readonly string[];
  place(column: number): Place;
}

export interface Table {
  readonly header: readonly string[];
  readonly headerPlace: Place;
  readonly rows: readonly TableRow[];
  readonly source: TableSource;
}

/**
 * Reads a table whose header is delimited as `fits` finds right. The first fault ends it.
 * @throws ClvError E231–E238, E247, E401–E403, E422
 */
export async function readTable(file: string, fits: (header: readonly string[]) => boolean): Promise<Table> {
  const given = await readWhole(file, 'the table');
  mustBeText(file, given);
  const bytes = asUtf8(file, given);
  const window = Window.start({ name: file }, bytes);
  if (bytes.toString('utf8').trim() === '') throw new ClvError('E231', {}, { file });
  const read = headers(bytes, DELIMITERS);
  if (read.size === 0) throw unreadable(bytes, window, ',');
  const [delimiter] = [...read].find(([, header]) => fits(header)) ?? widest(read);
  const feed = new RecordFeed({ name: file }, delimiter);
  const parts = [await feed.feed(withoutExcelText(bytes, delimiter)), await feed.end()];
  feed.check();
  const header = read.get(delimiter)!;
  const rows = parts.flatMap((records) => rowsOf(records, header.length)).slice(1);
  if (rows.length === 0) throw new ClvError('E232', { skip: '' }, { file });
  const sha256 = createHash('sha256').update(given).digest('hex');
  const source = { name: file, sha256, bytes: given.length, records: rows.length };
  return { header, headerPlace: window.place(window.recordStart(0)), rows, source };
}

/** Kinds that transactions may come in, and these tables not. */
const NO_TABLE: Readonly<Record<Packed, Foreign>> = {
  gzip: { what: 'packed with gzip', remedy: 'unpack it and give the file in it' },
  zip: { what: 'a workbook or an archive', remedy: 'save the table as CSV and give that' },
  parquet: { what: 'a Parquet file', remedy: 'export it as CSV' },
  compound: { what: 'an old Excel workbook (.xls)', remedy: 'save the table as CSV and give that' },
};

/** E247. */
function mustBeText(file: string, given: Buffer): void {
  const start = given.subarray(0, START_BYTES);
  const kind = binaryKind(start) ?? textKind(start);
  if (kind !== null) throw foreign(typeof kind === 'string' ? NO_TABLE[kind] : kind, file);
}

/** UTF-8, or UTF-16 by its byte order mark. E236, E237. */
function asUtf8(file: string, given: Buffer): Buffer {
  const encoding = encodingOf(given);
  const decoder = encoding === null ? null : new Decoder(file, encoding);
  const bytes = decoder === null ? given : Buffer.from(decoder.text(given) + decoder.rest(given.length));
  const window = Window.start({ name: file }, bytes);
  const nul = bytes.indexOf(0);
  if (nul >= 0) throw new ClvError('E236', { remedy: 'it is damaged or not text: save it again' }, window.place(nul));
  const bad = firstInvalid(bytes);
  if (bad >= 0)
    throw new ClvError(
      'E237',
      { byte: byteName(bytes[bad]!), encoding: 'UTF-8', remedy: 'save it as UTF-8' },
      window.place(bad),
    );
  return bytes;
}

function widest(read: ReadonlyMap<string, string[]>): [string, string[]] {
  return [...read].reduce((best, next) => (next[1].length > best[1].length ? next : best));
}

function rowsOf(records: Records, expected: number): TableRow[] {
  return records.rows.map((row, i) => {
    const place = (column?: number): Place => placeOf(records, i, column);
    if (row.length !== expected) throw new ClvError('E233', { found: row.length, expected }, place());
    return { line: place().line!, cells: row.map((cell) => cell.trim()), place };
  });
}

/** E254 for a cell. */
export function badCell<V extends Variant<'E254'>>(
  table: Table,
  row: TableRow,
  column: number,
  fault: V,
  ...values: VariantValues<'E254', V>
): ClvError {
  return unreadCell(table, row, column, variant('E254', fault, ...values));
}

/** E254 for a cell that a reader of its texts has judged. */
export function unreadCell(table: Table, row: TableRow, column: number, { problem, remedy }: Problem): ClvError {
  const values = { column: table.header[column]!, text: shown(row.cells[column]!), problem, remedy };
  return new ClvError('E254', values, row.place(column));
}

/** E255 for the columns of a table. */
export function badColumns<V extends Variant<'E255'>>(
  table: Table,
  fault: V,
  ...values: VariantValues<'E255', V>
): ClvError {
  const columns = table.header.join(', ');
  return new ClvError('E255', { ...variant('E255', fault, ...values), columns }, table.headerPlace);
}
