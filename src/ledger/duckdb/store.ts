import { createReadStream, rmSync, statSync, symlinkSync } from 'node:fs';
import { availableParallelism, totalmem } from 'node:os';
import { join } from 'node:path';
import type { DuckDBConnection, DuckDBInstance } from '@duckdb/node-api';
import { ClvError } from '../../base/errors.ts';
import { shortage } from '../../base/faults.ts';
import { inOneForm, withoutUnseen } from '../steps/sql.ts';
import type { Chunk, ColumnType, ColumnValues, Dialect, Row, Store } from '../store.ts';
import { duckdb } from './api.ts';
import { LentTables } from './lent.ts';
import { DuckDBChunk, rowOf } from './vectors.ts';

/**
 * Working memory of the engine in bytes; beyond it, it spills to its private directory. Three times the transactions as text hold
 * most of what is made of them, but it is never less than its threads need, nor more than `most` or half of what the machine has.
 * Until all is read, nobody knows how much that is: `reading`.
 */
const MEMORY = { reading: 800_000_000, perThread: 100_000_000, most: 4_000_000_000, perByte: 3 };

function memoryFor(bytes: number): number {
  const least = MEMORY.perThread * availableParallelism();
  return bounded(Math.max(least, Math.min(MEMORY.most, Math.ceil(bytes * MEMORY.perByte))));
}

function bounded(bytes: number): number {
  return Math.min(bytes, Math.floor(totalmem() / 2));
}

/** Bytes of a database file hold so many of text. */
const PACKED = 4;

/** Memory that is free goes back to the system at once: a sort of a million customers is as much as all else. */
const FLUSH = { allocator_flush_threshold: '8MB', allocator_bulk_deallocation_flush_threshold: '16MB' };

/** How this engine writes what engines write differently. */
export const DIALECT: Dialect = {
  parameter: (number) => `$${number}`,
  levenshtein: 'levenshtein',
  byteLength: 'strlen',
  isAmong: (text, query) => `${text} IN (${query})`,
  checksum: (texts) => `sum(md5_number_lower(concat_ws(chr(31), ${texts.join(', ')})))`,
  amountText: (amount) => `CAST(${amount} AS VARCHAR)`,
  characters: 'length',
  plainText: (text) => withoutUnseen(`nfc_normalize(${inOneForm(text, 'translate')})`, 'replace'),
  lower: 'lower',
  // A cast rounds so, and takes a third of the time of arithmetic that does.
  halfEven: (double) => `CAST(${double} AS BIGINT)`,
  nul: 'chr(0)',
  part: (text, number) => `split_part(${text}, chr(0), ${number})`,
  argMin: (value, by) => `argMin(${value}, ${by})`,
  argMax: (value, by) => `argMax(${value}, ${by})`,
  plusMonths: (day, months) => `CAST(${day} + INTERVAL (CAST(${months} AS INTEGER)) MONTH AS DATE)`,
};

/**
 * An embedded engine that can touch nothing but its own temp directory and the files linked to it, all under names of ours:
 * no extensions, no network, no user text in SQL. `seal` closes the doors for good; it never writes through a link. A full disk is
 * E421.
 */
