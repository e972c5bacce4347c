import { randomBytes, randomUUID } from 'node:crypto';
import { ClvError } from '../../../base/errors.ts';
import { taggedJson, untagged } from '../../../base/tagged-json.ts';
import type { Book } from '../../../data/books/book.ts';
import { FORMAT } from '../../steps/books/tables.ts';
import { count } from '../../store.ts';
import type { BookAddress } from '../address.ts';
import { blockOf } from '../fill.ts';
import type { Parameters } from '../server.ts';
import type { ClickHouseStore } from '../store.ts';
import type { Runs } from './tables.ts';

/** What a book says of itself in a version of it, but for its days, which are those of its rows. */
export interface Content {
  /** Tells this book from others of its name, whose rows may stand in the same tables of a cluster. */
  readonly id: string;
  readonly book: Omit<Book, 'name' | 'format' | 'firstDay' | 'lastDay'>;
  readonly cluster: string | null;
  readonly runs: Runs;
}

/** A version of a book: a change makes the next one. */
export interface Version {
  readonly number: number;
  readonly content: Content;
}

const VERSION = '{database:Identifier}.{version:Identifier}';
const STAGING = '{database:Identifier}.{staging:Identifier}';
const COLUMNS = [
  ['format', 'integer'],
  ['clv', 'text'],
  ['content', 'text'],
] as const;

/**
 * The versions of a book: tables of one row, named by their numbers, of which the one with the greatest number is in force. A
 * version is written beside and takes its name in one step, which fails where another run has given that name away: of two
 * changes of the same version one alone comes through, and who reads sees all of a change or nothing.
 */
export class Versions {
  readonly #store: ClickHouseStore;
  readonly #address: BookAddress;
  readonly #named: string;

  /** @param named the book as it was named */
  constructor(store: ClickHouseStore, address: BookAddress, named: string) {
    this.#store = store;
    this.#address = address;
    this.#named = named;
  }

  /** The version in force; null: there is no such book. E483. */
  async newest(): Promise<Version | null> {
    const numbers = (await this.#tables()).flatMap(({ number, isStaging }) => (isStaging ? [] : [number]));
    if (numbers.length === 0) return null;
    return this.#read(Math.max(...numbers)).catch((error: unknown) => {
      // Two changes have come between: there is a newer one.
      if (codeOf(error) === GONE) return this.newest();
      throw error;
    });
  }

  /** The version in force. E483, E520. */
  async mustBeThere(): Promise<Version> {
    const found = await this.newest();
    if (found !== null) return found;
    const { url, user, database, book } = this.#address;
    throw new ClvError('E520', { server: url, user, database, book });
  }

  async #read(number: number): Promise<Version> {
    const rows = await this.#store.rowsBy(`SELECT format, clv, content FROM ${VERSION}`, this.#names(number));
    const [row] = rows;
    if (rows.length !== 1)
      throw new ClvError('E486', { detail: `its version ${number} has ${rows.length} rows` }, { file: this.#named });
    const format = count(row!['format']);
    if (format > FORMAT)
      throw new ClvError('E483', { format, version: String(row!['clv']), known: FORMAT }, { file: this.#named });
    return { number, content: untagged(String(row!['content'])) as Content };
  }

  /**
   * Puts a version in force as the next one.
   * @throws ClvError E523 where the connection is lost in that moment, E524 where another run came before
   */
  async write({ number, content }: Version): Promise<void> {
    const names = { ...this.#names(number), staging: `${this.#table(number)}_${randomBytes(6).toString('hex')}` };
    const { server } = this.#store;
    this.#store.atEnd(() => server.run(`DROP TABLE IF EXISTS ${STAGING}`, names));
    await server.run(
      `CREATE TABLE ${STAGING} (format Int32, clv String, content String) ENGINE = MergeTree ORDER BY tuple()`,
      names,
    );
    const text = taggedJson(content);
    const row = blockOf(COLUMNS, 1, [[FORMAT], [content.book.version], [text]]);
    await server.insert(STAGING, [row], randomUUID(), names);
    try {
      await server.run(`RENAME TABLE ${STAGING} TO ${VERSION}`, names);
    } catch (error) {
      await this.#settle(error, names, text);
    }
  }

  /** What became of a version whose naming has failed. Returns where it has its name: its answer alone was lost. */
  async #settle(error: unknown, names: Parameters, text: string): Promise<void> {
    const { server } = this.#store;
    const lost = (): never => {
      throw new ClvError('E523', { server: server.url });
    };
    if (codeOf(error) !== TAKEN) {
      // Without the table beside there is nothing that could still be named: it was, or it never will be.
      const dropped = await server.run(`DROP TABLE ${STAGING}`, names).then(
        () => true,
        (failure: unknown) => (codeOf(failure) === GONE ? false : lost()),
      );
      if (dropped) throw error;
      const [row] = await server.rowsBy(`SELECT content FROM ${VERSION}`, names).catch(lost);
      if (row?.['content'] === text) return;
    }
    throw new ClvError('E524', {}, { file: this.#named });
  }

  /** Drops what no reader is at: versions before the one before this, and what was left beside. */
  async clean(number: number): Promise<void> {
    for (const { name, number: of, isStaging } of await this.#tables())
      if (of < number - 1 || (isStaging && of <= number))
        await this.#store.server.run(`DROP TABLE IF EXISTS ${VERSION}`, {
          database: this.#address.database,
          version: name,
        });
  }

  async #tables(): Promise<readonly { readonly name: string; readonly number: number; readonly isStaging: boolean }[]> {
    const { database, book } = this.#address;
    const rows = await this.#store.rows(
      'SELECT name FROM system.tables WHERE database = {p1:String} AND startsWith(name, {p2:String})',
      [database, `${book}_version_`],
    );
    return rows.flatMap((row) => {
      const name = String(row['name']);
      const found = /^_version_(\d+)(_[0-9a-f]{12})?$/.exec(name.slice(book.length));
      return found ? [{ name, number: Number(found[1]), isStaging: found[2] !== undefined }] : [];
    });
  }

  #table(number: number): string {
    return `${this.#address.book}_version_${number}`;
  }

  #names(number: number): Parameters {
    return { database: this.#address.database, version: this.#table(number) };
  }
}

/** The codes of the server for a name that is taken, and for a table that is not there. */
const TAKEN = 57;
const GONE = 60;

function codeOf(error: unknown): unknown {
  return error instanceof ClvError ? error.values['code'] : null;
}
