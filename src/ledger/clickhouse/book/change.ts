import { randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { ClvError } from '../../../base/errors.ts';
import type { Book, BookHead, CountedBook } from '../../../data/books/book.ts';
import type { NewClose } from '../../../data/books/close.ts';
import type { ControlTotals } from '../../../data/transactions.ts';
import type { BookChange, ClosedCustomers } from '../../book-change.ts';
import type { Staging } from '../../book-store.ts';
import { VALUED } from '../../exports.ts';
import type { Ledger } from '../../ledger.ts';
import { addIncoming, type BookWriter } from '../../steps/books/add.ts';
import { hashesUpTo, mustHoldClose } from '../../steps/books/closes.ts';
import { keptNames, mustBeLast, nextNumber } from '../../steps/books/tables.ts';
import { splitSegment } from '../../steps/sql.ts';
import { count, units } from '../../store.ts';
import type { BookAddress } from '../address.ts';
import { LAST_DATE } from '../fill.ts';
import type { ClickHouseStore } from '../store.ts';
import { dropRuns } from './clean.ts';
import { CLOSING, createTables, incomingColumns } from './creation.ts';
import { closedBy, namesOf, tableNamed, writtenBy } from './tables.ts';
import { type Content, type Version, Versions } from './versions.ts';
import { BookView } from './view.ts';

/** Where a change is made. */
interface Place {
  readonly store: ClickHouseStore;
  readonly address: BookAddress;
  /** The book as it was named. */
  readonly named: string;
  readonly staging: () => Promise<Staging>;
  readonly signal: AbortSignal;
}

/**
 * Changes a book as a whole, or not at all: rows are written under runs that no version names yet, and all of them count from
 * the moment in which the next version is in force. Of two changes at once the second to end is refused; what a run that failed
 * or was killed has left, a later one drops.
 * @throws ClvError E442 to E449, E483, E521 to E524
 */
export async function changeBook<T>(place: Place, work: (change: BookChange) => Promise<T>): Promise<T> {
  const versions = new Versions(place.store, place.address, place.named);
  const before = await versions.newest();
  const change = new Change(place, before);
  const done = await work(change).catch(async (error: unknown) => {
    // What another run has dropped of this one, since that came first, is no fault of the figures.
    const now = error instanceof ClvError && error.code === 'E501' ? await versions.newest() : before;
    throw (now?.number ?? 0) > (before?.number ?? 0) ? new ClvError('E524', {}, { file: place.named }) : error;
  });
  place.signal.throwIfAborted();
  const after = change.version;
  if (after === null || after.content === before?.content) return done;
  await versions.write(after);
  // The change is made: what is left over hurts nobody, and the next one tries again.
  await cleaned(place, versions, before, after).catch(() => {});
  return done;
}

async function cleaned(place: Place, versions: Versions, before: Version | null, after: Version): Promise<void> {
  await versions.clean(after.number);
  const named = [before, after].flatMap((version) =>
    version === null
      ? []
      : [version.content.runs.adds, version.content.runs.closes].flatMap((runs) => Object.values(runs)),
  );
  await dropRuns(place.store, namesOf(place.address, after.content.cluster), after, new Set(named));
}

/** The next version of a book while it is made. Every step writes what it adds, and makes a content of what there was. */
class Change implements BookChange {
  readonly #place: Place;
  /** The number of the version that is made. */
  readonly #number: number;
  #content: Content | null;

  constructor(place: Place, before: Version | null) {
    this.#place = place;
    this.#number = (before?.number ?? 0) + 1;
    this.#content = before?.content ?? null;
  }

  /** Null: there is nothing to be put in force. */
  get version(): Version | null {
    return this.#content && { number: this.#number, content: this.#content };
  }

  async book(): Promise<Book | null> {
    return this.#content && this.#view.book();
  }

  async create(head: BookHead, version: string): Promise<void> {
    const { store, address } = this.#place;
    await createTables(store, address, address.cluster, head.kept.length);
    this.#content = {
      id: randomBytes(6).toString('hex'),
      book: { ...head, version, adds: [], overlaps: [], closes: [] },
      cluster: address.cluster,
      runs: { adds: {}, closes: {} },
    };
  }

  async settle({ once, currency }: Pick<BookHead, 'once' | 'currency'>, version: string): Promise<void> {
    this.#become({ once, currency, version });
  }

  /** E521 for a day that has no place among those of a table. */
  async add(read: Parameters<BookChange['add']>[0]): ReturnType<BookChange['add']> {
    const { store, staging } = this.#place;
    const book = (await this.book())!;
    const view = this.#view;
    const columns = keptNames(book);
    const files = await staging();
    try {
      const added = await read(files.sink);
      mustHaveDates(added.totals);
      await store.fillFrom('incoming', incomingColumns(columns), await files.rows(columns));
      return await addIncoming(this.#writer(view, columns), book, added);
    } finally {
      await files.close();
    }
  }

  #writer(view: BookView, columns: readonly string[]): BookWriter {
    const { store } = this.#place;
    const run = this.#newRun();
    const names = ['customer_id', 'day', 'amount', ...columns].join(', ');
    const change = this;
    return {
      ...view.tables,
      get live() {
        return change.#view.tables.live;
      },
      insert: async (number, rows) => {
        await store.run(
          `INSERT INTO ${tableNamed('all_transactions')} (${names}, add, run) SELECT ${names}, ${number}, '${run}' FROM ${rows} AS r`,
        );
        return writtenBy([run], this.#content!.cluster);
      },
      end: async (_, rows, column) => {
        await store.run(
          `INSERT INTO ${tableNamed('all_restated')} (customer_id, add, key, run)
SELECT DISTINCT customer_id, add, ${column}, '${run}' FROM ${view.tables.live} AS t WHERE ${rows}`,
        );
      },
      note: async (add, overlaps) => {
        const { book, runs } = this.#content!;
        this.#become(
          { adds: [...book.adds, add], overlaps: [...book.overlaps, ...overlaps] },
          { ...runs, adds: { ...runs.adds, [add.number]: run } },
        );
      },
    };
  }

  async remove(number: number): Promise<void> {
    const book = (await this.book())!;
    mustBeLast(book, number);
    const ended = nextNumber(book);
    this.#become({ adds: book.adds.map((add) => (add.number === number ? { ...add, ended } : add)) });
  }

  /** What stands there in the end is counted again. */
  async close(close: NewClose, { file }: ClosedCustomers): Promise<void> {
    const { store } = this.#place;
    const book = (await this.book())!;
    const { tables } = this.#view;
    const { cluster, runs } = this.#content!;
    const run = this.#newRun();
    await store.fillFrom('closing', CLOSING, createReadStream(file));
    const list = VALUED.join(', ');
    const parts = `CASE WHEN segment = '' THEN CAST([] AS Array(String)) ELSE splitByChar('\\0', segment) END`;
    await store.run(
      `INSERT INTO ${tableNamed('all_closed')} (${list}, run) SELECT ${list.replace('segment', parts)}, '${run}' FROM closing`,
    );
    const rows = await store.rows(
      'SELECT segment, count(*) AS customers, sum(clv) AS equity FROM closing GROUP BY segment ORDER BY segment',
    );
    const segments = rows.map((row) => ({
      segment: splitSegment(String(row['segment'])),
      customers: count(row['customers']),
      value: units(row['equity']),
    }));
    mustHoldClose(close, segments);
    const [held] = await store.rows(
      `SELECT count(*) AS customers, sum(clv) AS equity FROM ${closedBy(run, cluster)} AS k`,
    );
    mustHoldClose(close, [{ customers: count(held!['customers']), value: units(held!['equity']) }]);
    const number = (book.closes.at(-1)?.number ?? 0) + 1;
    const [sha256] = await hashesUpTo(tables, book, [close.asOf]);
    const lastChange = nextNumber(book) - 1;
    this.#become(
      { closes: [...book.closes, { ...close, number, lastChange, sha256: sha256!, segments }] },
      { ...runs, closes: { ...runs.closes, [number]: run } },
    );
  }

  async reopen(number: number): Promise<void> {
    const { book, runs } = this.#content!;
    const closes = Object.fromEntries(Object.entries(runs.closes).filter(([of]) => Number(of) !== number));
    this.#become({ closes: book.closes.filter((close) => close.number !== number) }, { ...runs, closes });
  }

  async read<T>(work: (ledger: Ledger, book: CountedBook) => Promise<T>): Promise<T> {
    const view = this.#view;
    const book = await view.counted();
    return work(view.ledger(book), book);
  }

  get #view(): BookView {
    const { store, address, named } = this.#place;
    return new BookView(store, address, named, this.#content!);
  }

  #become(book: Partial<Content['book']>, runs: Content['runs'] = this.#content!.runs): void {
    const before = this.#content!;
    this.#content = { ...before, book: { ...before.book, ...book }, runs };
  }

  /** A run is named by its book and the version that it is to be in, so that it is known when it can be in none any more. */
  #newRun(): string {
    return `${this.#content!.id}-${this.#number}-${randomBytes(6).toString('hex')}`;
  }
}

function mustHaveDates({ firstDay, lastDay }: ControlTotals): void {
  if ((firstDay !== null && firstDay < 0) || (lastDay !== null && lastDay > LAST_DATE)) throw new ClvError('E521');
}
