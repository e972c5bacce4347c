import { symlinkSync } from 'node:fs';
import { totalmem } from 'node:os';
import { join } from 'node:path';
import { type DuckDBConnection, type DuckDBDataChunk, DuckDBInstance, type DuckDBValue } from '@duckdb/node-api';

/** Working memory of the engine; beyond it, it spills to its private directory. */
const MEMORY_BYTES = Math.min(1_000_000_000, Math.floor(totalmem() / 2));

/** Values of a row as the engine types them: bigint, DuckDBDecimalValue, DuckDBDateValue, string, null … */
export type Row = Readonly<Record<string, DuckDBValue>>;

/**
 * An embedded engine that can touch nothing but its own temp directory and the files linked to it, all under names of ours:
 * no extensions, no network, no user text in SQL. `seal` closes the doors for good; it never writes through a link.
 */
export class DuckDBSession {
  readonly connection: DuckDBConnection;
  readonly #instance: DuckDBInstance;
  readonly #scratch: string;
  readonly #links: string[] = [];
  #sealed = false;

  private constructor(instance: DuckDBInstance, connection: DuckDBConnection, scratch: string) {
    this.#instance = instance;
    this.connection = connection;
    this.#scratch = scratch;
  }

  /** @param scratch a private directory that exists; the engine spills into it */
  static async open(scratch: string): Promise<DuckDBSession> {
    const instance = await DuckDBInstance.create(':memory:', {
      autoinstall_known_extensions: 'false',
      autoload_known_extensions: 'false',
    });
    const connection = await instance.connect();
    await connection.run(`SET temp_directory = ${literal(join(scratch, 'spill'))}`);
    await connection.run(`SET memory_limit = '${MEMORY_BYTES}B'`);
    await connection.run(`SET preserve_insertion_order = false`);
    return new DuckDBSession(instance, connection, scratch);
  }

  /** A private link to a file, as an SQL literal; only before the session is sealed. */
  link(path: string): string {
    const name = join(this.#scratch, `input${this.#links.length}.csv`);
    symlinkSync(path, name);
    this.#links.push(name);
    return literal(name);
  }

  /** From here on only the linked files can be opened, and no setting changed. */
  async seal(): Promise<void> {
    if (this.#sealed) return;
    this.#sealed = true;
    await this.connection.run(`SET allowed_paths = [${this.#links.map(literal).join(', ')}]`);
    await this.connection.run(`SET enable_external_access = false`);
    await this.connection.run(`SET lock_configuration = true`);
  }

  async run(sql: string): Promise<void> {
    await this.connection.run(sql);
  }

  /** Small results, a row an object. */
  async rows(sql: string, values?: readonly string[]): Promise<readonly Row[]> {
    return (await this.connection.runAndReadAll(sql, values && [...values])).getRowObjects();
  }

  async *chunks(sql: string, values?: readonly string[]): AsyncIterable<DuckDBDataChunk> {
    const result = await this.connection.stream(sql, values && [...values]);
    for (;;) {
      const chunk = await result.fetchChunk();
      if (!chunk || chunk.rowCount === 0) return;
      yield chunk;
    }
  }

  interrupt(): void {
    this.connection.interrupt();
  }

  close(): void {
    this.connection.closeSync();
    this.#instance.closeSync();
  }
}

/** A text of ours as an SQL literal (paths of the private directory). */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}
