import { ClvError } from '../../base/errors.ts';

/** A table of a server. */
export interface TableName {
  readonly database: string;
  readonly table: string;
}

/** A server, and who asks it. Never a password: that comes from the environment. */
export interface ServerAddress {
  /** Of the HTTP interface. */
  readonly url: string;
  readonly user: string;
  /** The cluster whose shards each hold a part; null where one server holds it all. */
  readonly cluster: string | null;
}

/** The address of a table. */
export interface Address extends ServerAddress, TableName {}

/** The address of a book. */
export interface BookAddress extends ServerAddress {
  readonly database: string;
  readonly book: string;
}

const SCHEMES: Readonly<Record<string, { readonly protocol: string; readonly port: string }>> = {
  clickhouse: { protocol: 'http', port: '8123' },
  'clickhouse+http': { protocol: 'http', port: '8123' },
  'clickhouse+https': { protocol: 'https', port: '8443' },
  http: { protocol: 'http', port: '8123' },
  https: { protocol: 'https', port: '8443' },
};

const SCHEME = /^([a-z+]+):\/\//i;

/** True for what names a table, or a book, on a server instead of a file. */
export function isAddress(text: string): boolean {
  return schemeOf(text) !== undefined;
}

/** True for what names a book on a server. */
export function isBookAddress(text: string): boolean {
  return isAddress(text) && /[?&]book=/.test(text);
}

function schemeOf(text: string): (typeof SCHEMES)[string] | undefined {
  return SCHEMES[SCHEME.exec(text)?.[1]?.toLowerCase() ?? ''];
}

/** What the client escapes in a name, and the server does not take back. */
const ESCAPED = /['\\\t\n\r]/;

/** True for the name of a database, a table or a column that cannot be sent as it is. */
export function isUnsendable(name: string): boolean {
  return ESCAPED.test(name);
}

/** How `isUnsendable` is said. */
export const UNSENDABLE = "a single quote ('), a backslash, a tab or a line break in it, which cannot be sent";

/**
 * The table that results are kept in: `table` beside the one that is read, or `database.table`; either may be blank.
 * E457 for the one that is read, or a name that cannot be sent.
 */
export function targetTable(name: string, address: Address): TableName {
  const dot = name.indexOf('.');
  const [database, table] = dot < 0 ? [address.database, name] : [name.slice(0, dot), name.slice(dot + 1)];
  const target = { database, table };
  if (isSame(target, address)) throw irreplaceable(target, 'it is the table that is read');
  if (isUnsendable(name)) throw irreplaceable(target, `its name has ${UNSENDABLE}`);
  return target;
}

export function isSame(one: TableName, other: TableName): boolean {
  return one.database === other.database && one.table === other.table;
}

export function nameOf({ database, table }: TableName): string {
  return `${database}.${table}`;
}

/** E457. */
export function irreplaceable(table: TableName, problem: string): ClvError {
  return new ClvError('E457', { table: nameOf(table), problem });
}

/** An identifier as SQL text. */
export function quoted(name: string): string {
  return `\`${name.replaceAll(/[\\`]/g, '\\$&')}\``;
}

/** `clickhouse://user@host:8123/database/table?cluster=name`. E441; no part of the text is said again. */
export function parseAddress(text: string): Address {
  const { path, values, ...server } = parsedParts(text, ['cluster']);
  if (path.length !== 2) throw wrong('must name a database and a table, and nothing else, in its path');
  return { ...server, database: path[0]!, table: path[1]!, cluster: values.get('cluster') ?? null };
}

/** What the tables of a book are named by. */
const BOOK_NAME = /^[A-Za-z_]\w*$/;

/** `clickhouse://user@host:8123/database?book=name&cluster=name`. E441; no part of the text is said again. */
export function parseBookAddress(text: string): BookAddress {
  const { path, values, ...server } = parsedParts(text, ['book', 'cluster']);
  const book = values.get('book')!;
  if (path.length !== 1) throw wrong('must name a database, and nothing else, in its path where it names a book');
  if (!BOOK_NAME.test(book)) throw wrong('names a book with other characters than letters, digits and _');
  return { ...server, database: path[0]!, book, cluster: values.get('cluster') ?? null };
}

interface Parts extends Pick<ServerAddress, 'url' | 'user'> {
  readonly path: readonly string[];
  readonly values: ReadonlyMap<string, string>;
}

/** @param known the names that may have a value */
function parsedParts(text: string, known: readonly string[]): Parts {
  const scheme = schemeOf(text)!;
  // By a scheme that the parser does not know, so that it leaves out no port.
  const url = parsed(text.replace(SCHEME, 'clickhouse://'));
  if (url.password !== '') throw wrong('has a password in it');
  if (url.hostname === '') throw wrong('names no host');
  const path = url.pathname.split('/').slice(1).filter(Boolean).map(decoded);
  if (path.some(isUnsendable)) throw wrong(`names a database or a table with ${UNSENDABLE}`);
  if (text.includes('#')) throw wrong('has a # in it (as a part of a name it is %23)');
  const names = [...url.searchParams.keys()];
  if (new Set(names).size < names.length || names.some((name) => !known.includes(name)))
    throw wrong(`may have one ${known.map((name) => `?${name}=`).join(' and one ')} only`);
  const values = new Map(url.searchParams);
  const empty = names.find((name) => values.get(name) === '');
  if (empty !== undefined) throw wrong(`has a ?${empty}= without a name`);
  return {
    url: `${scheme.protocol}://${url.hostname}:${url.port || scheme.port}`,
    user: url.username === '' ? 'default' : decoded(url.username),
    path,
    values,
  };
}

function parsed(text: string): URL {
  try {
    return new URL(text);
  } catch {
    throw wrong('is no address');
  }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw wrong('has a percent sign that escapes nothing');
  }
}

function wrong(problem: string): ClvError {
  return new ClvError('E441', { problem });
}
