import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type ClickHouseClient, ClickHouseLogLevel, type ClickHouseSettings, createClient } from '@clickhouse/client';
import type { Address } from './clickhouse-address.ts';
import { told } from './clickhouse-errors.ts';
import { blockOf, columnList } from './clickhouse-fill.ts';
import { type NativeBlock, readBlocks } from './clickhouse-native.ts';
import { ClickHouseResults } from './clickhouse-results.ts';
import { SETTINGS } from './clickhouse-settings.ts';
import type { Chunk, ColumnType, ColumnValues, Dialect, Kept, Row, Store } from './store.ts';

const DIALECT: Dialect = {
  parameter: (number) => `{p${number}:String}`,
  levenshtein: 'editDistance',
  byteLength: 'length',
  lower: 'lowerUTF8',
  whole: (double) => `accurateCast(${double}, 'Int64')`,
  nul: 'char(0)',
};

type Parameters = Readonly<Record<string, string>>;

/** Seconds that a fit may take without a query: the most that servers allow by default. */
const SESSION_SECONDS = '3600';
const LONGEST_QUERY = 24 * 3600 * 1000;
/** Milliseconds that a server has for what takes no work. */
const PATIENCE = 30_000;
/** Rows that are sent, and that come, at once. */
const BLOCK_ROWS = 65_536;
const CHUNK_ROWS = '32768';

/**
 * A ClickHouse server. Tables are temporary tables of one session: nobody else sees them, and they vanish with it, at `close` or,
 * should this process die, an hour after its last query.
 */
export class ClickHouseStore implements Store {
  readonly dialect = DIALECT;
  /** Parameters of every statement: what a user named that our SQL reads from. */
  parameters: Parameters = {};
  readonly #address: Address;
  readonly #client: ClickHouseClient;
  /** Without a session, to reach a server whose session is busy. */
  readonly #other: ClickHouseClient;
  readonly #last: { readonly query: string; readonly query_params: Parameters }[] = [];
  readonly #patience: number;
  #answered = false;
  #running: string | null = null;
  #ended: Promise<void> | null = null;

  /** @param patience milliseconds that the server has for its first answer, and for each of its last ones */
  constructor(address: Address, password: string, patience = PATIENCE) {
    this.#address = address;
    this.#patience = patience;
    const common = {
      url: address.url,
      username: address.user,
      password,
      application: 'clv',
      request_timeout: LONGEST_QUERY,
      // A server closes idle connections, and between two queries there may be a long fit.
      keep_alive: { enabled: false },
      log: { level: ClickHouseLogLevel.OFF },
    };
    // A database without tables of users: what our SQL names is ours, or is not there.
    const session = { session_id: `clv-${randomUUID()}`, database: 'system', max_open_connections: 1 };
    const settings = { ...SETTINGS, session_timeout: SESSION_SECONDS };
    this.#client = createClient({ ...common, ...session, clickhouse_settings: settings });
    this.#other = createClient(common);
  }

