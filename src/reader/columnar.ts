import type { Column, ColumnarEngine, ColumnarFile, ColumnKind } from '../base/columnar.ts';
import { ClvError } from '../base/errors.ts';
import { type Asked, keyPosition, mapColumns, type Role } from './columns.ts';
import { COLUMN_LIMIT } from './records.ts';
import type { Head } from './header.ts';
import type { Input, Readable } from './load.ts';

const MAGIC = Buffer.from('PAR1');

/** True for the first bytes of a Parquet file. */
export function isParquet(start: Buffer): boolean {
  return start.subarray(0, MAGIC.length).equals(MAGIC);
}

/** The kinds of columns that hold what is read, and in words what else to export. */
const READ: Readonly<Record<Role | 'key', { readonly kinds: readonly ColumnKind[]; readonly words: string }>> = {
  customer: { kinds: ['text', 'integer'], words: 'text or integers' },
  date: { kinds: ['date', 'timestamp', 'instant', 'text'], words: 'dates, timestamps or text' },
  amount: { kinds: ['decimal', 'integer', 'float', 'text'], words: 'decimals, integers, floats or text' },
  key: { kinds: ['text', 'integer', 'decimal', 'boolean', 'date'], words: 'text' },
};

/** The columns of a file as its header. E102, E103, E105, E108, E238, E242. */
export function columnarHead({ name, columns }: ColumnarFile, asked: Asked): Head {
  const place = { file: name };
  if (columns.length > COLUMN_LIMIT) throw new ClvError('E238', { what: 'the header', limit: '10,000 columns' }, place);
  const names = columns.map((column) => column.name.trim());
  const mapping = mapColumns(names, asked, place);
  for (const role of ['customer', 'date', 'amount'] as const) mustHold(columns[mapping.positions[role]]!, role, name);
  return { columns: names, delimiter: ',', mapping, place };
}

function mustHold({ name, kind, type }: Column, role: Role | 'key', file: string): void {
  if (READ[role].kinds.includes(kind)) return;
  throw new ClvError('E242', { column: name, type, what: role, remedy: READ[role].words }, { file });
}

/** The columns that are wanted of such files, written out as text to be read. E103, E105, E242, E243. */
export async function extractColumns(
  inputs: readonly (Input & { readonly columnar: ColumnarFile })[],
  keys: readonly string[],
  engine: ColumnarEngine,
  signal?: AbortSignal,
): Promise<readonly Readable[]> {
  const choices = inputs.map(({ head, columnar }) => {
    const { customer, date, amount } = head.mapping.positions;
    const positions = keys.map((key) => keyPosition(head.columns, key, head.place));
    for (const position of positions) mustHold(columnar.columns[position]!, 'key', columnar.name);
    return { file: columnar, columns: [customer, date, amount, ...positions] };
  });
  const paths = await engine.extract(choices, signal);
  return inputs.map(({ source, head, columnar }, i) => ({
    source: { ...source, path: paths[i]!, rows: columnar.rows },
    shape: {
      delimiter: ',',
      fields: 3 + keys.length,
      customer: 0,
      date: 1,
      amount: 2,
      keys: keys.map((_, key) => 3 + key),
      canonical: {
        date: columnar.columns[head.mapping.positions.date]!.kind !== 'text',
        amount: columnar.columns[head.mapping.positions.amount]!.kind !== 'text',
      },
    },
  }));
}
