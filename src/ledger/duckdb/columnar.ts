import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { ClvError } from '../../base/errors.ts';
import { AMOUNT_SCALE } from '../../base/money.ts';
import type {
  ColumnarChoice,
  ColumnarEngine,
  ColumnarFile,
  ColumnarSource,
  ColumnKind,
  DayRun,
  TypedColumn,
  ZoneDays,
} from '../../data/columnar.ts';
import type { Row } from '../store.ts';
import { DuckDBStore } from './store.ts';

/** Parquet by the embedded engine: each call has an engine of its own that can reach the files it is given and no other. */
export class DuckDBColumnar implements ColumnarEngine {
  readonly #scratch: string;

  /** @param scratch a private directory that exists */
  constructor(scratch: string) {
    this.#scratch = scratch;
  }

  async describe(files: readonly ColumnarSource[]): Promise<readonly ColumnarFile[]> {
    return this.#with(async (store) => {
      const links = files.map((file) => store.link(file.path));
      await store.seal();
      const found: ColumnarFile[] = [];
      for (const [i, { name, path }] of files.entries())
        found.push(await told(name, links[i]!, async () => ({ name, path, ...(await contentOf(store, links[i]!)) })));
      return found;
    });
  }

  async extract(choices: readonly ColumnarChoice[], signal?: AbortSignal): Promise<readonly string[]> {
    return this.#with(async (store) => {
      signal?.addEventListener('abort', () => store.interrupt());
      const links = choices.map(({ file }) => store.link(file.path));
      const outputs = choices.map((_, i) => store.output(`columns${i}.csv`));
      await store.run('SET preserve_insertion_order = true');
      await store.seal();
      for (const [i, choice] of choices.entries()) {
        signal?.throwIfAborted();
        await told(choice.file.name, links[i]!, () => extract(store, links[i]!, choice, outputs[i]!.literal), signal);
      }
      return outputs.map(({ path }) => path);
    });
  }

  async #with<T>(work: (store: DuckDBStore) => Promise<T>): Promise<T> {
    const store = await DuckDBStore.open(mkdtempSync(join(this.#scratch, 'columnar-')));
    try {
      return await work(store);
    } finally {
      await store.close();
    }
  }
}

/** What the engine says of a file that it cannot read, in one line and under the name the user knows: E243; E421 for the disk. */
async function told<T>(file: string, link: string, work: () => Promise<T>, signal?: AbortSignal): Promise<T> {
  try {
    return await work();
  } catch (error) {
    signal?.throwIfAborted();
    if (error instanceof ClvError) throw error;
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
    const detail = line.replaceAll(link.slice(1, -1), file).replace(/^[A-Z][\w ]*: /, '');
    throw new ClvError('E243', { detail }, { file });
  }
}

/** What is in a file. Names are from the file itself: the engine renames those that differ only in case. */
async function contentOf(store: DuckDBStore, link: string): Promise<Pick<ColumnarFile, 'columns' | 'rows'>> {
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
function tableOf(link: string): string {
  return `read_parquet(${link}, hive_partitioning = false, filename = false, binary_as_string = false)`;
}

/** The engine's own type of instants. */
const ZONED = 'TIMESTAMP WITH TIME ZONE';

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

/** Writes the columns of a choice as CSV. */
async function extract(
  store: DuckDBStore,
  link: string,
  { file, columns, zone }: ColumnarChoice,
  output: string,
): Promise<void> {
  const names = file.columns.map((_, position) => `f${position}`);
  const table = `${tableOf(link)} AS t(${names.join(', ')})`;
  const cells: string[] = [];
  for (const position of columns) {
    const [column, field] = [file.columns[position]!, names[position]!];
    const text = column.kind === 'instant' ? await dayText(store, table, column, field, zone!) : textOf(column, field);
    cells.push(`${text} AS c${cells.length}`);
  }
  const quoted = columns.flatMap((position, i) => (file.columns[position]!.kind === 'text' ? [`c${i}`] : []));
  const options = [
    'FORMAT csv',
    'HEADER true',
    `DELIMITER ','`,
    `QUOTE '"'`,
    `ESCAPE '"'`,
    `NULLSTR ''`,
    'USE_TMP_FILE false',
    ...(quoted.length > 0 ? [`FORCE_QUOTE (${quoted.join(', ')})`] : []),
  ];
  await store.run(`COPY (SELECT ${cells.join(', ')} FROM ${table}) TO ${output} (${options.join(', ')})`);
}

const DAY = 86_400_000_000n;

/**
 * The day of an instant in a zone, by the zone's own runs of days; what is outside of all calendars as the engine writes it.
 * Instants that the engine takes for local times are those of UTC.
 */
async function dayText(
  store: DuckDBStore,
  table: string,
  { type }: TypedColumn,
  field: string,
  zone: ZoneDays,
): Promise<string> {
  const zoned = type === ZONED;
  const at = (time: string): string => (zoned ? `TIMESTAMPTZ '${time}+00'` : `TIMESTAMP '${time}'`);
  const known = `${field} > ${at('0001-01-03 00:00:00')} AND ${field} < ${at('9999-12-30 00:00:00')}`;
  const time = `epoch_us(${field})`;
  const days = `SELECT DISTINCT CAST(floor(${time} / ${DAY}) AS INTEGER) AS day FROM ${table} WHERE ${known}`;
  const runs = zone.runs((await store.rows(days)).map(({ day }) => Number(day)));
  const dayOf = ({ first, last, start }: DayRun): string => {
    const day = `least(${first} + (${time} - ${BigInt(start) * 1000n}) // ${DAY}, ${last})`;
    return `CAST(DATE '1970-01-01' + CAST(${day} AS INTEGER) AS VARCHAR)`;
  };
  const cases = runs.map((run, i) => {
    const next = runs[i + 1];
    return next ? `WHEN ${time} < ${BigInt(next.start) * 1000n} THEN ${dayOf(run)}` : `ELSE ${dayOf(run)}`;
  });
  const text = zoned ? `CAST(${field} AS VARCHAR)` : `CAST(${field} AS VARCHAR) || '+00'`;
  return cases.length === 0 ? text : `CASE WHEN (${known}) IS NOT TRUE THEN ${text} ${cases.join(' ')} END`;
}

function decimalsOf(type: string): number {
  return Number(/,(\d+)\)$/.exec(type)?.[1] ?? 0);
}

/**
 * See ColumnKind. Decimals lose the idle zeros that no amount could have; where the engine would write a small number with an
 * exponent, its digits are written out.
 */
function textOf({ kind, type }: TypedColumn, field: string): string {
  const text = `CAST(${field} AS VARCHAR)`;
  if (kind === 'decimal') return decimalsOf(type) > AMOUNT_SCALE ? `rtrim(rtrim(${text}, '0'), '.')` : text;
  if (kind === 'float')
    return `CASE WHEN abs(${field}) < 0.0001 AND abs(${field}) > 1e-18 THEN format('{:.20f}', ${field}) ELSE ${text} END`;
  if (kind === 'timestamp') return `CAST(CAST(${field} AS DATE) AS VARCHAR)`;
  return text;
}
