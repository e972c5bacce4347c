import { ClvError } from '../../base/errors.ts';
import type { TypedColumn } from '../../data/columnar.ts';
import type {
  DescribedChoice,
  DescribedRead,
  RemoteChoice,
  RemoteContent,
  RemoteRead,
  RemoteTable,
} from '../../data/remote-table.ts';
import type { Intake } from '../ledger.ts';
import { totalsFrom, units } from '../store.ts';
import { type Address, isUnsendable, UNSENDABLE } from './address.ts';
import * as sql from './columns.ts';
import { columnParameters, DescribedTable } from './described/described.ts';
import { checkFaults, countFaults } from './faults.ts';
import type { ClickHouseStore } from './store.ts';

/** Where the zone of instants is bound. */
const ZONE = '{zone:String}';
const NAME = '{database:Identifier}.{table:Identifier}';

/**
 * A table of transactions where it stands: counted and checked in the cluster, and read from there into the ledger. Names that a
 * user typed are bound as identifiers, after they were found among the columns of the table.
 */
export class ClickHouseTable implements RemoteTable, Intake {
  readonly name: string;
  readonly #store: ClickHouseStore;
  readonly #address: Address;
  #clustered = false;
  #choice: RemoteChoice | null = null;
  #described: DescribedTable | null = null;

  constructor(store: ClickHouseStore, address: Address) {
    this.#store = store;
    this.#address = address;
    this.name = `${address.database}.${address.table}`;
  }

