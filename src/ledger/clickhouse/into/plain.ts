import type { Kept } from '../../store.ts';
import type { TableName } from '../address.ts';
import type { Results, ResultsPlace, WritingSession } from './place.ts';
import { heldIn } from './shape.ts';
import { type Beside, beside, createLike, DROP, EXCHANGE, RENAME, STAGING, stagingOf } from './staging.ts';

/** Results in a table of the server that is asked. Who reads it sees all of the old rows or all of the new ones. */
export class PlainResults implements ResultsPlace {
  readonly replaced: TableName;
  readonly #store: WritingSession;
  readonly #isNew: boolean;
  readonly #names: Beside;

  constructor(store: WritingSession, target: TableName, isNew: boolean) {
    this.#store = store;
    this.replaced = target;
    this.#isNew = isNew;
    this.#names = beside(target);
  }

  async create({ query, parameters }: Results): Promise<void> {
    const all = { ...this.#names, ...parameters };
    if (this.#isNew)
      return this.#store.run(`CREATE TABLE ${STAGING} ENGINE = MergeTree ORDER BY tuple() AS ${query}`, all);
    await this.#store.run(createLike(this.#names), this.#names);
    await this.#store.run(`INSERT INTO ${STAGING} ${query}`, all);
  }

  async held(last: string): Promise<readonly Kept[]> {
    return [await heldIn(this.#store, stagingOf(this.#names), last)];
  }

  async swap(): Promise<void> {
    await this.#store.run(this.#isNew ? RENAME : EXCHANGE, this.#names);
  }

  async drop(): Promise<void> {
    await this.#store.server.run(DROP, this.#names);
  }
}
