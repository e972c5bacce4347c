import type { Column, ColumnarEngine, ColumnarFile, ColumnKind } from '../base/columnar.ts';
import { ClvError } from '../base/errors.ts';
import { type Asked, keyPosition, mapColumns, ROLES, type Role } from './columns.ts';
import type { Head } from './header.ts';
import type { Input, TextFile } from './load.ts';
import type { Shape } from './plain-scan.ts';
import { COLUMN_LIMIT } from './records.ts';
import type { Source } from './source.ts';
import type { Zone } from './zones.ts';

/** What a column must hold. */
export interface Wanted {
  readonly what: string;
  readonly kinds: readonly ColumnKind[];
  /** What to export, or to make of it. */
  readonly remedy: string;
}

const KEY: Wanted = {
  what: 'key of segments or margins',
  kinds: ['text', 'integer', 'decimal', 'boolean', 'date'],
  remedy: 'text',
};

const WANTED: Readonly<Record<Role, Wanted>> = {
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

/** The columns of a file as its header. E102, E103, E105, E108, E238, E242. */
export function columnarHead({ name, columns }: ColumnarFile, asked: Asked): Head {
  const place = { file: name };
  if (columns.length > COLUMN_LIMIT) throw new ClvError('E238', { what: 'the header', limit: '10,000 columns' }, place);
  const names = columns.map((column) => column.name.trim());
  const mapping = mapColumns(names, asked, place);
  for (const role of ROLES) mustHold(columns[mapping.positions[role]]!, WANTED[role], name);
  return { columns: names, delimiter: ',', mapping, place };
}

/** E242, or E452 for a table on a server. */
export function mustHold(
  { name, kind, type }: Column,
  { what, kinds, remedy }: Wanted,
  file: string,
  code: 'E242' | 'E452' = 'E242',
): void {
  if (!kinds.includes(kind)) throw new ClvError(code, { column: name, type, what, remedy }, { file });
}

/** The columns that are wanted of such files, written out as text to be read. E103, E105, E242, E243, E246. */
export async function extractColumns(
  inputs: readonly Input[],
  keys: readonly string[],
  engine: ColumnarEngine | undefined,
  zone: Zone | null,
  signal?: AbortSignal,
): Promise<ReadonlyMap<Source, TextFile>> {
  const choices = inputs.flatMap(({ source, head, columnar: file }) => {
    if (file === null) return [];
    const { customer, date, amount } = head.mapping.positions;
    const positions = keys.map((key) => keyPosition(head.columns, key, head.place));
    for (const position of positions) mustHold(file.columns[position]!, KEY, file.name);
    const { kind, name, type } = file.columns[date]!;
    if (kind === 'instant' && zone === null) throw new ClvError('E246', { column: name, type }, { file: file.name });
    return [{ source, file, columns: [customer, date, amount, ...positions], zone }];
  });
  const paths = engine && choices.length > 0 ? await engine.extract(choices, signal) : [];
  return new Map(
    paths.map((path, i) => {
      const { source, file, columns } = choices[i]!;
      return [source, { source: { ...source, path, rows: file.rows, firstRow: 0 }, shape: shapeOf(file, columns) }];
    }),
  );
}

/** Of the text, which has the three columns first. */
function shapeOf(file: ColumnarFile, columns: readonly number[]): Shape {
  const typed = (column: number): boolean => file.columns[columns[column]!]!.kind !== 'text';
  const keys = [...columns.keys()].slice(3);
  const canonical = { date: typed(1), amount: typed(2) };
  return { delimiter: ',', fields: columns.length, customer: 0, date: 1, amount: 2, keys, canonical };
}
