import type { ColumnarFile, ColumnKind } from '../base/columnar.ts';
import type { DuckDBStore } from './duckdb-store.ts';
import type { Row } from './store.ts';

/** What is in a file. Names are from the file itself: the engine renames those that differ only in case. */
export async function contentOf(store: DuckDBStore, link: string): Promise<Pick<ColumnarFile, 'columns' | 'rows'>> {
  const schema = await store.rows(`SELECT name, num_children FROM parquet_schema(${link})`);
  const types = await store.rows(`DESCRIBE SELECT * FROM ${tableOf(link)}`);
  const names = topNames(schema);
  if (names.length !== types.length) throw new Error('its columns cannot be told apart');
  const columns = names.map((name, i) => {
    const type = String(types[i]!['column_type']);
    return { name, type, kind: kindOf(type) };
  });
  const [file] = await store.rows(`SELECT num_rows FROM parquet_file_metadata(${link})`);
  return { columns, rows: Number(file!['num_rows']) };
}

/** A schema is a tree, its root first, each node before its children. */
function topNames(schema: readonly Row[]): readonly string[] {
  const names: string[] = [];
  /** Children to come of each open node. */
  const open: number[] = [];
  for (const { name, num_children } of schema) {
    if (open.length === 1) names.push(String(name));
    if (open.length > 0) open[open.length - 1]!--;
    open.push(Number(num_children ?? 0));
    while (open.at(-1) === 0) open.pop();
  }
  return names;
}

/** A file as rows, by its link as an SQL literal. */
export function tableOf(link: string): string {
  return `read_parquet(${link}, hive_partitioning = false, filename = false, binary_as_string = false)`;
}

const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(VARCHAR|UUID)$/, 'text'],
  [/^(U?(TINYINT|SMALLINT|BIGINT|HUGEINT|INTEGER))$/, 'integer'],
  [/^DECIMAL\(/, 'decimal'],
  [/^(FLOAT|DOUBLE)$/, 'float'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP(_S|_MS|_NS)?$/, 'timestamp'],
  [/^TIMESTAMP WITH TIME ZONE$/, 'instant'],
  [/^BOOLEAN$/, 'boolean'],
];

function kindOf(type: string): ColumnKind {
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
}
