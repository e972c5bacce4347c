import { type Book, type BookAdd, liveAdds, liveOverlaps, type Overlap } from '../../data/books/book.ts';
import type { FileInput, TableSource } from '../../data/inputs.ts';
import { type ControlTotals, GIVEN_BACK } from '../../data/transactions.ts';
import { type Account, Accounts } from '../rows/accounts.ts';
import { folded } from '../rows/ids.ts';
import type { RejectsSummary } from '../rows/rejects.ts';
import { belowNothing, type LoadResult, type Transactions } from '../transactions.ts';
import { type StoredReading, type StoredResult, unstored } from './stored.ts';

/** Transactions that stand in a book: they were read when they were added. */
export function bookTransactions(book: Book): Transactions {
  const { mapping, described, ids, round } = unstored<StoredReading>(book.reading);
  const adds = liveAdds(book).map((add) => ({ add, result: unstored<StoredResult>(add.reading) }));
  const results = adds.map(({ result }) => result);
  const rates = [...new Set(results.flatMap((one) => one.rates ?? []))];
  return {
    header: book.header,
    mapping: { ...mapping, detected: [] },
    description: { ...described, rates: rates.length > 0 ? rates.join(', ') : null },
    netsRefunds: book.kept.includes(GIVEN_BACK),
    tables: tablesOf(results),
    customerId: (text) =>
      folded(text, { ...ids, alias: ids.alias && { customers: ids.alias.customers, source: NO_SOURCE } }),
    load: async () => ({ ...together(book, adds), roundedAmounts: round, inBook: true }),
    eachAccepted: async () => {
      throw new TypeError('a book is not read row by row');
    },
    // A book is replaced, never changed: what was opened stays as it was.
    verifyUnchanged: async () => {},
  };
}

/** The calendar that the dates of a book tell; null where none does. */
export function calendarOf(book: Book): LoadResult['calendar'] {
  const found = liveAdds(book).map((add) => unstored<StoredResult>(add.reading).calendar);
  return found.find((one) => one !== null) ?? null;
}

const NO_SOURCE: TableSource = { name: '', sha256: '', bytes: 0, records: 0 };

function tablesOf(results: readonly StoredResult[]): readonly TableSource[] {
  const found = new Map(results.flatMap(({ tables }) => tables.map((one) => [`${one.name}\0${one.sha256}`, one])));
  return [...found.values()];
}

interface ReadAdd {
  readonly add: BookAdd;
  readonly result: StoredResult;
}

/** What was found in reading all adds that count, as if it had been found in one reading. */
function together(book: Book, adds: readonly ReadAdd[]): Omit<LoadResult, 'roundedAmounts' | 'inBook'> {
  const results = adds.map(({ result }) => result);
  const totals = totalsOf(book);
  const mattering = [...new Set(results.filter((one) => one.markMatters).map((one) => one.decimalMark))];
  const [first] = results;
  const warnings = results.flatMap((one) => one.warnings.filter(({ code }) => code !== 'W365'));
  return {
    files: adds.map(({ add }): FileInput => ({ ...add.file, plain: false })),
    table: null,
    totals,
    idKinds: new Set(results.some((one) => one.idsAsIs) ? [] : results.flatMap((one) => [...one.idKinds])),
    dateFormat: [...new Set(results.map((one) => one.dateFormat))].join(', '),
    datesRead: [...new Set(results.map((one) => one.datesRead))].join(', '),
    calendar: calendarOf(book),
    decimalMark: mattering[0] ?? first?.decimalMark ?? '.',
    // Of two marks none can be said to be that of the amounts.
    markMatters: mattering.length === 1,
    currency: results.map((one) => one.currency).find((one) => one !== null) ?? null,
    rejects: rejectsOf(results),
    accounts: accountsOf(book, adds),
    blanks: summed(results.map((one) => one.blanks)),
    warnings: [...distinct(warnings), ...belowNothing(totals, book.date)],
    leftOut: distinct(results.flatMap((one) => one.leftOut)),
    idleZone: first !== undefined && results.every((one) => one.idleZone !== null) ? first.idleZone : null,
  };
}

function distinct<T>(values: readonly T[]): readonly T[] {
  return [...new Map(values.map((one) => [JSON.stringify(one), one])).values()];
}

function summed<K>(counts: readonly ReadonlyMap<K, number>[]): ReadonlyMap<K, number> {
  const sums = new Map<K, number>();
  for (const some of counts) for (const [key, count] of some) sums.set(key, (sums.get(key) ?? 0) + count);
  return sums;
}

/** What the adds brought, less what was restated: what the transactions that count must add up to. */
function totalsOf(book: Book): ControlTotals {
  const sums = { records: 0, amount: 0n, days: 0n, idBytes: 0n };
  const add = (sign: 1 | -1, { records, amount, days, idBytes }: typeof sums): void => {
    sums.records += sign * records;
    sums.amount += BigInt(sign) * amount;
    sums.days += BigInt(sign) * days;
    sums.idBytes += BigInt(sign) * idBytes;
  };
  for (const { file, ...counted } of liveAdds(book)) add(1, { ...counted, amount: file.amount });
  for (const overlap of restated(book)) add(-1, overlap);
  return { ...sums, firstDay: book.firstDay, lastDay: book.lastDay };
}

function restated(book: Book): readonly Overlap[] {
  return liveOverlaps(book).filter(({ kind }) => kind === 'restated');
}

/** Records that are no transactions, with those that came again, and those that a later file restates. */
function accountsOf(book: Book, adds: readonly ReadAdd[]): readonly Account[] {
  const accounts = new Accounts(undefined);
  const nowhere = () => ({ file: '' });
  for (const { result } of adds)
    for (const { kind, column, value, reason, records, amount } of result.accounts)
      accounts.add(kind, amount, nowhere, column === null ? null : { column, value: value!, reason: reason! }, records);
  const names = new Map(book.adds.map(({ number, file }) => [number, file.name]));
  for (const { kind, add, records, amount } of liveOverlaps(book)) {
    if (kind === 'repeated') accounts.add('repeated', amount, nowhere, null, records);
    else {
      const by = { column: book.once!, value: names.get(add)!, reason: 'restated by that file' };
      accounts.add('left_out', amount, nowhere, by, records);
    }
  }
  return accounts.result;
}

function rejectsOf(results: readonly StoredResult[]): RejectsSummary {
  const rejects = results.map((one) => one.rejects);
  return {
    total: rejects.reduce((sum, { total }) => sum + total, 0),
    samples: rejects.flatMap(({ samples }) => samples),
    counts: summed(rejects.map(({ counts }) => counts)),
  };
}
