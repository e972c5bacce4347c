import { type Book, type BookDifference, liveAdds } from '../../../data/books/book.ts';
import { count, type Row, units } from '../../store.ts';
import { type BookTables, checksumOf, keptName, keptNames, sumsOf } from './tables.ts';

/**
 * Counts every row of a book, and holds it against the accounts of its adds. @returns what differs
 * @param own what differs among what this store alone has
 */
export async function differencesIn(
  tables: BookTables,
  book: Book,
  own: readonly BookDifference[],
): Promise<readonly BookDifference[]> {
  const { store } = tables;
  const counts = `SELECT add, ${sumsOf(store.dialect)}, ${checksumOf(store.dialect, keptNames(book))} AS checksum FROM ${tables.all} AS t GROUP BY add`;
  const rows = new Map((await store.rows(counts)).map((row) => [count(row['add']), row]));
  const known = new Set(book.adds.map(({ number }) => number));
  const strangers = [...rows].filter(([number]) => !known.has(number));
  return [
    ...book.adds.flatMap((add) => ofAdd(add, rows.get(add.number))),
    ...strangers.flatMap(([number, row]) =>
      unequal(`the records of number ${number}, which nobody added`, row['records'], 0),
    ),
    ...(await counting(tables, book)),
    ...own,
    ...(await openTwice(tables, book)),
    ...(await closed(tables, book)),
  ];
}

/** What differs where a count is not what is wanted. */
export function unequal(
  what: string,
  found: Row[string] | undefined,
  wanted: bigint | number,
): readonly BookDifference[] {
  return units(found) === BigInt(wanted) ? [] : [{ what, found: String(units(found)), wanted: String(wanted) }];
}

function ofAdd({ number, file, ...added }: Book['adds'][number], row: Row | undefined): readonly BookDifference[] {
  const of = (what: string): string => `${what} of number ${number} (${file.name})`;
  return [
    ...unequal(of('the transactions'), row?.['records'], added.records),
    ...unequal(of('the sum of amounts'), row?.['amount'], file.amount),
    ...unequal(of('the sum of days'), row?.['days'], added.days),
    ...unequal(of('the bytes of ids'), row?.['id_bytes'], added.idBytes),
    ...unequal(of('the checksum'), row?.['checksum'], added.checksum),
  ];
}

/** Rows that count: none of an add that was taken out, and of the others all but those that later adds restated. */
async function counting({ store, live }: BookTables, book: Book): Promise<readonly BookDifference[]> {
  const rows = await store.rows(`SELECT add, count(*) AS n FROM ${live} AS t GROUP BY add`);
  const found = new Map(rows.map((row) => [count(row['add']), units(row['n'])]));
  const living = new Set(liveAdds(book).map(({ number }) => number));
  const restated = (add: number): number =>
    book.overlaps
      .filter((one) => one.kind === 'restated' && one.earlier === add && living.has(one.add))
      .reduce((sum, one) => sum + one.records, 0);
  return book.adds.flatMap(({ number, ended, records, file }) => {
    const out = ended === null ? '' : ', which was taken out,';
    const wanted = ended === null ? records - restated(number) : 0;
    return unequal(`the transactions of number ${number} (${file.name})${out} that count`, found.get(number), wanted);
  });
}

/** Keys that count in two adds. */
async function openTwice({ store, live }: BookTables, { once, kept }: Book): Promise<readonly BookDifference[]> {
  if (once === null) return [];
  const column = keptName(kept.indexOf(once));
  const [row] = await store.rows(
    `SELECT count(*) AS n FROM (SELECT ${column} FROM ${live} AS t WHERE ${column} <> ''
GROUP BY ${column} HAVING min(add) < max(add)) AS k`,
  );
  return unequal(`values of ${once} that stand in two files`, row?.['n'], 0);
}

/** Customers and money of every close, of its segments too, which must be those that were reported. */
async function closed(tables: BookTables, { closes }: Book): Promise<readonly BookDifference[]> {
  const found: BookDifference[] = [];
  for (const { number, customers, equity, segments } of closes) {
    const [held] = await tables.store.rows(
      `SELECT count(*) AS customers, sum(clv) AS equity FROM ${tables.closed(number)} AS k`,
    );
    const reported = {
      customers: segments.reduce((sum, one) => sum + one.customers, 0),
      equity: segments.reduce((sum, one) => sum + one.value, 0n),
    };
    for (const row of [held, reported])
      found.push(
        ...unequal(`the customers of close ${number}`, row?.['customers'], customers),
        ...unequal(`the customer equity of close ${number}`, row?.['equity'], equity),
      );
  }
  return found;
}
