import { isoOf } from '../base/calendar.ts';
import { AMOUNT_SCALE, exactText, grouped } from '../base/money.ts';
import { type Book, type BookAdd, type CountedBook, liveAdds, liveOverlaps } from '../data/books/book.ts';
import { listOf, objectOf } from '../data/lists.ts';
import type { Cell, Column, Fact, Report, Section, View } from '../data/report.ts';
import { heading } from './found.ts';

/** What is told of a book: what it holds, its files and its columns. */

export const BOOK: readonly Column[] = [
  { name: 'name', kind: 'text' },
  { name: 'format', kind: 'integer' },
  { name: 'version', kind: 'text' },
  { name: 'customer', kind: 'text' },
  { name: 'date', kind: 'text' },
  { name: 'amount', kind: 'text' },
  { name: 'currency', kind: 'text' },
  { name: 'once', kind: 'text' },
  { name: 'files', kind: 'integer' },
  { name: 'transactions', kind: 'integer' },
  { name: 'amount_total', kind: 'money' },
  { name: 'customers', kind: 'integer' },
  { name: 'first_day', kind: 'date' },
  { name: 'last_day', kind: 'date' },
  { name: 'restated_records', kind: 'integer' },
  { name: 'restated_from', kind: 'money' },
  { name: 'restated_to', kind: 'money' },
];

export const ADDS: readonly Column[] = [
  { name: 'number', kind: 'integer' },
  { name: 'added_at', kind: 'text' },
  { name: 'file', kind: 'text' },
  { name: 'sha256', kind: 'text' },
  { name: 'bytes', kind: 'integer' },
  { name: 'records', kind: 'integer' },
  { name: 'rejected', kind: 'integer' },
  { name: 'transactions', kind: 'integer' },
  { name: 'amount', kind: 'money' },
  { name: 'repeated', kind: 'integer' },
  { name: 'restates', kind: 'integer' },
  { name: 'restated_from', kind: 'money' },
  { name: 'restated_to', kind: 'money' },
  { name: 'layout', kind: 'text' },
  { name: 'options', kind: 'text' },
  { name: 'ended', kind: 'integer' },
];

export const COLUMNS: readonly Column[] = [
  { name: 'name', kind: 'text' },
  { name: 'kept', kind: 'text' },
];

const money = (units: bigint): string => exactText(units, AMOUNT_SCALE, 2);

