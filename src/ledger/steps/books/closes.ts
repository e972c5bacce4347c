import { createHash } from 'node:crypto';
import { ClvError } from '../../../base/errors.ts';
import type { Book } from '../../../data/books/book.ts';
import type { NewClose } from '../../../data/books/close.ts';
import type { Reported } from '../../../data/movement.ts';
import { count, units } from '../../store.ts';
import { dateLiteral } from '../sql.ts';
import { type BookTables, checksumOf, keptNames, nextNumber, sumsOf } from './tables.ts';

/** E501 for a close whose segments do not hold the customers and the money that it counts. */
export function mustHoldClose(close: NewClose, segments: readonly Omit<Reported, 'segment'>[]): void {
  const pairs = [
    ['customers of the close', BigInt(close.customers), BigInt(segments.reduce((sum, one) => sum + one.customers, 0))],
    ['customer equity of the close', close.equity, segments.reduce((sum, one) => sum + one.value, 0n)],
  ] as const;
  for (const [what, reader, ledger] of pairs)
    if (reader !== ledger) throw new ClvError('E501', { what, reader: String(reader), ledger: String(ledger) });
}

/** The hashes of what the rows of a book that count add up to, up to each of some days in order. One pass over the rows. */
export async function hashesUpTo(
  { store, live }: BookTables,
  book: Book,
  days: readonly number[],
): Promise<readonly string[]> {
  const cases = days.map((day, i) => `WHEN day <= ${dateLiteral(day)} THEN ${i}`);
  const checksum = checksumOf(store.dialect, keptNames(book));
  const parts =
    await store.rows(`SELECT CASE ${cases.join(' ')} END AS part, ${sumsOf(store.dialect)}, ${checksum} AS checksum
FROM ${live} AS t WHERE day <= ${dateLiteral(days.at(-1)!)} GROUP BY part`);
  return days.map((_, i) => {
    const upTo = parts.filter((row) => count(row['part']) <= i);
    const sums = ['records', 'amount', 'days', 'id_bytes', 'checksum'].map((name) =>
      upTo.reduce((sum, row) => sum + units(row[name]), 0n),
    );
    return createHash('sha256').update(sums.join(' ')).digest('hex');
  });
}

/** The numbers of the closes of a book whose rows, up to the day of the close, are others today. */
export async function changedIn(tables: BookTables, book: Book): Promise<ReadonlySet<number>> {
  const { closes } = book;
  if (closes.every(({ lastChange }) => lastChange === nextNumber(book) - 1)) return new Set();
  const hashes = await hashesUpTo(
    tables,
    book,
    closes.map(({ asOf }) => asOf),
  );
  return new Set(closes.filter(({ sha256 }, i) => hashes[i] !== sha256).map(({ number }) => number));
}
