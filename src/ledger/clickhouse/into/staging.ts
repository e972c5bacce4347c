import { randomBytes } from 'node:crypto';
import { quoted, type TableName } from '../address.ts';
import type { Parameters } from '../server.ts';

/** Statements about a table and the one beside it that is to take its place, under the names of `beside`. */
const TABLE = '{database:Identifier}.{table:Identifier}';
export const STAGING = '{database:Identifier}.{staging:Identifier}';
export const EXCHANGE = `EXCHANGE TABLES ${TABLE} AND ${STAGING}`;
export const RENAME = `RENAME TABLE ${STAGING} TO ${TABLE}`;
/** The statement that drops the table beside, without waiting for who still reads the old rows. */
export const DROP = `DROP TABLE IF EXISTS ${STAGING}`;

/** An empty table beside one, with all that the one was given; a statement takes no parameter there. */
export function createLike({ database, table }: TableName): string {
  return `CREATE TABLE ${STAGING} AS ${quoted(database)}.${quoted(table)}`;
}

/** A table, and a name beside it that nothing else has. */
export interface Beside extends TableName, Parameters {
  readonly staging: string;
}

export function beside({ database, table }: TableName): Beside {
  return { database, table, staging: `${table}_clv_${randomBytes(6).toString('hex')}` };
}

export function stagingOf({ database, staging }: Beside): TableName {
  return { database, table: staging };
}