export class DuckDBStore implements Store {
  readonly dialect = DIALECT;
  readonly connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #scratch: string;
  readonly #links: string[] = [];
  readonly #outputs: string[] = [];
  /** What stands under each name. */
  readonly #kinds = new Map<string, 'TABLE' | 'VIEW'>();
  readonly #lent: LentTables;
  readonly #copy: { readonly path: string; readonly literal: string };
  /** Of the transactions as text. */
  #bytes = 0;
  #sealed = false;
  /** Whether a statement runs, or what it found is still being read. */
  #busy = false;
  /** What is told of a failure besides a full disk. */
  #told: (error: unknown) => unknown = (error) => error;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, scratch: string) {
    this.#instance = instance;
    this.connection = connection;
    this.#scratch = scratch;
    this.#lent = new LentTables(connection);
    this.#copy = this.output('rows');
  }

  /** @param scratch a private directory that exists; the engine spills into it */
  static async open(scratch: string): Promise<DuckDBStore> {
    const instance = await duckdb.DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
      temp_directory: join(scratch, 'spill'),
      memory_limit: `${bounded(MEMORY.reading)}B`,
      ...FLUSH,
      preserve_insertion_order: 'false',
    });
    return new DuckDBStore(instance, await instance.connect(), scratch);
  }

  /** A private link to a file, as an SQL literal; only before the session is sealed. */
  link(path: string): string {
    const name = join(this.#scratch, `input${this.#links.length}.csv`);
    symlinkSync(path, name);
    this.#links.push(name);
    this.expect(sizeOf(path));
    return literal(name);
  }

  /** Tells of so many bytes of text more that will be worked on; only before the session is sealed. */
  expect(bytes: number): void {
    this.#bytes += bytes;
  }

  /**
   * Brings in a database file under the name of a schema; only before the session is sealed.
   * @param told makes what the engine says of it an error of ours
   */
  async attach(path: string, schema: string, how: 'READ_ONLY' | 'READ_WRITE', told: (error: unknown) => unknown) {
    this.#told = told;
    this.expect((PACKED - 1) * sizeOf(path));
    await this.run(`ATTACH ${this.link(path)} AS ${schema} (${how})`);
  }

  /** A private file that statements may write, as an SQL literal too; only before the session is sealed. */
  output(name: string): { readonly path: string; readonly literal: string } {
    const path = join(this.#scratch, name);
    this.#outputs.push(path);
    return { path, literal: literal(path) };
  }

  /** From here on only the linked files and the outputs can be opened, and no setting changed. */
  async seal(): Promise<void> {
    if (this.#sealed) return;
    this.#sealed = true;
    await this.run(`SET memory_limit = '${memoryFor(this.#bytes)}B';
SET allowed_paths = [${[...this.#links, ...this.#outputs].map(literal).join(', ')}];
SET enable_external_access = false;
SET lock_configuration = true`);
  }

  async run(sql: string): Promise<void> {
    await this.#running(() => this.connection.run(sql));
  }

  async create(table: string, select: string): Promise<void> {
    await this.#make('TABLE', table, select);
  }

  /** Customers are joined with their factors in a third of the time that it takes to write them down. */
  async derive(name: string, select: string): Promise<void> {
    await this.#make('VIEW', name, select);
  }

  /** In place of what stands under the name: the engine puts no view in the place of a table, and no table in that of a view. */
  async #make(kind: 'TABLE' | 'VIEW', name: string, select: string): Promise<void> {
    const before = this.#kinds.get(name);
    if (before !== undefined && before !== kind) await this.run(`DROP ${before} ${name}`);
    await this.run(`CREATE OR REPLACE ${kind} ${name} AS ${select}`);
    this.#kinds.set(name, kind);
  }

  async drop(table: string): Promise<void> {
    await this.run(`DROP ${this.#kinds.get(table) ?? 'TABLE'} ${table}`);
    this.#kinds.delete(table);
    this.#lent.takeBack(table);
  }

  async rows(sql: string, values?: readonly string[]): Promise<readonly Row[]> {
    const reader = await this.#running(() => this.connection.runAndReadAll(sql, values && [...values]));
    return reader.getRowObjects().map(rowOf);
  }

  async *chunks(sql: string, values?: readonly string[]): AsyncIterable<Chunk> {
    this.#begin();
    try {
      const result = await this.#engine(() => this.connection.stream(sql, values && [...values]));
      for (;;) {
        const chunk = await this.#engine(() => result.fetchChunk());
        if (!chunk || chunk.rowCount === 0) return;
        yield new DuckDBChunk(chunk);
      }
    } finally {
      this.#busy = false;
    }
  }

  async fill(
    table: string,
    columns: readonly (readonly [string, ColumnType])[],
    length: number,
    values: (start: number, end: number) => readonly ColumnValues[],
  ): Promise<void> {
    const lent = this.#lent.lend(table, { columns, length, values });
    await this.create(table, `SELECT * FROM ${lent}`);
    this.#lent.takeBack(table);
  }

  lend: Store['fill'] = (name, columns, length, values) =>
    this.derive(name, `SELECT * FROM ${this.#lent.lend(name, { columns, length, values })}`);

  /** By way of a private file: the engine writes in parallel what would take a string a value here. */
  async *csv(select: string): AsyncIterable<Uint8Array> {
    await this.run(`COPY (${select}) TO ${this.#copy.literal} (FORMAT csv, HEADER false, DELIMITER ',', NULLSTR '')`);
    yield* this.#copied();
  }

  /** The names are bound, as those of a struct; its columns, none of them a row, name those of the query after them. */
  async *parquet(names: readonly string[], select: string): AsyncIterable<Uint8Array> {
    const type = new duckdb.DuckDBStructType(
      [...names],
      names.map(() => duckdb.SQLNULL),
    );
    const struct = new duckdb.DuckDBStructValue(Object.fromEntries(names.map((name) => [name, null])));
    const named = `SELECT * FROM (SELECT unnest($1) WHERE false) AS named UNION ALL (${select})`;
    const copy = `COPY (${named}) TO ${this.#copy.literal} (FORMAT parquet)`;
    await this.#running(() => this.connection.run(copy, [struct], [type]));
    yield* this.#copied();
  }

  async *#copied(): AsyncIterable<Uint8Array> {
    const { path } = this.#copy;
    yield* createReadStream(path, { highWaterMark: 1 << 20 });
    rmSync(path);
  }

  /** A statement from its start to its end. */
  async #running<T>(work: () => Promise<T>): Promise<T> {
    this.#begin();
    try {
      return await this.#engine(work);
    } finally {
      this.#busy = false;
    }
  }

  /** One at a time: the engine ends the rows of another statement on the connection without a word, as if they had been all. */
  #begin(): void {
    if (this.#busy) throw new ClvError('E500', { detail: 'a statement while another one runs' });
    this.#busy = true;
  }

  async #engine<T>(work: () => Promise<T>): Promise<T> {
    try {
      return await running(this.#scratch, work);
    } catch (error) {
      throw this.#told(error);
    }
  }

  interrupt(): void {
    this.connection.interrupt();
  }

  async close(): Promise<void> {
    this.connection.closeSync();
    this.#instance.closeSync();
  }
}

/** Bytes of a file, none of one that is not there yet. */
function sizeOf(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.size ?? 0;
}

/** A text of ours as an SQL literal (paths of the private directory). */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** Runs a statement of the engine. @param place where it writes @throws ClvError E421, E465 and E466 where the machine lacks something */
async function running<T>(place: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw shortage(error, otherFile(error, place) ?? place) ?? error;
  }
}

/** The file outside of its place that the engine says it could not write: that of a book. */
function otherFile(error: unknown, place: string): string | null {
  const file = error instanceof Error ? /could not write [^"]*"([^"]+)"/i.exec(error.message)?.[1] : undefined;
  return file === undefined || file.startsWith(place) ? null : file;
}
