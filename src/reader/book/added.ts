import { ClvError } from '../../base/errors.ts';
import type { Book, BookHead } from '../../data/books/book.ts';
import { GIVEN_BACK } from '../../data/transactions.ts';
import type { LoadResult, OpenTransactions } from '../transactions.ts';
import { isKeyKind } from '../typed/columnar.ts';
import { type StoredReading, type StoredResult, stored, unstored } from './stored.ts';

/** An export that is to be added to a book: what the book keeps of it, and whether it is of its kind. */

/** Columns up to which all are kept. */
const NARROW = 30;

/**
 * The columns whose texts a book keeps, in the order of the header: those asked for, or all besides the roles; of a wide export
 * those that its layout mentions. Always with those that must be there to tell rows and currencies apart, and GIVEN_BACK where it
 * tells something.
 * @param asked as the header has them; null: nothing is asked
 */
export function keptColumns(transactions: OpenTransactions, asked: readonly string[] | null): readonly string[] {
  const { header, mapping, typed } = transactions;
  const roles = [mapping.customer, mapping.date, mapping.amount];
  const can = (name: string, at: number): boolean =>
    !roles.includes(name) &&
    header.indexOf(name) === header.lastIndexOf(name) &&
    (typed === null || isKeyKind(typed[at]!.kind));
  const mentioned = new Set(textsOf(transactions.description.layout));
  const wide = header.length > NARROW;
  const wanted = (name: string): boolean => asked?.includes(name) ?? (!wide || mentioned.has(name));
  const needed = new Set([...singleColumns(transactions), ...neededColumns(transactions)]);
  const kept = header.filter((name, at) => can(name, at) && (wanted(name) || needed.has(name)));
  return transactions.netsRefunds ? [...kept, GIVEN_BACK] : kept;
}

/** All texts in a value of JSON. */
function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return [value];
  if (typeof value !== 'object' || value === null) return [];
  return Object.values(value).flatMap(textsOf);
}

function neededColumns({ header, reading, watched }: OpenTransactions): readonly string[] {
  return [onceOf({ header, reading }), watched.key === null ? null : header[watched.key]!].filter(
    (name) => name !== null,
  );
}

/** The column that tells transactions apart, where an option or a layout names one. */
export function onceOf({ header, reading }: Pick<OpenTransactions, 'header' | 'reading'>): string | null {
  return reading.once === null ? null : header[reading.once]!;
}

/** Columns of currencies that were not decided upon: all files of a book must have the same in them. */
export function singleColumns({ header, watched }: OpenTransactions): readonly string[] {
  return watched.currency.flat().map((column) => header[column]!);
}

/** What a book has of its first export. @param currency what is known of it */
export function headOf(transactions: OpenTransactions, kept: readonly string[], currency: string | null): BookHead {
  const { header, mapping } = transactions;
  const { customer, date, amount } = mapping;
  return {
    header,
    kept,
    customer,
    date,
    amount,
    currency,
    once: onceOf(transactions),
    reading: stored(readingOf(transactions)),
  };
}

function readingOf({ mapping, description, reading, round }: OpenTransactions): StoredReading {
  const { foldEmail, foldIds, alias } = reading;
  return {
    mapping,
    described: description,
    ids: { foldEmail, foldIds, alias: alias && { customers: alias.customers, sha256: alias.source.sha256 } },
    round,
  };
}

/** What is kept of reading a file. */
export function resultOf(transactions: OpenTransactions, result: LoadResult): StoredResult {
  const { files: _f, table: _t, totals: _s, roundedAmounts: _r, inBook: _b, ...found } = result;
  const { tables, description } = transactions;
  return { ...found, tables, rates: description.rates, idsAsIs: transactions.knows('ids') };
}

/** E488 for an export that is not read as those of the book are. */
export function checkAlike(book: Book, transactions: OpenTransactions): void {
  const [was, is] = [unstored<StoredReading>(book.reading), readingOf(transactions)];
  const once = onceOf(transactions);
  const order = ({ described: { description } }: StoredReading): string =>
    description.order === null ? 'none' : `${description.order.column} (${description.order.lines})`;
  const yes = (given: boolean): string => (given ? 'given' : 'not given');
  mustAgree(book, 'the header', transactions.header.join(', '), book.header.join(', '));
  mustAgree(book, 'the layout', is.described.layout?.name ?? 'none', was.described.layout?.name ?? 'none');
  for (const role of ['customer', 'date', 'amount'] as const)
    mustAgree(book, `the ${role}`, is.mapping[role], was.mapping[role]);
  mustAgree(book, '--order', order(is), order(was));
  mustAgree(book, '--fold-email', yes(is.ids.foldEmail), yes(was.ids.foldEmail));
  mustAgree(book, '--fold-ids', yes(is.ids.foldIds), yes(was.ids.foldIds));
  mustAgree(book, 'the file of --alias', is.ids.alias?.sha256 ?? 'none', was.ids.alias?.sha256 ?? 'none');
  mustAgree(book, '--round-amounts', String(is.round ?? 'not given'), String(was.round ?? 'not given'));
  if (book.once !== null || (once !== null && !book.kept.includes(once)))
    mustAgree(book, '--once', once ?? 'not given', book.once ?? 'none, and the column is not kept');
}

/** E488 where both are known and differ. */
export function mustAgree(book: Book, what: string, found: string | null, wanted: string | null): void {
  if (found !== null && wanted !== null && found !== wanted)
    throw new ClvError('E488', { what, found, wanted }, { file: book.name });
}
