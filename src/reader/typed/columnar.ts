import { ClvError } from '../../base/errors.ts';
import type { ColumnarEngine, ColumnarFile, ColumnKind, TypedColumn } from '../../data/columnar.ts';
import type { Role } from '../columns.ts';
import type { Zone } from '../dates/zones.ts';
import type { Source } from '../files/source.ts';
import { type Head, layoutOf } from '../header.ts';
import { type Reading, rolePositions } from '../layouts/bind.ts';
import { columnsOf } from '../layouts/expression.ts';
import type { Choice } from '../layouts/match.ts';
import type { Input, TextFile } from '../proven.ts';
import { COLUMN_LIMIT } from '../text/records.ts';

/** What a column must hold. */
export interface NeededColumn {
  readonly what: string;
  readonly kinds: readonly ColumnKind[];
  /** What to export, or to make of it. */
  readonly remedy: string;
}

const KEY: NeededColumn = {
  what: 'key of segments or margins',
  kinds: ['text', 'integer', 'decimal', 'boolean', 'date'],
  remedy: 'text',
};

/** Whether a column of a kind can be a key, and so be kept. */
export function isKeyKind(kind: ColumnKind): boolean {
  return KEY.kinds.includes(kind);
}

const WANTED: Readonly<Record<Role, NeededColumn>> = {
  customer: { what: 'customer', kinds: ['text', 'integer'], remedy: 'text or integers' },
  date: { what: 'date', kinds: ['date', 'timestamp', 'instant', 'text'], remedy: 'dates, timestamps or text' },
  amount: {
    what: 'amount',
    kinds: ['decimal', 'integer', 'float', 'text'],
    remedy: 'decimals, integers, floats or text',
  },
};

/** What is in the files of typed columns. E243. */
export async function describeColumns(
  sources: readonly Source[],
  engine: ColumnarEngine | undefined,
): Promise<ReadonlyMap<Source, ColumnarFile>> {
  const columnar = sources.filter((source) => source.columnar);
  const found = engine && columnar.length > 0 ? await engine.describe(columnar) : [];
  return new Map(found.map((file, i) => [columnar[i]!, file]));
}

/** The columns of a file as its header. E222, E223, E238. */
export function columnarHead({ name, columns }: ColumnarFile, layouts: Choice): Head {
  const place = { file: name };
  if (columns.length > COLUMN_LIMIT) throw new ClvError('E238', { what: 'the header', limit: '10,000 columns' }, place);
  const names = columns.map((column) => column.name.trim());
  const layout = layoutOf(names, layouts, place);
  return { columns: names, delimiter: ',', place, layout, skip: 1, notes: [], notePlaces: [] };
}

/** E242 unless the columns can be what the reading takes them for. */
function mustBeReadable({ name, columns }: ColumnarFile, reading: Reading): void {
  for (const [role, positions] of Object.entries(rolePositions(reading)))
    for (const position of positions) mustHold(columns[position]!, WANTED[role as Role], name);
}

/** E242, or E452 for a table on a server. */
export function mustHold(
  { name, kind, type }: TypedColumn,
  { what, kinds, remedy }: NeededColumn,
  file: string,
  code: 'E242' | 'E452' = 'E242',
): void {
  if (!kinds.includes(kind)) throw new ClvError(code, { column: name, type, what, remedy }, { file });
}

/** The columns that are wanted of such files, written out as text to be read. E242, E243, E246. */
export async function extractColumns(
  inputs: readonly Input[],
  wanted: readonly number[],
  reading: Reading,
  keys: readonly number[],
  engine: ColumnarEngine | undefined,
  zone: Zone | null,
  signal?: AbortSignal,
): Promise<ReadonlyMap<Source, Extracted>> {
  const choices = inputs.flatMap(({ source, columnar: file }) => {
    if (file === null) return [];
    mustBeReadable(file, reading);
    for (const position of keys) mustHold(file.columns[position]!, KEY, file.name);
    for (const position of reading.date) {
      const { kind, name, type } = file.columns[position]!;
      if (kind === 'instant' && zone === null) throw new ClvError('E246', { column: name, type }, { file: file.name });
    }
    return [{ source, file, columns: wanted, zone }];
  });
  const paths = engine && choices.length > 0 ? await engine.extract(choices, signal) : [];
  return new Map(
    paths.map((path, i) => {
      const { source, file } = choices[i]!;
      const typed = (positions: readonly number[]): boolean =>
        positions.every((position) => file.columns[position]!.kind !== 'text');
      const canonical = { date: typed(reading.date), amount: typed(columnsOf(reading.amount)) };
      return [source, { source: { ...source, path, rows: file.rows, firstRow: 0 }, canonical }];
    }),
  );
}

/** Text that was written from typed columns. */
export interface Extracted {
  readonly source: Source;
  readonly canonical: TextFile['canonical'];
}
