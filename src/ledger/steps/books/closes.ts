import { createHash } from 'node:crypto';
import type { Day } from '../../../base/calendar.ts';
import { ClvError } from '../../../base/errors.ts';
import type { Book, BookAdd } from '../../../data/books/book.ts';
import type { NewClose } from '../../../data/books/close.ts';
import type { Reported } from '../../../data/movement.ts';
import { count, dayOrNull, units } from '../../store.ts';
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

/** What is hashed of some rows, as sumsOf and checksumOf name it. */
const SUMMED = ['records', 'amount', 'days', 'id_bytes', 'checksum'];

/** What rows add up to that all count from one of the days on. */
interface Part {
  /** Its place among the days. */
  readonly from: number;
  /** As SUMMED. */
  readonly sums: readonly bigint[];
}

/** The hashes of what the rows of a book that count add up to, up to each of some days in order. */
export async function hashesUpTo(tables: BookTables, book: Book, days: readonly Day[]): Promise<readonly string[]> {
  const spans = await spansOf(tables, book);
  const from = (day: Day): number => days.filter((other) => other < day).length;
  const [whole, others] = [[], []] as [Span[], Span[]];
  for (const span of spans) {
    const { account, records, first, last } = span;
    (account?.records === records && from(first) === from(last) ? whole : others).push(span);
  }
  const parts = [
    ...whole.map(({ account, last }) => ({ from: from(last), sums: accountedBy(account!) })),
    ...(await countedParts(tables, book, days, others)),
  ];
  return days.map((_, i) => {
    const counted = parts.filter((part) => part.from <= i);
    const sums = SUMMED.map((_name, k) => counted.reduce((sum, part) => sum + part.sums[k]!, 0n));
    return createHash('sha256').update(sums.join(' ')).digest('hex');
  });
}

/** The rows of an add that count: how many, and their days. */
interface Span {
  readonly number: number;
  readonly account: BookAdd | undefined;
  readonly records: number;
  readonly first: Day;
  readonly last: Day;
}

async function spansOf({ store, dated }: BookTables, { adds }: Book): Promise<readonly Span[]> {
  const rows = await store.rows(
    `SELECT add, count(*) AS records, min(day) AS first_day, max(day) AS last_day FROM ${dated} AS t GROUP BY add`,
  );
  const known = new Map(adds.map((add) => [add.number, add]));
  return rows.map((row) => ({
    number: count(row['add']),
    account: known.get(count(row['add'])),
    records: count(row['records']),
    first: dayOrNull(row['first_day'])!,
    last: dayOrNull(row['last_day'])!,
  }));
}

/** What the rows of an add add up to where all of them count: that was counted when it came. @returns as SUMMED */
function accountedBy({ records, file, days, idBytes, checksum }: BookAdd): readonly bigint[] {
  return [BigInt(records), file.amount, days, idBytes, checksum];
}

/** Of adds of which not all rows count, or not all from the same day on: those that do, counted in one pass. */
async function countedParts(
  { store, live }: BookTables,
  book: Book,
  days: readonly Day[],
  adds: readonly Span[],
): Promise<readonly Part[]> {
  if (adds.length === 0) return [];
  const cases = days.map((day, i) => `WHEN day <= ${dateLiteral(day)} THEN ${i}`);
  const checksum = checksumOf(store.dialect, keptNames(book));
  const numbers = adds.map(({ number }) => number).join(', ');
  const rows =
    await store.rows(`SELECT CASE ${cases.join(' ')} END AS part, ${sumsOf(store.dialect)}, ${checksum} AS checksum
FROM ${live} AS t WHERE day <= ${dateLiteral(days.at(-1)!)} AND add IN (${numbers}) GROUP BY part`);
  return rows.map((row) => ({
    from: count(row['part']),
    sums: SUMMED.map((name) => units(row[name])),
  }));
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
