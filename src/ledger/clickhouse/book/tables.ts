import { type Book, liveAdds, liveOverlaps } from '../../../data/books/book.ts';
import { type BookTables, keptName } from '../../steps/books/tables.ts';
import type { Store } from '../../store.ts';
import type { BookAddress } from '../address.ts';
import type { Parameters } from '../server.ts';

/** The tables of a book, as statements name them. */
export interface BookNames extends Parameters {
  readonly database: string;
  /** Where rows stand, on the server that is asked or on every shard. */
  readonly transactions: string;
  readonly restated: string;
  readonly closed: string;
  /** What rows are written into: the same, or tables over all shards. */
  readonly all_transactions: string;
  readonly all_restated: string;
  readonly all_closed: string;
}

/** @param cluster the cluster that the book is kept on; null: on the server that is asked */
export function namesOf({ database, book }: BookAddress, cluster: string | null): BookNames {
  const part = cluster === null ? '' : '_part';
  return {
    database,
    transactions: `${book}_transactions${part}`,
    restated: `${book}_restated${part}`,
    closed: `${book}_closed${part}`,
    all_transactions: `${book}_transactions`,
    all_restated: `${book}_restated`,
    all_closed: `${book}_closed`,
    ...(cluster !== null && { cluster }),
  };
}

/** The runs that wrote the rows of a book, by the numbers of its adds and closes: what no run in force has written is not read. */
export interface Runs {
  readonly adds: Readonly<Record<number, string>>;
  readonly closes: Readonly<Record<number, string>>;
}

/** A statement's name of a table. */
export function tableNamed(name: keyof BookNames & string): string {
  return `{database:Identifier}.{${name}:Identifier}`;
}

/** Rows that stand on the server that is asked, or on every shard, as they stand after FROM: added up where they stand. */
function standing(select: string, cluster: string | null): string {
  return cluster === null ? `(${select})` : `cluster({cluster:String}, view(${select}))`;
}

/** The same, brought together before anything else is done with them: what they are held against is on the server that is asked. */
function together(select: string, cluster: string | null): string {
  return cluster === null ? `(${select})` : `(SELECT * FROM ${standing(select, cluster)})`;
}

/** A list of runs, whose names are ours. */
function listOfRuns(runs: readonly string[]): string {
  return `(${['', ...runs].map((run) => `'${run}'`).join(', ')})`;
}

/** Whether a transaction counts. */
function counts(book: Book, runs: Runs): string {
  const live = listOfRuns(liveAdds(book).map(({ number }) => runs.adds[number]!));
  const restated = liveOverlaps(book).some(({ kind }) => kind === 'restated');
  if (!restated) return `t.run IN ${live}`;
  const key = keptName(book.kept.indexOf(book.once!));
  return `t.run IN ${live} AND (t.add, t.${key}) NOT IN (SELECT add, key FROM ${tableNamed('restated')} WHERE run IN ${live})`;
}

/** The transactions of some runs, as `BookTables` has them. */
export function writtenBy(runs: readonly string[], cluster: string | null): string {
  return together(`SELECT * FROM ${tableNamed('transactions')} AS t WHERE t.run IN ${listOfRuns(runs)}`, cluster);
}

/** The transactions that count, for a ledger. @param keys see BookRows */
export function ledgerRows(book: Book, runs: Runs, cluster: string | null, keys: string): string {
  const select = `SELECT customer_id, day, amount${keys} FROM ${tableNamed('transactions')} AS t WHERE ${counts(book, runs)}`;
  return standing(select, cluster);
}

/** A book in a store, as the SQL of all stores reads it. */
export function tablesIn(store: Store, book: Book, runs: Runs, cluster: string | null): BookTables {
  const live = together(`SELECT * FROM ${tableNamed('transactions')} AS t WHERE ${counts(book, runs)}`, cluster);
  return {
    store,
    all: writtenBy(Object.values(runs.adds), cluster),
    live,
    dated: live,
    closed: (number) => closedBy(runs.closes[number] ?? '', cluster),
  };
}

/** The customers of a close, by the run that wrote them. */
export function closedBy(run: string, cluster: string | null): string {
  return together(`SELECT customer_id, clv FROM ${tableNamed('closed')} WHERE run = '${run}'`, cluster);
}
