import type { Kept } from '../../store.ts';
import { irreplaceable, nameOf, type TableName } from '../address.ts';
import { Parts } from './parts.ts';
import type { Results, ResultsPlace, WritingSession } from './place.ts';
import { type Distribution, distributionOf, heldIn, shapeOf, type TableShape } from './shape.ts';
import { shardsOf } from './shards.ts';
import { type Beside, beside, DROP, STAGING, stagingOf } from './staging.ts';

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
    const shards = await shardsOf(store, target, split);
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

  async held(last: string): Promise<readonly Kept[]> {
    return [await heldIn(this.#store, stagingOf(this.#names), last), await this.#parts.held(last)];
  }

  /** E460 where shards are left with parts of different runs, or that is not known. */
  async swap(): Promise<void> {
    await this.#parts.exchange();
  }

  async drop(): Promise<void> {
    await Promise.allSettled([this.#store.server.run(DROP, this.#names), this.#parts.drop()]);
  }
}
