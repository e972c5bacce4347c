import { randomUUID } from 'node:crypto';
import { AMOUNT_SCALE } from '../../base/money.ts';
import { inOneForm, withoutUnseen } from '../steps/sql.ts';
import type { Chunk, ColumnType, ColumnValues, Dialect, Row, Store } from '../store.ts';
import type { ServerAddress } from './address.ts';
import { blockOf, columnList } from './fill.ts';
import { ClickHouseServer, type Parameters, soon } from './server.ts';
import { SETTINGS } from './settings.ts';

const DIALECT: Dialect = {
  parameter: (number) => `{p${number}:String}`,
  levenshtein: 'editDistance',
  byteLength: 'length',
  // Global: a shard has no table of ours.
  isAmong: (text, query) => `${text} GLOBAL IN (${query})`,
  checksum: (texts) =>
    `sum(toInt128(reinterpretAsUInt64(substring(MD5(concatWithSeparator(char(31), ${texts.join(', ')})), 9, 8))))`,
  amountText: (amount) => `toDecimalString(${amount}, ${AMOUNT_SCALE})`,
  characters: 'lengthUTF8',
  plainText: (text) => withoutUnseen(`normalizeUTF8NFC(${inOneForm(text, 'translateUTF8')})`, 'replaceAll'),
  lower: 'lowerUTF8',
  halfEven: (double) => {
    const floor = `accurateCast(floor(${double}), 'Int64')`;
    const rest = `(${double} - floor(${double}))`;
    return `${floor} + CASE WHEN ${rest} > 0.5 OR (${rest} = 0.5 AND ${floor} % 2 <> 0) THEN 1 ELSE 0 END`;
  },
  nul: 'char(0)',
  part: (text, number) => `splitByChar('\\0', ${text})[${number}]`,
  argMin: (value, by) => `argMin(${value}, ${by})`,
  argMax: (value, by) => `argMax(${value}, ${by})`,
  plusMonths: (day, months) => `CAST(${day} + INTERVAL (CAST(${months} AS INTEGER)) MONTH AS DATE)`,
};

/** Seconds that a fit may take without a query: the most that servers allow by default. */
const SESSION_SECONDS = '3600';
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
  /** Without a session, so that it can be reached when that is busy. */
  readonly server: ClickHouseServer;
  readonly #session: ClickHouseServer;
  readonly #patience: number;
  readonly #last: (() => Promise<void>)[] = [];
  #running: string | null = null;
  #ended: Promise<void> | null = null;

  /** @param patience milliseconds that the server has for its first answer, and for each of its last ones */
  constructor(address: Pick<ServerAddress, 'url' | 'user'>, password: string, patience = PATIENCE) {
    this.#patience = patience;
    const login = { user: address.user, password, patience };
    this.server = new ClickHouseServer(address.url, login);
    this.#session = new ClickHouseServer(address.url, login, {
      session_id: `clv-${randomUUID()}`,
      // A database without tables of users: what our SQL names is ours, or is not there.
      database: 'system',
      max_open_connections: 1,
      clickhouse_settings: { ...SETTINGS, session_timeout: SESSION_SECONDS },
    });
  }

  async run(sql: string, parameters: Parameters = this.parameters): Promise<void> {
    await this.#session.run(sql, parameters, this.#begin());
  }

  /** What is to be done when the session has ended, however that comes; a failure of it is no news. */
  atEnd(last: () => Promise<void>): void {
    this.#last.push(last);
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

  /** Rows of a statement with named parameters. */
  async rowsBy(sql: string, parameters: Parameters): Promise<readonly Row[]> {
    return this.#session.rowsBy(sql, parameters, this.#begin());
  }

  /** A result as it comes. What is left of one that nobody reads on is stopped: a session has one query at a time. */
  async *chunks(sql: string, values: readonly string[] = []): AsyncIterable<Chunk> {
    const settings = { max_block_size: CHUNK_ROWS };
    let left = true;
    try {
      yield* this.#session.blocks(sql, this.#numbered(values), settings, this.#begin());
      left = false;
    } catch (error) {
      left = false;
      throw error;
    } finally {
      if (left) await this.#stop();
    }
  }

  #numbered(values: readonly string[]): Parameters {
    return { ...this.parameters, ...Object.fromEntries(values.map((value, i) => [`p${i + 1}`, value])) };
  }

  async fill(
    table: string,
    columns: readonly (readonly [string, ColumnType])[],
    length: number,
    values: (start: number, end: number) => readonly ColumnValues[],
  ): Promise<void> {
    await this.#declare(table, columnList(columns));
    function* blocks(): Iterable<Buffer> {
      for (let start = 0; start < length; start += BLOCK_ROWS) {
        const end = Math.min(start + BLOCK_ROWS, length);
        yield blockOf(columns, end - start, values(start, end));
      }
    }
    await this.#session.insert(table, blocks(), this.#begin());
  }

  /** A server has nothing of what lies in our memory. */
  lend: Store['fill'] = (...what) => this.fill(...what);

  /** Makes a table, in place of one of that name, of a file of Parquet. @param columns as CREATE TABLE has them */
  async fillFrom(table: string, columns: string, parquet: AsyncIterable<Uint8Array>): Promise<void> {
    await this.#declare(table, columns);
    await this.#session.insert(table, parquet, this.#begin(), {}, 'Parquet');
  }

  /** The rows of a query as a file of Parquet. */
  parquet(sql: string): AsyncIterable<Uint8Array> {
    return this.#session.file(sql, 'Parquet', this.parameters, this.#begin());
  }

  async #declare(table: string, columns: string): Promise<void> {
    await this.run(`CREATE OR REPLACE TEMPORARY TABLE ${table} (${columns}) ENGINE = MergeTree ORDER BY tuple()`);
  }

  /** The id of a statement that is about to be sent, unless the session is over. */
  #begin(): string {
    if (this.#ended) throw new Error('the session is closed');
    this.#running = randomUUID();
    return this.#running;
  }

  /** Ends the running query, on every shard. */
  async #stop(): Promise<void> {
    if (!this.#session.answered) return;
    await this.#quietly(this.server.run('KILL QUERY WHERE query_id = {id:String} SYNC', { id: this.#running! }));
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
      if (this.#session.answered)
        await this.#quietly(this.#session.run('SELECT 1', {}, randomUUID(), { close_session: 1 }));
      for (const last of this.#last) await this.#quietly(last());
      await this.#session.close();
      await this.server.close();
    })();
    await this.#ended;
  }

  async #quietly(work: Promise<void>): Promise<void> {
    await soon(work, this.#patience).catch(() => {});
  }
}
