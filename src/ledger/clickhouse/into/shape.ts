import type { Kept } from '../../exports.ts';
import { count, type Row, units } from '../../store.ts';
import type { TableName } from '../address.ts';
import type { ClickHouseServer } from '../server.ts';

/** What answers a query. */
export type Queried = Pick<ClickHouseServer, 'rowsBy'>;

/** A table as a server has it. */
export interface TableShape {
  readonly engine: string;
  /** The engine with all that it was given, as the server writes it. */
  readonly definition: string;
  /** Names and types in order, as a text. */
  readonly columns: string;
}

/** Null for a table that is not there, or that the user may not see. */
export async function shapeOf(server: Queried, { database, table }: TableName): Promise<TableShape | null> {
  const rows = await server.rowsBy(
    `SELECT t.engine AS engine, t.engine_full AS definition, c.name AS name, c.type AS type, c.default_kind AS kind
FROM (SELECT engine, engine_full, name FROM system.tables WHERE database = {database:String} AND name = {table:String}) AS t
INNER JOIN (SELECT table, name, type, default_kind, position FROM system.columns WHERE database = {database:String} AND table = {table:String}) AS c
ON t.name = c.table ORDER BY c.position`,
    { database, table },
  );
  const [first] = rows;
  if (first === undefined) return null;
  return { engine: String(first['engine']), definition: String(first['definition']), columns: columnsOf(rows) };
}

/** @param rows of names, types, and kinds where they may not be written to */
export function columnsOf(rows: readonly Row[]): string {
  return JSON.stringify(rows.map(({ name, type, kind }) => [name, type, kind === 'DEFAULT' ? '' : (kind ?? '')]));
}

/** Rows of a table, and the sum of a column. */
export async function heldIn(server: Queried, { database, table }: TableName, column: string): Promise<Kept> {
  const [found] = await server.rowsBy(
    'SELECT count(*) AS n, sum({column:Identifier}) AS total FROM {database:Identifier}.{table:Identifier}',
    { database, table, column },
  );
  return { rows: count(found!['n']), sum: units(found!['total']) };
}

export function isEqual(one: Kept, other: Kept): boolean {
  return one.rows === other.rows && one.sum === other.sum;
}

/** What a Distributed table stands for. */
export interface Distribution {
  readonly cluster: string;
  /** The table of every shard. */
  readonly local: TableName;
  /** Whether there is a sharding key. */
  readonly keyed: boolean;
  /** What the definition says after the table, in the words of the server: the sharding key, the rest and the bracket. */
  readonly rest: string;
}

const NAME = String.raw`('[^'\\]+'|\w+)`;
const DISTRIBUTED = new RegExp(String.raw`^Distributed\(${NAME}, ${NAME}, ${NAME}(([,)]).*)$`, 's');

/** Null for what is not Distributed, or not by plain names. */
export function distributionOf({ definition }: TableShape): Distribution | null {
  const found = DISTRIBUTED.exec(definition);
  if (found === null) return null;
  const [cluster, database, table] = found.slice(1, 4).map((name) => name.replace(/^'(.*)'$/s, '$1'));
  return { cluster: cluster!, local: { database: database!, table: table! }, keyed: found[5] === ',', rest: found[4]! };
}