  /** E444 for a table without columns: none, or none that the user may see; E441 for one that shards of a cluster do not each hold a part of. */
  async columns(): Promise<readonly TypedColumn[]> {
    const { database, table, cluster, user } = this.#address;
    const found = await this.#store.rows(
      'SELECT name, type FROM system.columns WHERE database = {p1:String} AND table = {p2:String} ORDER BY position',
      [database, table],
    );
    if (found.length === 0) throw new ClvError('E444', { user, detail: `the table ${this.name}` });
    this.#clustered = cluster !== null && (await this.#isShard());
    return found.map(({ name, type }) => ({ name: String(name), type: String(type), kind: sql.kindOf(String(type)) }));
  }

  /**
   * Whether every shard holds a part. A Distributed table reaches all shards by itself: each would read the whole again. What
   * else there is (a view, Buffer) may do so too, so that only what holds rows itself is read shard by shard, or a Merge table
   * over such alone.
   */
  async #isShard(): Promise<boolean> {
    const own = 'database = {p1:String} AND name = {p2:String}';
    const { database, table, cluster } = this.#address;
    const [here] = await this.#engines('system.tables', own, [database, table]);
    const everywhere = 'cluster({p3:String}, system.tables)';
    // Asked of a Distributed table too, so that a cluster that is not there is told.
    const found = await this.#engines(everywhere, own, [database, table, cluster!]);
    if (here?.engine === 'Distributed') return false;
    const members: Engine[] = [];
    for (const { merged } of found)
      if (merged) {
        const those =
          'database = {p1:String} AND match(name, {p2:String}) AND NOT (database = {p4:String} AND name = {p5:String})';
        members.push(
          ...(await this.#engines(everywhere, those, [merged.database, merged.tables, cluster!, database, table])),
        );
      }
    const plain = [here ?? UNKNOWN, ...found].filter(({ merged }) => !merged);
    const other = [...plain, ...members].find(({ engine }) => !engine.endsWith('MergeTree'))?.engine;
    if (other === undefined) return true;
    const kind = /View$/.test(other) ? 'a view' : `a table of the engine ${other}`;
    const merges = members.some(({ engine }) => engine === other) ? ', by way of Merge,' : '';
    throw new ClvError('E441', {
      problem: `names ${kind}${merges} and a cluster: whether shards hold a part of it, nobody knows`,
    });
  }

  async #engines(tables: string, condition: string, values: readonly string[]): Promise<readonly Engine[]> {
    const found = await this.#store.rows(
      `SELECT DISTINCT engine, engine_full AS definition FROM ${tables} WHERE ${condition} ORDER BY engine, definition`,
      values,
    );
    return found.map((row) => ({ engine: String(row['engine']), merged: mergedBy(String(row['definition'])) }));
  }

  /** E441 for a column whose name cannot be sent. */
  async choose(choice: RemoteChoice): Promise<RemoteRead> {
    const { customer, date, amount, keys, timezone } = choice;
    const names = [customer, date, amount, ...keys].map(({ name }) => name);
    this.#choice = choice;
    this.#bind(Object.fromEntries(names.map((name, i) => [`c${i}`, name])), timezone);
    const bound = new Map(names.map((name, i) => [name, `{c${i}:Identifier}`]));
    const test = countFaults(this.#whole, choice, (name) => bound.get(name)!, this.#zone);
    const [faults] = await this.#store.rows(test);
    checkFaults(faults!, choice, this.name);
    return this.#count();
  }

  /** E441 for a column whose name cannot be sent, and what `DescribedTable` raises. */
  async describe(choice: DescribedChoice): Promise<DescribedRead> {
    const { timezone } = choice;
    this.#bind(columnParameters(choice), timezone);
    this.#described = new DescribedTable(this.#store, choice, {
      table: this.name,
      from: NAME,
      everywhere: (select) => (this.#clustered ? throughCluster(select) : `(${select})`),
      zone: timezone === undefined ? null : ZONE,
    });
    return this.#described.read();
  }

  #bind(columns: Readonly<Record<string, string>>, timezone: string | undefined): void {
    const { database, table, cluster } = this.#address;
    const name = Object.values(columns).find(isUnsendable);
    if (name !== undefined) throw new ClvError('E441', { problem: `leads to a column "${name}" with ${UNSENDABLE}` });
    this.#store.parameters = {
      database,
      table,
      ...(this.#clustered && { cluster: cluster! }),
      ...(timezone !== undefined && { zone: timezone }),
      ...columns,
    };
  }

  get #zone(): string | null {
    return this.#choice!.timezone === undefined ? null : ZONE;
  }

  async content(): Promise<RemoteContent> {
    return this.#described ? this.#described.content() : this.#count();
  }

  async #count(): Promise<RemoteRead> {
    const [id, day, amount] = this.#expressions;
    const [row] =
      await this.#store.rows(`SELECT count(*) AS records, sum(${amount}) AS amount, sum(toInt32(${day})) AS days,
  sum(length(${id})) AS id_bytes, min(${day}) AS first_day, max(${day}) AS last_day,
  sum(cityHash64(${this.#expressions.join(', ')})) AS checksum FROM ${this.#whole}`);
    const totals = totalsFrom(row!);
    return {
      totals,
      rows: totals.records,
      checksum: units(row!['checksum']).toString(16).padStart(16, '0'),
    };
  }

  async rows(): Promise<string> {
    if (this.#described) return this.#described.transactions;
    const [id, day, amount, ...keys] = this.#expressions;
    const named = [
      `${id} AS customer_id`,
      `${day} AS day`,
      `${amount} AS amount`,
      ...keys.map((key, i) => `${key} AS k${i}`),
    ];
    const select = `SELECT ${named.join(', ')} FROM ${NAME}`;
    return this.#clustered ? throughCluster(select) : `(${select})`;
  }

  /** Customer, day, amount and keys. */
  get #expressions(): readonly string[] {
    const { customer, date, amount, keys, round } = this.#choice!;
    return [
      sql.textOf(customer, '{c0:Identifier}'),
      sql.dayOf(date, '{c1:Identifier}', this.#zone),
      sql.amountOf(amount, '{c2:Identifier}', round),
      ...keys.map((key, i) => sql.textOf(key, `{c${i + 3}:Identifier}`)),
    ];
  }

  /** The table as it stands after FROM, so that every server sums up what it holds. */
  get #whole(): string {
    return this.#clustered ? throughCluster(`SELECT * FROM ${NAME}`) : NAME;
  }

  async done(): Promise<void> {
    await this.#described?.done();
  }

  /** Nothing comes in from here. */
  async handOver(): Promise<void> {
    throw new TypeError('a table takes no files');
  }

  async append(): Promise<void> {
    throw new TypeError('a table takes no rows');
  }

  async forget(): Promise<void> {}
}

/** The engine of a table, and what it reads where it is a Merge of tables of one database. */
interface Engine {
  readonly engine: string;
  readonly merged: { readonly database: string; readonly tables: string } | null;
}

const UNKNOWN: Engine = { engine: 'unknown', merged: null };

/** Null for what is no Merge by a plain database and a pattern without an escaped character. */
function mergedBy(definition: string): Engine['merged'] {
  const found = /^Merge\('([^'\\]+)', '([^'\\]+)'\)$/.exec(definition);
  return found && { database: found[1]!, tables: found[2]! };
}

/** What a statement finds on every shard. */
function throughCluster(select: string): string {
  return `cluster({cluster:String}, view(${select}))`;
}
