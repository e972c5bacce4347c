import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import type {
  Column,
  ColumnarChoice,
  ColumnarEngine,
  ColumnarFile,
  ColumnarSource,
  ColumnKind,
} from '../base/columnar.ts';
import { ClvError } from '../base/errors.ts';
import { AMOUNT_SCALE } from '../base/money.ts';
import { DuckDBStore } from './duckdb-store.ts';
import type { Row } from './store.ts';

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
      for (const [i, { file, columns }] of choices.entries()) {
        signal?.throwIfAborted();
        const sql = extraction(links[i]!, file.columns, columns, outputs[i]!.literal);
        await told(file.name, links[i]!, () => store.run(sql), signal);
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
    const [line = ''] = String(error instanceof Error ? error.message : error).split('\n');
    if (/could not write|no space left/i.test(line)) throw new ClvError('E421', { detail: 'ENOSPC' }, { file });
    const detail = line.replaceAll(link.slice(1, -1), file).replace(/^[A-Z][\w ]*: /, '');
    throw new ClvError('E243', { detail }, { file });
  }
}

/** Names from the file itself: the engine renames those that differ only in case. */
async function contentOf(store: DuckDBStore, link: string): Promise<Pick<ColumnarFile, 'columns' | 'rows'>> {
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

function tableOf(link: string): string {
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

function extraction(link: string, all: readonly Column[], chosen: readonly number[], output: string): string {
  const cells = chosen.map((position, i) => `${textOf(all[position]!, `f${position}`)} AS c${i}`);
  const quoted = chosen.flatMap((position, i) => (all[position]!.kind === 'text' ? [`c${i}`] : []));
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
  const names = all.map((_, position) => `f${position}`);
  return `COPY (SELECT ${cells.join(', ')} FROM ${tableOf(link)} AS t(${names.join(', ')})) TO ${output} (${options.join(', ')})`;
}

function decimalsOf(type: string): number {
  return Number(/,(\d+)\)$/.exec(type)?.[1] ?? 0);
}

/** See ColumnKind. Decimals lose the idle zeros that no amount could have. Digits too small for an amount are written out where the engine would use an exponent. */
function textOf({ kind, type }: Column, field: string): string {
  const text = `CAST(${field} AS VARCHAR)`;
  if (kind === 'decimal') return decimalsOf(type) > AMOUNT_SCALE ? `rtrim(rtrim(${text}, '0'), '.')` : text;
  if (kind === 'float')
    return `CASE WHEN abs(${field}) < 0.0001 AND abs(${field}) > 1e-18 THEN format('{:.20f}', ${field}) ELSE ${text} END`;
  if (kind === 'timestamp') return `CAST(CAST(${field} AS DATE) AS VARCHAR)`;
  if (kind === 'instant') return `CAST(make_timestamp(epoch_us(${field})) AS VARCHAR) || 'Z'`;
  return text;
}
