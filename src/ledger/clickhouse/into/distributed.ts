import { ClvError } from '../../../base/errors.ts';
import type { Kept } from '../../exports.ts';
import type { Value } from '../../store.ts';
import { irreplaceable, nameOf, type TableName } from '../address.ts';
import type { ClickHouseServer } from '../server.ts';
import type { Results, ResultsPlace, WritingSession } from './place.ts';
import { type Distribution, distributionOf, heldIn, shapeOf, type TableShape } from './shape.ts';
import { shardsOf } from './shards.ts';
import { type Beside, beside, createLike, DROP, EXCHANGE, STAGING, stagingOf } from './staging.ts';

/**
 * Results in a Distributed table: in tables beside those that it stands for, and a Distributed one over them. Who reads the table
 * while shards exchange their parts may see new rows of one shard and old ones of another.
 */
export class DistributedResults implements ResultsPlace {
  readonly replaced: TableName;
  readonly #store: WritingSession;
  readonly #split: Distribution;
  readonly #parts: Parts;
  readonly #names: Beside;

  /** @throws ClvError E457 for a table that is not such, or of other columns, and those of shardsOf */
  static async open(
    store: WritingSession,
    target: TableName,
    shape: TableShape,
    columns: string,
  ): Promise<DistributedResults> {
    const split = distributionOf(shape);
    if (split === null) throw irreplaceable(target, `it is not known what ${shape.definition} stands for`);
    if (shape.columns !== columns) throw irreplaceable(target, 'it has not the same columns');
    const shards = await shardsOf(store, split, (problem) => irreplaceable(target, problem));
    for (const shard of shards) {
      const local = await shapeOf(shard, split.local);
      const problem = `${nameOf(split.local)} on ${shard.url} is not a MergeTree table with the same columns`;
      if (local?.engine !== 'MergeTree' || local.columns !== columns) throw irreplaceable(target, problem);
    }
    return new DistributedResults(store, target, split, new Parts(target, split.local, shards));
  }

  private constructor(store: WritingSession, target: TableName, split: Distribution, parts: Parts) {
    this.#store = store;
    this.#split = split;
    this.#parts = parts;
    this.#names = beside(target);
    this.replaced = split.local;
  }

  async create({ query, parameters }: Results): Promise<void> {
    await this.#parts.create();
    const { cluster, rest } = this.#split;
    const { database, staging } = this.#parts.names;
    // The sharding key and what follows it are no text of a user: the server has read them, and says them in its own words.
    await this.#store.run(
      `CREATE TABLE ${STAGING} ENGINE = Distributed({cluster:String}, {local:String}, {part:String}${rest}`,
      { ...this.#names, cluster, local: database, part: staging },
    );
    await this.#store.run(`INSERT INTO ${STAGING} ${query}`, { ...this.#names, ...parameters });
  }

  async held(summed: string): Promise<readonly Kept[]> {
    return [await heldIn(this.#store, stagingOf(this.#names), summed), await this.#parts.held(summed)];
  }

  /** E460 where shards are left with parts of different runs, or that is not known. */
  async swap(): Promise<void> {
    await this.#parts.exchange();
  }

  async drop(): Promise<void> {
    await Promise.allSettled([this.#store.server.run(DROP, this.#names), this.#parts.drop()]);
  }
}

/** What a shard had, and what was made there, under names that an exchange does not change. */
interface Known {
  readonly old: Value | undefined;
  readonly made: Value | undefined;
}

/** A table of the same name on every shard, and one like it beside it there, which takes its place shard by shard. */
export class Parts {
  /** The names on each shard. */
  readonly names: Beside;
  readonly #target: TableName;
  readonly #shards: readonly ClickHouseServer[];
  readonly #known = new Map<ClickHouseServer, Known>();
  #exchanging: Promise<void> | null = null;
  #over = false;

  /** @param target the table that these are the parts of */
  constructor(target: TableName, local: TableName, shards: readonly ClickHouseServer[]) {
    this.#target = target;
    this.#shards = shards;
    this.names = beside(local);
  }

  async create(): Promise<void> {
    for (const shard of this.#shards) {
      this.#checkOpen();
      await shard.run(createLike(this.names), this.names);
      const [old, made] = [await this.#idOf(shard, this.names.table), await this.#idOf(shard, this.names.staging)];
      this.#known.set(shard, { old, made });
    }
  }

  async held(column: string): Promise<Kept> {
    const parts = await Promise.all(this.#shards.map((shard) => heldIn(shard, stagingOf(this.names), column)));
    return parts.reduce((all, { rows, sum }) => ({ rows: all.rows + rows, sum: all.sum + sum }));
  }

  /** When one fails, those before it are put back. E460 where that fails too, or another run has come between. */
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
        await this.#each(this.#shards.slice(0, i + 1), async (one, { old, made }) => {
          // The one that failed too: it may have been its answer alone.
          const there = await this.#idOf(one, this.names.table);
          if (there === made) await one.run(EXCHANGE, this.names);
          return there === made || there === old;
        });
        throw error;
      }
    }
    await this.#each(this.#shards, async (one, { made }) => (await this.#idOf(one, this.names.table)) === made);
  }

  /** E460 for shards that do not answer, or where something else stands than was put there. */
  async #each(
    shards: readonly ClickHouseServer[],
    work: (shard: ClickHouseServer, known: Known) => Promise<boolean>,
  ): Promise<void> {
    const problems: string[] = [];
    for (const shard of shards) {
      try {
        const good = await work(shard, this.#known.get(shard)!);
        if (!good) problems.push(`another run has replaced the part of ${shard.url} at the same time`);
      } catch {
        problems.push(`the connection to ${shard.url} was lost when parts were exchanged`);
      }
    }
    if (problems.length === 0) return;
    throw new ClvError('E460', { table: nameOf(this.#target), problem: problems.join(', ') });
  }

  async #idOf(shard: ClickHouseServer, table: string): Promise<Value | undefined> {
    const query =
      'SELECT toString(uuid) AS id FROM system.tables WHERE database = {database:String} AND name = {name:String}';
    return (await shard.rowsBy(query, { database: this.names.database, name: table }))[0]?.['id'];
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
