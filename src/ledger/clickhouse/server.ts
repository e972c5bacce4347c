import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import {
  type ClickHouseClient,
  type ClickHouseClientConfigOptions,
  ClickHouseLogLevel,
  type ClickHouseSettings,
  createClient,
} from '@clickhouse/client';
import type { Row } from '../store.ts';
import { told } from './errors.ts';
import { type NativeBlock, readBlocks } from './native.ts';
import { SETTINGS } from './settings.ts';

/** Parameters of a statement by their names. */
export type Parameters = Readonly<Record<string, string>>;

/** The user who asks, and how many milliseconds a server has for its first answer, and for what takes no work. */
export interface Login {
  readonly user: string;
  readonly password: string;
  readonly patience: number;
}

/** How a server is spoken to, where not as usual. */
type Manner = Pick<
  ClickHouseClientConfigOptions,
  'session_id' | 'database' | 'request_timeout' | 'max_open_connections' | 'clickhouse_settings'
>;

const LONGEST_QUERY = 24 * 3600 * 1000;

/** One server, by HTTP. What goes wrong there is told as an error of ours. */
export class ClickHouseServer {
  readonly url: string;
  readonly #login: Login;
  readonly #client: ClickHouseClient;
  #answered = false;

  constructor(url: string, login: Login, manner: Manner = {}) {
    this.url = url;
    this.#login = login;
    this.#client = createClient({
      url,
      username: login.user,
      password: login.password,
      application: 'clv',
      request_timeout: LONGEST_QUERY,
      // A server closes idle connections, and between two queries there may be a long fit.
      keep_alive: { enabled: false },
      log: { level: ClickHouseLogLevel.OFF },
      clickhouse_settings: SETTINGS,
      ...manner,
    });
  }

  /** Another server, for the same user and for what takes no work: one statement at a time, in order. */
  at(url: string): ClickHouseServer {
    return new ClickHouseServer(url, this.#login, { max_open_connections: 1, request_timeout: this.#login.patience });
  }

  get answered(): boolean {
    return this.#answered;
  }

  async run(
    query: string,
    query_params: Parameters = {},
    query_id: string = randomUUID(),
    settings: ClickHouseSettings = {},
  ): Promise<void> {
    const clickhouse_settings = { wait_end_of_query: 1, ...settings } as const;
    await this.#send(() => this.#client.command({ query, query_id, query_params, clickhouse_settings }));
  }

  /** A small result, a row an object. */
  async rowsBy(sql: string, parameters: Parameters = {}, id: string = randomUUID()): Promise<readonly Row[]> {
    const found: Row[] = [];
    for await (const block of this.blocks(sql, parameters, { wait_end_of_query: 1 }, id))
      for (const row of block.rows()) found.push(row);
    return found;
  }

  /** A result as it comes. */
  async *blocks(
    sql: string,
    query_params: Parameters,
    clickhouse_settings: ClickHouseSettings,
    query_id: string,
  ): AsyncIterable<NativeBlock> {
    const query = `${sql} FORMAT Native`;
    const { stream } = await this.#send(() =>
      this.#client.exec({ query, query_id, query_params, clickhouse_settings }),
    );
    try {
      yield* readBlocks(stream);
    } catch (error) {
      throw this.#told(error);
    } finally {
      stream.destroy();
    }
  }

  /** A result as a file of some format, as it comes. */
  async *file(sql: string, format: string, query_params: Parameters, query_id: string): AsyncIterable<Uint8Array> {
    const query = `${sql} FORMAT ${format}`;
    const clickhouse_settings = { wait_end_of_query: 1 } as const;
    const { stream } = await this.#send(() =>
      this.#client.exec({ query, query_id, query_params, clickhouse_settings }),
    );
    try {
      yield* stream;
    } catch (error) {
      throw this.#told(error);
    } finally {
      stream.destroy();
    }
  }

  /** Sends rows, in the Native format or as a file of another. */
  async insert(
    table: string,
    blocks: Iterable<Uint8Array> | AsyncIterable<Uint8Array>,
    query_id: string,
    query_params: Parameters = {},
    format = 'Native',
  ): Promise<void> {
    const query = `INSERT INTO ${table} FORMAT ${format}`;
    await this.#send(async () => {
      const { stream } = await this.#client.exec({
        query,
        query_id,
        query_params,
        values: Readable.from(blocks, { objectMode: false }),
      });
      for await (const _ of stream) {
        // Nothing comes back; the end says that the rows are there.
      }
    });
  }

  async close(): Promise<void> {
    await this.#client.close();
  }

  async #send<T>(send: () => Promise<T>): Promise<T> {
    try {
      await this.#greet();
      return await send();
    } catch (error) {
      throw this.#told(error);
    }
  }

  /** Once: waits for a first answer, which is none of those that may take long. */
  async #greet(): Promise<void> {
    if (this.#answered) return;
    await soon(this.#client.command({ query: 'SELECT 1' }), this.#login.patience);
    this.#answered = true;
  }

  #told(error: unknown): unknown {
    return told(error, { url: this.url, user: this.#login.user }, this.#answered);
  }
}

/** An answer, or an error when it does not come within so many milliseconds. */
export async function soon<T>(answer: Promise<T>, patience: number): Promise<T> {
  const waited = new AbortController();
  const late = setTimeout(patience, null, { signal: waited.signal }).then(() => {
    throw new Error(`timeout error: nothing came for ${patience / 1000} seconds`);
  });
  try {
    return await Promise.race([answer, late]);
  } finally {
    waited.abort();
    late.catch(() => {});
  }
}
