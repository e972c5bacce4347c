import { isoOf } from '../../../base/calendar.ts';
import { ClvError } from '../../../base/errors.ts';
import { AMOUNT_SCALE, exactText } from '../../../base/money.ts';
import type { Book, BookAdd, Overlap } from '../../../data/books/book.ts';
import { type ControlTotals, differingTotal } from '../../../data/transactions.ts';
import type { Equal, NewAdd } from '../../book-change.ts';
import { count, type Dialect, dayOrNull, type Row, totalsFrom, units } from '../../store.ts';
import { dateLiteral } from '../sql.ts';
import { type BookTables, checksumOf, keptName, keptNames, nextNumber, sumsOf } from './tables.ts';

/** A book in a store while it is changed. */
export interface BookWriter extends BookTables {
  /** Keeps rows `customer_id, day, amount, c0 …` as those of an add. @returns what is kept, as it stands after FROM */
  insert(number: number, rows: string): Promise<string>;
  /** Rows that count count no more, by this add. @param rows the condition that they fulfil @param column the one that tells transactions apart */
  end(number: number, rows: string, column: string): Promise<void>;
  /** Writes the accounts of an add. From here on its rows count. */
  note(add: BookAdd, overlaps: readonly Overlap[]): Promise<void>;
}

/**
 * Takes a file into a book whose rows stand in the table `incoming` of the store: `customer_id, day, amount, c0 …`.
 * @throws ClvError E488, E490, E501
 */
export async function addIncoming(
  tables: BookWriter,
  book: Book,
  added: NewAdd,
): Promise<{ readonly number: number; readonly equal: Equal }> {
  const { store } = tables;
  const { dialect } = store;
  const number = nextNumber(book);
  const columns = keptNames(book);
  const counted = `${sumsOf(dialect)}, min(day) AS first_day, max(day) AS last_day`;
  const [came] = await store.rows(`SELECT ${counted} FROM incoming`);
  mustBe(added.totals, came!);
  const { once } = added;
  const equal = once === null ? await equalRows(tables, added.totals, columns) : NONE;
  const known = once === null ? null : await knownAmong(tables, book, number, { ...added, once }, columns);
  const rows = known === null ? 'incoming' : known.rest;
  const [left] = known === null ? [came!] : await store.rows(`SELECT ${counted} FROM ${rows} AS i`);
  const kept = await tables.insert(number, rows);
  const [held] = await store.rows(`SELECT ${counted}, ${checksumOf(dialect, columns)} AS checksum FROM ${kept} AS t`);
  mustBe(totalsFrom(left!), held!);
  await tables.note(accountOf(number, added, held!), known?.overlaps ?? []);
  for (const name of added.single) await mustBeSingle(tables, book, name);
  return { number, equal };
}

/** E501 for rows that are not those that were counted. */
function mustBe(wanted: ControlTotals, held: Row): void {
  const differing = differingTotal(wanted, totalsFrom(held));
  if (differing) throw new ClvError('E501', differing);
}

/** @param held what stands in the book, counted there */
function accountOf(number: number, { addedAt, file, layout, options, reading }: NewAdd, held: Row): BookAdd {
  const { name, sha256, bytes, records, rejected } = file;
  return {
    number,
    addedAt,
    file: { name, sha256, bytes, records, rejected, amount: units(held['amount']) },
    records: count(held['records']),
    days: units(held['days']),
    idBytes: units(held['id_bytes']),
    checksum: units(held['checksum']),
    layout,
    options,
    reading,
    ended: null,
  };
}

const NONE: Equal = { records: 0, amount: 0n };

/** Incoming rows that are equal to some of the book in all that is kept, as many as stand in both. */
async function equalRows(
  { store, live }: BookTables,
  { firstDay, lastDay }: ControlTotals,
  columns: readonly string[],
): Promise<Equal> {
  if (firstDay === null || lastDay === null) return NONE;
  const all = ['customer_id', 'day', 'amount', ...columns].join(', ');
  const same = ['customer_id', 'day', 'amount', ...columns].map((name) => `o.${name} = n.${name}`).join(' AND ');
  const many = 'CASE WHEN n.many < o.many THEN n.many ELSE o.many END';
  const [row] =
    await store.rows(`SELECT sum(${many}) AS records, sum(${many} * CAST(n.amount AS DECIMAL(38,4))) AS total
FROM (SELECT ${all}, count(*) AS many FROM incoming GROUP BY ${all}) AS n INNER JOIN (
  SELECT ${all}, count(*) AS many FROM ${live} AS t
    WHERE day BETWEEN ${dateLiteral(firstDay)} AND ${dateLiteral(lastDay)} GROUP BY ${all}) AS o ON ${same}`);
  return { records: count(row?.['records']), amount: units(row?.['total']) };
}

/** Keys in examples of what was restated. */
const SHOWN = 3;

/**
 * The incoming rows whose key came before: all rows of a key with the same contents are dropped and counted; with other contents
 * they end those before. E490 where that is not wanted.
 * @returns the rows without those that are dropped, as they stand after FROM
 */