  /** @param parameters by their names */
  async run(sql: string, parameters: Parameters = this.parameters): Promise<void> {
    const settings = { wait_end_of_query: 1 } as const;
    await this.#query((query_id) =>
      this.#client.command({ query: sql, query_id, query_params: parameters, clickhouse_settings: settings }),
    );
  }

  /** Runs a statement when the session ends, however that comes; a failure of it is no news. */
  atEnd(sql: string, parameters: Parameters): void {
    this.#last.push({ query: sql, query_params: parameters });
  }

  async create(table: string, select: string): Promise<void> {
    await this.run(`CREATE OR REPLACE TEMPORARY TABLE ${table} ENGINE = MergeTree ORDER BY tuple() AS ${select}`);
  }

  derive(name: string, select: string): Promise<void> {
    return this.create(name, select);
  }

  async drop(table: string): Promise<void> {
    await this.run(`DROP TEMPORARY TABLE ${table}`);
  }

  async rows(sql: string, values: readonly string[] = []): Promise<readonly Row[]> {
    return this.rowsBy(sql, this.#numbered(values));
  }

  /** As `rows`. @param parameters by their names */
  async rowsBy(sql: string, parameters: Parameters): Promise<readonly Row[]> {
    const found: Row[] = [];
    for await (const block of this.#blocks(sql, parameters, { wait_end_of_query: 1 }))
      for (const row of block.rows()) found.push(row);
    return found;
  }

  chunks(sql: string, values: readonly string[] = []): AsyncIterable<Chunk> {
    return this.#blocks(sql, this.#numbered(values), { max_block_size: CHUNK_ROWS });
  }

  #numbered(values: readonly string[]): Parameters {
    return { ...this.parameters, ...Object.fromEntries(values.map((value, i) => [`p${i + 1}`, value])) };
  }

  /** A result as it comes. What is left of one that nobody reads on is stopped: a session has one query at a time. */
  async *#blocks(sql: string, query_params: Parameters, settings: ClickHouseSettings): AsyncIterable<NativeBlock> {
    const { stream } = await this.#query((query_id) =>
      this.#client.exec({ query: `${sql} FORMAT Native`, query_id, query_params, clickhouse_settings: settings }),
    );
    let left = true;
    try {
      yield* readBlocks(stream);
      left = false;
    } catch (error) {
      left = false;
      throw this.#told(error);
    } finally {
      stream.destroy();
      if (left) await this.#stop();
    }
  }

  async keep(table: string, names: readonly string[], select: string, expected: Kept): Promise<void> {
    await new ClickHouseResults(this, this.#address, table).write(names, select, expected);
  }

  async fill(
    table: string,
    columns: readonly (readonly [string, ColumnType])[],
    length: number,
    values: (start: number, end: number) => readonly ColumnValues[],
  ): Promise<void> {
    await this.run(
      `CREATE OR REPLACE TEMPORARY TABLE ${table} (${columnList(columns)}) ENGINE = MergeTree ORDER BY tuple()`,
    );
    function* blocks(): Iterable<Buffer> {
      for (let start = 0; start < length; start += BLOCK_ROWS) {
        const end = Math.min(start + BLOCK_ROWS, length);
        yield blockOf(columns, end - start, values(start, end));
      }
    }
    await this.#query(async (query_id) => {
      const query = `INSERT INTO ${table} FORMAT Native`;
      const rows = Readable.from(blocks(), { objectMode: false });
      const { stream } = await this.#client.exec({ query, query_id, values: rows });
      for await (const _ of stream) {
        // Nothing comes back; the end says that the rows are there.
      }
    });
  }

  /** Sends a statement, unless the session is over. */
  async #query<T>(send: (id: string) => Promise<T>): Promise<T> {
    if (this.#ended) throw new Error('the session is closed');
    try {
      await this.#greet();
      const id = randomUUID();
      this.#running = id;
      return await send(id);
    } catch (error) {
      throw this.#told(error);
    }
  }

  /** Once: waits for a first answer, which is none of those that may take long. */
  async #greet(): Promise<void> {
    if (this.#answered) return;
    await this.#soon(this.#other.command({ query: 'SELECT 1' }));
    this.#answered = true;
  }

  async #soon<T>(answer: Promise<T>): Promise<T> {
    const waited = new AbortController();
    const late = setTimeout(this.#patience, null, { signal: waited.signal }).then(() => {
      throw new Error(`timeout error: nothing came for ${this.#patience / 1000} seconds`);
    });
    try {
      return await Promise.race([answer, late]);
    } finally {
      waited.abort();
      late.catch(() => {});
    }
  }

  #told(error: unknown): unknown {
    return told(error, this.#address, this.#answered);
  }

  /** Ends the running query, on every shard. */
  async #stop(): Promise<void> {
    if (this.#running === null) return;
    const query = 'KILL QUERY WHERE query_id = {id:String} SYNC';
    await this.#soon(this.#other.command({ query, query_params: { id: this.#running } })).catch(() => {});
  }

  interrupt(): Promise<void> {
    return this.#end(true);
  }

  async close(): Promise<void> {
    await this.#end(false);
  }

  /** Once: the working tables go with the session. What fails here fails quietly, since the server forgets it all by itself. */
  async #end(stop: boolean): Promise<void> {
    this.#ended ??= (async () => {
      if (stop) await this.#stop();
      const last = { query: 'SELECT 1', clickhouse_settings: { close_session: 1 } } as const;
      if (this.#answered) await this.#soon(this.#client.command(last)).catch(() => {});
      for (const statement of this.#last) await this.#soon(this.#other.command(statement)).catch(() => {});
      await this.#client.close();
      await this.#other.close();
    })();
    await this.#ended;
  }
}
