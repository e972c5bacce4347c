import { randomBytes } from 'node:crypto';
import { ClvError } from '../base/errors.ts';
import { type Address, targetOf } from './clickhouse-address.ts';
import type { ClickHouseStore } from './clickhouse-store.ts';
import { count, type Kept, units } from './store.ts';

/**
 * Writes rows into a table as a whole: into a table beside it, which is counted and summed up, and then takes its name. Who reads
 * the table sees all of the old rows or all of the new ones. What fails leaves the old ones.
 */
export class ClickHouseResults {
  readonly #store: ClickHouseStore;
  readonly #name: string;
  readonly #parameters: Readonly<Record<string, string>>;

  /** @param name `table` in the database of the address, or `database.table`. E457 for the table that is read, or a name that cannot be sent */
  constructor(store: ClickHouseStore, address: Address, name: string) {
    const { database, table } = targetOf(name, address);
    this.#store = store;
    this.#name = `${database}.${table}`;
    this.#parameters = { into: database, target: table, staging: `${table}_clv_${randomBytes(6).toString('hex')}` };
  }

  /**
   * @param names of the columns c0, c1 … of the rows
   * @throws ClvError E457 for a table that cannot be replaced, E458 when what is there is not what was written
   */
  async write(names: readonly string[], select: string, expected: Kept): Promise<void> {
    const named = names.map((_, i) => `c${i} AS {n${i}:Identifier}`);
    const columns = Object.fromEntries(names.map((name, i) => [`n${i}`, name]));
    const rows = `SELECT ${named.join(', ')} FROM (${select}) AS r`;
    const old = await this.#shapeOf('target');
    this.#store.atEnd(`DROP TABLE IF EXISTS ${STAGING} SYNC`, this.#parameters);
    await this.#run(`CREATE TABLE ${STAGING} ENGINE = MergeTree ORDER BY tuple() AS ${rows}`, columns);
    if (old !== '[]' && old !== (await this.#shapeOf('staging')))
      throw this.#refused('it is not a table of one server with the same columns');
    await this.#check(names.at(-1)!, expected);
    await this.#run(old === '[]' ? `RENAME TABLE ${STAGING} TO ${TARGET}` : `EXCHANGE TABLES ${TARGET} AND ${STAGING}`);
  }

  /** Engine and columns of a table, as a text; `[]` where there is none. */
  async #shapeOf(table: 'target' | 'staging'): Promise<string> {
    const rows = await this.#store.rows(
      `SELECT t.engine AS engine, c.name AS name, c.type AS type
FROM (SELECT engine, name FROM system.tables WHERE database = {p1:String} AND name = {p2:String}) AS t
INNER JOIN (SELECT table, name, type, position FROM system.columns WHERE database = {p1:String} AND table = {p2:String}) AS c
ON t.name = c.table ORDER BY c.position`,
      [this.#parameters['into']!, this.#parameters[table]!],
    );
    return JSON.stringify(rows);
  }

  async #check(last: string, { rows, sum }: Kept): Promise<void> {
    const [found] = await this.#store.rowsBy(`SELECT count(*) AS n, sum({last:Identifier}) AS total FROM ${STAGING}`, {
      ...this.#parameters,
      last,
    });
    const held = { rows: count(found!['n']), sum: units(found!['total']) };
    if (held.rows === rows && held.sum === sum) return;
    const text = (one: Kept): string => `${one.rows} rows of ${one.sum}`;
    throw new ClvError('E458', { table: this.#name, held: text(held), wanted: text({ rows, sum }) });
  }

  async #run(sql: string, more: Readonly<Record<string, string>> = {}): Promise<void> {
    await this.#store.run(sql, { ...this.#parameters, ...more });
  }

  #refused(problem: string): ClvError {
    return new ClvError('E457', { table: this.#name, problem });
  }
}

const TARGET = '{into:Identifier}.{target:Identifier}';
const STAGING = '{into:Identifier}.{staging:Identifier}';