async function knownAmong(
  tables: BookWriter,
  book: Book,
  number: number,
  { once, restate }: { readonly once: string; readonly restate: boolean },
  columns: readonly string[],
): Promise<{ readonly rest: string; readonly overlaps: readonly Overlap[] }> {
  const { store, live } = tables;
  const { dialect } = store;
  const key = keptName(book.kept.indexOf(once));
  const content = `count(*) AS many, ${checksumOf(dialect, columns)} AS checksum`;
  await store.create('came', `SELECT ${key} AS known_key, ${content} FROM incoming WHERE ${key} <> '' GROUP BY ${key}`);
  await store.create(
    'known',
    `SELECT o.known_key AS known_key, CASE WHEN o.many = n.many AND o.checksum = n.checksum THEN 1 ELSE 0 END AS same,
  o.earlier AS earlier FROM (
  SELECT ${key} AS known_key, max(add) AS earlier, ${content} FROM ${live} AS t WHERE ${dialect.isAmong(key, 'SELECT known_key FROM came')} GROUP BY ${key}) AS o
  INNER JOIN came AS n ON o.known_key = n.known_key`,
  );
  const [differing] = await store.rows('SELECT count(*) AS n FROM known WHERE same = 0');
  const many = count(differing?.['n']);
  if (many > 0 && !restate) {
    const examples = await examplesOf(tables, key);
    throw new ClvError('E490', { count: many, column: once, examples });
  }
  const overlaps = await overlapsOf(tables, number, key, many > 0);
  if (many > 0) await tables.end(number, restatedBy(key, dialect), key);
  return {
    rest: `(SELECT * FROM incoming WHERE ${key} NOT IN (SELECT known_key FROM known WHERE same = 1))`,
    overlaps,
  };
}

/** The keys with other contents. */
const RESTATED = 'SELECT known_key FROM known WHERE same = 0';

/** Whether a row has such a key. */
function restatedBy(key: string, { isAmong }: Dialect): string {
  return isAmong(key, RESTATED);
}

/** What came again, and what is restated, by the add that it came with before. */
async function overlapsOf(
  { store, live }: BookTables,
  number: number,
  key: string,
  restated: boolean,
): Promise<readonly Overlap[]> {
  const { dialect } = store;
  const sums = sumsOf(dialect);
  const incoming = (same: 0 | 1): string =>
    `SELECT k.earlier AS earlier, ${sums} FROM incoming AS i INNER JOIN known AS k ON i.${key} = k.known_key WHERE k.same = ${same} GROUP BY k.earlier`;
  const repeated = await store.rows(incoming(1));
  const ended = restated
    ? await store.rows(
        `SELECT add AS earlier, ${sums} FROM ${live} AS t WHERE ${restatedBy(key, dialect)} GROUP BY add`,
      )
    : [];
  const instead = new Map(restated ? (await store.rows(incoming(0))).map((row) => [count(row['earlier']), row]) : []);
  const overlapOf = (kind: Overlap['kind'], row: Row): Overlap => {
    const earlier = count(row['earlier']);
    const by = kind === 'restated' ? instead.get(earlier) : undefined;
    return {
      add: number,
      earlier,
      kind,
      records: count(row['records']),
      amount: units(row['amount']),
      days: units(row['days']),
      idBytes: units(row['id_bytes']),
      newRecords: count(by?.['records']),
      newAmount: units(by?.['amount']),
    };
  };
  return [...repeated.map((row) => overlapOf('repeated', row)), ...ended.map((row) => overlapOf('restated', row))].sort(
    (a, b) => a.earlier - b.earlier || (a.kind < b.kind ? -1 : 1),
  );
}

/** The first keys with other contents, each with what was and what is, in words. */
async function examplesOf({ store, live }: BookTables, key: string): Promise<string> {
  const { dialect } = store;
  const side = (rows: string): string =>
    `SELECT ${key} AS known_key, min(customer_id) AS customer, min(day) AS first_day, sum(amount) AS total
FROM ${rows} AS r WHERE ${restatedBy(key, dialect)} GROUP BY ${key}`;
  const rows =
    await store.rows(`SELECT k.known_key AS known_key, o.customer AS old_customer, o.first_day AS old_day, o.total AS old_amount,
  n.customer AS new_customer, n.first_day AS new_day, n.total AS new_amount
FROM (${RESTATED} ORDER BY known_key LIMIT ${SHOWN}) AS k
INNER JOIN (${side(live)}) AS o ON o.known_key = k.known_key
INNER JOIN (${side('incoming')}) AS n ON n.known_key = k.known_key ORDER BY k.known_key`);
  return rows
    .map((row) => {
      const of = (which: string): string =>
        `${row[`${which}_customer`]} ${isoOf(dayOrNull(row[`${which}_day`])!)} ${exactText(units(row[`${which}_amount`]), AMOUNT_SCALE, 2)}`;
      const [was, is] = [of('old'), of('new')];
      return `"${row['known_key']}" was ${was} and is ${is === was ? 'the same with other texts' : is}`;
    })
    .join('; ');
}

/** E488 for a column that has two values in the book, as of two currencies. */
async function mustBeSingle({ store, live }: BookTables, { kept, name: file }: Book, name: string): Promise<void> {
  const column = keptName(kept.indexOf(name));
  const rows = await store.rows(
    `SELECT ${store.dialect.lower}(${column}) AS value, min(add) AS first_add FROM ${live} AS t WHERE ${column} <> ''
GROUP BY value ORDER BY first_add, value LIMIT 2`,
  );
  if (rows.length < 2) return;
  const [first, second] = rows.map((row) => String(row['value']).toUpperCase());
  throw new ClvError('E488', { what: `the column ${name}`, found: second!, wanted: first! }, { file });
}
