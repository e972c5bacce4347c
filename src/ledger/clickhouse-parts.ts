import { ClvError } from '../base/errors.ts';
import { nameOf, quoted, type TableName } from './clickhouse-address.ts';
import type { ClickHouseServer } from './clickhouse-server.ts';
import { heldIn } from './clickhouse-shape.ts';
import { type Beside, beside, DROP, EXCHANGE, STAGING, stagingOf } from './clickhouse-staging.ts';
import type { Kept, Value } from './store.ts';

/** A table of the same name on every shard, and one like it beside it there, which takes its place shard by shard. */
export class Parts {
  /** The names on each shard. */
  readonly names: Beside;
  readonly #target: TableName;
  readonly #shards: readonly ClickHouseServer[];
  /** Which table was made, by shard. */
  readonly #made = new Map<ClickHouseServer, Value | undefined>();
  #exchanging: Promise<void> | null = null;
  #over = false;

  /** @param target the table that these are the parts of */
  constructor(target: TableName, local: TableName, shards: readonly ClickHouseServer[]) {
    this.#target = target;
    this.#shards = shards;
    this.names = beside(local);
  }

  async create(): Promise<void> {
    const { database, table } = this.names;
    for (const shard of this.#shards) {
      this.#checkOpen();
      await shard.run(`CREATE TABLE ${STAGING} AS ${quoted(database)}.${quoted(table)}`, this.names);
      this.#made.set(shard, await this.#beside(shard));
    }
  }

  async held(column: string): Promise<Kept> {
    const parts = await Promise.all(this.#shards.map((shard) => heldIn(shard, stagingOf(this.names), column)));
    return parts.reduce((all, { rows, sum }) => ({ rows: all.rows + rows, sum: all.sum + sum }));
  }

  /** When one fails, those before it are put back. E460 where that fails too. */
  async exchange(): Promise<void> {
    this.#checkOpen();
    this.#exchanging = this.#exchangeAll();
    await this.#exchanging;
  }

  async #exchangeAll(): Promise<void> {
    for (const [i, shard] of this.#shards.entries()) {
      try {
        await shard.run(EXCHANGE, this.names);
      } catch (error) {
        await this.#putBack(this.#shards.slice(0, i + 1));
        throw error;
      }
    }
  }

  /** The one that failed too: it may have been its answer alone. */
  async #putBack(shards: readonly ClickHouseServer[]): Promise<void> {
    const lost: string[] = [];
    for (const shard of shards) {
      try {
        const beside = await this.#beside(shard);
        if (beside !== undefined && beside !== this.#made.get(shard)) await shard.run(EXCHANGE, this.names);
      } catch {
        lost.push(shard.url);
      }
    }
    const problem = `the connection to ${lost.join(', ')} was lost when parts were exchanged`;
    if (lost.length > 0) throw new ClvError('E460', { table: nameOf(this.#target), problem });
  }

  /** Which table stands beside the one of a shard, under a name that an exchange does not change. */
  async #beside(shard: ClickHouseServer): Promise<Value | undefined> {
    const query =
      'SELECT toString(uuid) AS id FROM system.tables WHERE database = {database:String} AND name = {staging:String}';
    return (await shard.rowsBy(query, this.names))[0]?.['id'];
  }

  /** Takes away what stands beside. Exchanges that have begun are waited for; none begin after. */
  async drop(): Promise<void> {
    this.#over = true;
    await this.#exchanging?.catch(() => {});
    await Promise.allSettled(this.#shards.map((shard) => shard.run(DROP, this.names)));
    for (const shard of this.#shards) await shard.close();
  }

  #checkOpen(): void {
    if (this.#over) throw new Error('the session is closed');
  }
}