/** How a report tells of a book. */
export interface BookTold {
  readonly command: string;
  /** The list that is told first; the others stand in the document. */
  readonly main: 'book' | 'adds';
  /** Numbers of the adds that are told of. */
  readonly adds: readonly number[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  /** What was counted and is as it should be. */
  readonly checked?: readonly string[];
}

/** The report of the words of `clv ledger`. */
export function bookReport(book: CountedBook, { command, main, adds: numbers, warnings, checked }: BookTold): Report {
  const row = bookRow(book);
  const told = book.adds.filter(({ number }) => numbers.includes(number));
  const adds = listOf(
    'adds',
    ADDS,
    told.map((add) => addRow(book, add)),
  );
  return {
    command,
    document: [
      ...heading(command),
      ['warnings', warnings.map(({ code, message }) => ({ code, message }))],
      ['book', objectOf(BOOK, row)],
      ...(checked ? [['checked', checked] as const] : []),
      ['columns', columnsOf(book)],
      ['adds', adds],
    ],
    sections: [listOf('book', BOOK, [row])],
    main,
    views: [
      { type: 'facts', title: `The book ${book.name}`, facts: bookFacts(book, checked) },
      ...(main === 'adds' || told.length > 0 ? [addsView(book, told)] : []),
    ],
  };
}

function restatedIn(book: Book, of: (overlap: Book['overlaps'][number]) => boolean) {
  const found = liveOverlaps(book).filter((one) => one.kind === 'restated' && of(one));
  return {
    records: found.reduce((sum, { records }) => sum + records, 0),
    from: found.reduce((sum, { amount }) => sum + amount, 0n),
    to: found.reduce((sum, { newAmount }) => sum + newAmount, 0n),
  };
}

/** Transactions that count, and their money. */
function heldBy(book: Book) {
  const adds = liveAdds(book);
  const restated = restatedIn(book, () => true);
  return {
    transactions: adds.reduce((sum, { records }) => sum + records, 0) - restated.records,
    amount: adds.reduce((sum, { file }) => sum + file.amount, 0n) - restated.from,
    restated,
  };
}

function bookRow(book: CountedBook): readonly Cell[] {
  const { transactions, amount, restated } = heldBy(book);
  const day = (value: number | null): Cell => (value === null ? null : isoOf(value));
  return [
    book.name,
    String(book.format),
    book.version,
    book.customer,
    book.date,
    book.amount,
    book.currency,
    book.once,
    String(liveAdds(book).length),
    String(transactions),
    money(amount),
    String(book.customers),
    day(book.firstDay),
    day(book.lastDay),
    String(restated.records),
    money(restated.from),
    money(restated.to),
  ];
}

function addRow(book: Book, { number, addedAt, file, records, layout, options, ended }: BookAdd): readonly Cell[] {
  const repeated = book.overlaps.filter(({ add, kind }) => add === number && kind === 'repeated');
  const restated = restatedIn(book, ({ add }) => add === number);
  return [
    String(number),
    addedAt,
    file.name,
    file.sha256,
    String(file.bytes),
    String(file.records),
    String(file.rejected),
    String(records),
    money(file.amount),
    String(repeated.reduce((sum, one) => sum + one.records, 0)),
    String(restated.records),
    money(restated.from),
    money(restated.to),
    layout,
    options,
    ended === null ? null : String(ended),
  ];
}

function columnsOf({ header, kept, customer, date, amount }: Book): Section {
  const rows = header.map((name): readonly Cell[] => {
    const role = name === customer ? 'customer' : name === date ? 'date' : name === amount ? 'amount' : null;
    return [name, role ?? (kept.includes(name) ? 'text' : null)];
  });
  return listOf('columns', COLUMNS, rows);
}

function bookFacts(book: CountedBook, checked: readonly string[] | undefined): readonly Fact[] {
  const { transactions, amount, restated } = heldBy(book);
  const many = (value: number): string => grouped(String(value));
  const sum = (value: bigint): string => `${grouped(money(value))}${book.currency === null ? '' : ` ${book.currency}`}`;
  const days =
    book.firstDay === null || book.lastDay === null ? 'none' : `${isoOf(book.firstDay)} to ${isoOf(book.lastDay)}`;
  return [
    { label: 'Read as', value: `${book.amount} by ${book.customer} on ${book.date}` },
    { label: 'Files', value: many(liveAdds(book).length) },
    { label: 'Transactions', value: many(transactions) },
    { label: 'Amounts', value: sum(amount) },
    { label: 'Customers', value: many(book.customers) },
    { label: 'Days', value: days },
    { label: 'Columns kept', value: book.kept.filter((name) => book.header.includes(name)).join(', ') || 'none' },
    ...(book.once === null ? [] : [{ label: 'Told apart by', value: book.once }]),
    ...(restated.records === 0
      ? []
      : [
          {
            label: 'Restated',
            value: `${many(restated.records)} records of ${sum(restated.from)}, now ${sum(restated.to)}`,
          },
        ]),
    { label: 'Format', value: `${book.format}, written by clv ${book.version}` },
    ...(checked ? [{ label: 'Checked', value: checked.join(', ') }] : []),
  ];
}

/** The files for a person, without what only some have. */
function addsView(book: Book, told: readonly BookAdd[]): View {
  const has = (of: (add: BookAdd) => boolean): boolean => told.some(of);
  const came = (number: number, kind: 'repeated' | 'restated'): boolean =>
    book.overlaps.some((one) => one.add === number && one.kind === kind);
  const named = {
    number: 'Number',
    file: 'File',
    sha256: 'Hash',
    bytes: 'Bytes',
    records: 'Records',
    ...(has(({ file }) => file.rejected > 0) && { rejected: 'Rejected' }),
    transactions: 'Transactions',
    amount: 'Amount',
    ...(has(({ number }) => came(number, 'repeated')) && { repeated: 'Came before' }),
    ...(has(({ number }) => came(number, 'restated')) && { restates: 'Restates' }),
    ...(has(({ layout }) => layout !== null) && { layout: 'Layout' }),
    ...(has(({ ended }) => ended !== null) && { ended: 'Taken out by' }),
  };
  return {
    type: 'section',
    title: 'Files',
    section: listOf(
      'files',
      ADDS,
      told.map((add) => addRow(book, { ...add, file: { ...add.file, sha256: add.file.sha256.slice(0, HASH_DIGITS) } })),
    ),
    columns: Object.entries(named).map(([name, heading]) => ({ name, heading })),
  };
}

/** First digits of a hash, which tell a file from the others and take it out by name. */
const HASH_DIGITS = 8;
