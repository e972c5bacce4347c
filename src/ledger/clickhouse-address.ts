import { ClvError } from '../base/errors.ts';

/** Where a table stands. Never a password: that comes from the environment. */
export interface Address {
  /** Of the HTTP interface. */
  readonly url: string;
  readonly user: string;
  readonly database: string;
  readonly table: string;
  /** Whose shards each hold a part of the table. */
  readonly cluster: string | null;
}

const SCHEMES: Readonly<Record<string, { readonly protocol: string; readonly port: string }>> = {
  clickhouse: { protocol: 'http', port: '8123' },
  'clickhouse+http': { protocol: 'http', port: '8123' },
  'clickhouse+https': { protocol: 'https', port: '8443' },
  http: { protocol: 'http', port: '8123' },
  https: { protocol: 'https', port: '8443' },
};

const SCHEME = /^([a-z+]+):\/\//i;

/** True for what names a table on a server instead of a file. */
export function isAddress(text: string): boolean {
  return schemeOf(text) !== undefined;
}

function schemeOf(text: string): (typeof SCHEMES)[string] | undefined {
  return SCHEMES[SCHEME.exec(text)?.[1]?.toLowerCase() ?? ''];
}

/** `clickhouse://user@host:8123/database/table?cluster=name`. E441; no part of the text is said again. */
export function parseAddress(text: string): Address {
  const scheme = schemeOf(text)!;
  // By a scheme that the parser does not know, so that it leaves out no port.
  const url = parsed(text.replace(SCHEME, 'clickhouse://'));
  if (url.password !== '') throw wrong('has a password in it');
  if (url.hostname === '') throw wrong('names no host');
  const path = url.pathname.split('/').slice(1).filter(Boolean).map(decoded);
  if (path.length !== 2) throw wrong('must name a database and a table, and nothing else, in its path');
  const other = [...url.searchParams.keys()].find((name) => name !== 'cluster');
  if (other !== undefined || url.searchParams.getAll('cluster').length > 1) throw wrong('may have one ?cluster= only');
  return {
    url: `${scheme.protocol}://${url.hostname}:${url.port || scheme.port}`,
    user: url.username === '' ? 'default' : decoded(url.username),
    database: path[0]!,
    table: path[1]!,
    cluster: url.searchParams.get('cluster') || null,
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
