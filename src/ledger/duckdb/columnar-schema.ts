import type { ColumnarFile, ColumnKind } from '../../data/columnar.ts';
import type { Row } from '../store.ts';
import type { DuckDBStore } from './store.ts';

/** What is in a file. Names are from the file itself: the engine renames those that differ only in case. */
export async function contentOf(store: DuckDBStore, link: string): Promise<Pick<ColumnarFile, 'columns' | 'rows'>> {
  const schema = await store.rows(
    `SELECT name, num_children, type, converted_type, logical_type FROM parquet_schema(${link})`,
  );
  const types = await store.rows(`DESCRIBE SELECT * FROM ${tableOf(link)}`);
  const nodes = topNodes(schema);
  if (nodes.length !== types.length) throw new Error('its columns cannot be told apart');
  const columns = nodes.map((node, i) => {
    const type = String(types[i]!['column_type']);
    const kind = kindOf(type);
    const old = kind === 'timestamp' ? oldInstant(node) : null;
    return { name: String(node['name']), ...(old === null ? { type, kind } : { type: old, kind: 'instant' as const }) };
  });
  const [file] = await store.rows(`SELECT num_rows FROM parquet_file_metadata(${link})`);
  return { columns, rows: Number(file!['num_rows']) };
}

/** A schema is a tree, its root first, each node before its children. */
function topNodes(schema: readonly Row[]): readonly Row[] {
  const nodes: Row[] = [];
  /** Children to come of each open node. */
  const open: number[] = [];
  for (const node of schema) {
    if (open.length === 1) nodes.push(node);
    if (open.length > 0) open[open.length - 1]!--;
    open.push(Number(node['num_children'] ?? 0));
    while (open.at(-1) === 0) open.pop();
  }
  return nodes;
}

/**
 * The type of a timestamp that is written as it was before logical types told whether its zone is UTC: it is an instant then
 * (the format's LogicalTypes.md, Backward Compatibility), though the engine takes it for a local time. Null: not such a one.
 */
function oldInstant({ type, converted_type, logical_type }: Row): string | null {
  if (type === 'INT96') return type;
  const old = logical_type === null && /^TIMESTAMP_/.test(String(converted_type));
  return old ? String(converted_type) : null;
}

/** A file as rows, by its link as an SQL literal. */
export function tableOf(link: string): string {
  return `read_parquet(${link}, hive_partitioning = false, filename = false, binary_as_string = false)`;
}

/** The engine's own type of instants. */
export const ZONED = 'TIMESTAMP WITH TIME ZONE';

const KINDS: readonly (readonly [RegExp, ColumnKind])[] = [
  [/^(VARCHAR|UUID)$/, 'text'],
  [/^(U?(TINYINT|SMALLINT|BIGINT|HUGEINT|INTEGER))$/, 'integer'],
  [/^DECIMAL\(/, 'decimal'],
  [/^(FLOAT|DOUBLE)$/, 'float'],
  [/^DATE$/, 'date'],
  [/^TIMESTAMP(_S|_MS|_NS)?$/, 'timestamp'],
  [new RegExp(`^${ZONED}$`), 'instant'],
  [/^BOOLEAN$/, 'boolean'],
];

function kindOf(type: string): ColumnKind {
  return KINDS.find(([pattern]) => pattern.test(type))?.[1] ?? 'other';
}
