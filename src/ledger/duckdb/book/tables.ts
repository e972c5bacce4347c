import type { BookHead } from '../../../data/books/book.ts';
import { GIVEN_BACK } from '../../../data/transactions.ts';
import { keptName } from '../../steps/books/tables.ts';

/** The tables of a book, as docs/ledger.md documents them. */

/** A text as an SQL literal. */
function literal(text: string): string {
  return `'${text.replaceAll("'", "''")}'`;
}

/** A name as a quoted identifier. */
function identifier(name: string): string {
  return `"${inTables(name).replaceAll('"', '""')}"`;
}

/** The name that a kept column has in the tables: that of the key which is no column has a character that SQL has none for. */
function inTables(name: string): string {
  return name === GIVEN_BACK ? 'given back' : name.replaceAll('\0', '');
}

type Columns = readonly (readonly [name: string, type: string, comment: string])[];

const TABLES: Readonly<Record<string, { readonly comment: string; readonly columns: Columns }>> = {
  book: {
    comment: 'What every file of the book has in common, in one row',
    columns: [
      ['format', 'INTEGER', 'Number of the format of these tables'],
      ['version', 'VARCHAR', 'Version of clv that wrote the book last'],
      ['customer', 'VARCHAR', 'Column of the exports that is the customer'],
      ['date', 'VARCHAR', 'Column of the exports that is the date'],
      ['amount', 'VARCHAR', 'Column of the exports that is the amount, or arithmetic over some'],
      ['currency', 'VARCHAR', 'Currency of the amounts: a code or a sign; NULL where nothing says it'],
      ['once', 'VARCHAR', 'Column that tells transactions apart; NULL: none'],
      ['reading', 'VARCHAR', 'How the rows are read, as JSON, for clv'],
    ],
  },
  columns: {
    comment: 'The columns of the exports, in their order',
    columns: [
      [
        'position',
        'INTEGER',
        'From 0; NULL: given back, no column of theirs: 1 where all of a row was given back within it',
      ],
      ['name', 'VARCHAR', 'As the header has it'],
      ['kept_as', 'VARCHAR', 'Column of the table transactions that keeps its texts; NULL: none does'],
    ],
  },
  adds: {
    comment: 'The files that were added, those that were taken out too',
    columns: [
      ['number', 'INTEGER', 'Number of the change that added it'],
      ['added_at', 'VARCHAR', 'When, in UTC'],
      ['file', 'VARCHAR', 'Its name as it was typed'],
      ['sha256', 'VARCHAR', 'Hash of its bytes'],
      ['bytes', 'BIGINT', 'Its size'],
      ['records', 'BIGINT', 'Its records'],
      ['rejected', 'BIGINT', 'Those that could not be read and were left out'],
      ['transactions', 'BIGINT', 'Those that became rows of the table transactions'],
      ['amount', 'DECIMAL(38,4)', 'The sum of their amounts'],
      ['days', 'HUGEINT', 'The sum of their days since 1970-01-01'],
      ['id_bytes', 'BIGINT', 'The sum of the lengths of their customer ids, in bytes'],
      [
        'checksum',
        'HUGEINT',
        'The sum of md5_number_lower of their texts: customer id, day, amount and kept columns, joined by chr(31)',
      ],
      ['layout', 'VARCHAR', 'The layout by which it was read; NULL: none'],
      ['options', 'VARCHAR', 'The options of reading as they were typed'],
      ['reading', 'VARCHAR', 'What was found in reading it, as JSON, for clv'],
      ['ended', 'INTEGER', 'Number of the change that took it out; NULL: it counts'],
    ],
  },
  overlaps: {
    comment: 'Records that came before: those of one add that came again or were restated in a later one',
    columns: [
      ['add', 'INTEGER', 'The later add'],
      ['earlier', 'INTEGER', 'The earlier add'],
      ['kind', 'VARCHAR', 'repeated: records of the later were dropped; restated: those of the earlier were ended'],
      ['records', 'BIGINT', 'How many were dropped or ended'],
      ['amount', 'DECIMAL(38,4)', 'The sum of their amounts'],
      ['days', 'HUGEINT', 'The sum of their days since 1970-01-01'],
      ['id_bytes', 'BIGINT', 'The sum of the lengths of their customer ids, in bytes'],
      ['new_records', 'BIGINT', 'Of restated: the records in their place'],
      ['new_amount', 'DECIMAL(38,4)', 'The sum of their amounts'],
    ],
  },
  closes: {
    comment: 'Valuations as they were reported, one a close',
    columns: [
      ['number', 'INTEGER', 'From 1'],
      ['as_of', 'DATE', 'The day of the valuation'],
      ['closed_at', 'VARCHAR', 'When it was made, in UTC'],
      ['version', 'VARCHAR', 'Version of clv that made it'],
      ['options', 'VARCHAR', 'The options as they were typed'],
      ['choices', 'VARCHAR', 'What they and the data decided, as JSON'],
      ['margins', 'VARCHAR', 'What was taken as margin, as JSON'],
      ['model', 'VARCHAR', 'The parameters, as JSON: a file for --use-model'],
      ['currency', 'VARCHAR', 'ISO code; NULL: none was given'],
      ['digits', 'INTEGER', 'Decimals of the minor unit'],
      ['segment_columns', 'VARCHAR[]', 'The columns of --by'],
      ['customers', 'BIGINT', 'How many were valued'],
      ['expected_active', 'DOUBLE', 'The sum of their P(alive)'],
      ['revenue', 'DECIMAL(38,4)', 'Their revenue up to the day'],
      ['margin', 'DECIMAL(38,10)', 'Their margin up to the day'],
      ['customer_equity', 'BIGINT', 'The sum of their CLVs in minor units'],
      ['last_change', 'INTEGER', 'Number of the last add, or taking out of one, before it'],
      [
        'sha256',
        'VARCHAR',
        'Hash of what the rows up to the day add up to: records, amounts and days as in adds, bytes of ids, checksum',
      ],
    ],
  },
  close_segments: {
    comment: 'The segments of a close',
    columns: [
      ['close', 'INTEGER', 'Number of the close'],
      ['segment', 'VARCHAR[]', 'Its values of the segment columns'],
      ['customers', 'BIGINT', 'How many were valued'],
      ['customer_equity', 'BIGINT', 'The sum of their CLVs in minor units'],
    ],
  },
  close_customers: {
    comment: 'The customers of a close',
    columns: [
      ['close', 'INTEGER', 'Number of the close'],
      ['customer', 'INTEGER', 'Key of the table customers'],
      ['segment', 'VARCHAR[]', 'The segment in which it counts'],
      ['x', 'BIGINT', 'Repeat purchases'],
      ['recency', 'BIGINT', 'Days from the first purchase to the last'],
      ['age', 'BIGINT', 'Days from the first purchase to the day of the close'],
      ['mean', 'DOUBLE', 'Mean margin of a purchase; 0 where there is none to tell'],
      ['p_alive', 'DOUBLE', 'P(alive)'],
      ['dert', 'DOUBLE', 'Discounted expected purchases to come'],
      ['clv', 'BIGINT', 'CLV in minor units'],
    ],
  },
  customers: {
    comment: 'Every customer id once',
    columns: [
      ['customer', 'INTEGER', 'The key by which transactions name it'],
      ['customer_id', 'VARCHAR', 'The id as in the exports, folded as the reading says'],
    ],
  },
};

/** What `summarise` makes of the transactions. */
const SUMMARY = {
  customer_days: {
    comment: 'The transactions that count by customer and day: kept up with each change of them',
    columns: [
      ['customer', 'INTEGER', 'Key of the table customers'],
      ['day', 'DATE', 'The day'],
      ['records', 'BIGINT', 'How many transactions there are'],
      [
        'revenue',
        'DECIMAL(18,4)',
        'The sum of their amounts; DECIMAL(38,4) in a book where they add up to more digits',
      ],
      ['refunds', 'DECIMAL(18,4)', 'The sum of those below zero'],
    ],
  },
  customer_sums: {
    comment: 'Customers with transactions as of the last day: kept up with each change of the transactions',
    columns: [
      ['customer', 'INTEGER', 'Key of the table customers'],
      ['records', 'BIGINT', 'How many transactions there are'],
      ['first_purchase', 'DATE', 'The first day whose revenue is not below zero; NULL: there is none'],
      ['last_purchase', 'DATE', 'The last such day'],
      ['purchases', 'BIGINT', 'How many such days there are'],
      ['revenue', 'DECIMAL(18,4)', 'The sum of the amounts; DECIMAL(38,4) in a book where they add up to more digits'],
      ['first_revenue', 'DECIMAL(18,4)', 'That of the first purchase'],
    ],
  },
} as const satisfies Readonly<Record<string, { readonly comment: string; readonly columns: Columns }>>;

export type SummaryTable = keyof typeof SUMMARY;

const TRANSACTIONS: Columns = [
  ['customer', 'INTEGER', 'Key of the table customers'],
  ['day', 'DATE', 'The day of the transaction'],
  ['amount', 'DECIMAL(18,4)', 'Its money; below zero: a refund'],
];
const CHANGES: Columns = [
  ['add', 'INTEGER', 'Number of the add that brought it'],
  ['ended', 'INTEGER', 'Number of the change that took it out or restated it; NULL: it counts'],
];

/** Every statement that makes the tables and views of an empty book. */
export function creation({ header, kept }: Pick<BookHead, 'header' | 'kept'>): readonly string[] {
  const transactions: Columns = [
    ...TRANSACTIONS,
    ...kept.map((name, i) => [keptName(i), 'VARCHAR', `Column ${inTables(name)}`] as const),
    ...CHANGES,
  ];
  return [
    ...Object.entries(TABLES).flatMap(([name, { comment, columns }]) => table(name, comment, columns)),
    ...table('transactions', 'One row a transaction, ordered by customer and day within each add', transactions),
    `CREATE VIEW book.main.transactions_named AS SELECT c.customer_id, t.day, t.amount${named(kept)}
FROM main.transactions AS t JOIN main.customers AS c ON t.customer = c.customer WHERE t.ended IS NULL`,
    `COMMENT ON VIEW book.main.transactions_named IS ${literal('The transactions that count, with the ids of their customers and the names of the exports')}`,
    ...header.map((name, position) => {
      const at = kept.indexOf(name);
      return `INSERT INTO book.main.columns VALUES (${position}, ${literal(name)}, ${at < 0 ? 'NULL' : literal(keptName(at))})`;
    }),
    ...kept.flatMap((name, i) =>
      name === GIVEN_BACK
        ? [`INSERT INTO book.main.columns VALUES (NULL, ${literal(inTables(name))}, ${literal(keptName(i))})`]
        : [],
    ),
  ];
}

function table(name: string, comment: string, columns: Columns): readonly string[] {
  return [
    `CREATE TABLE book.main.${name} (${columns.map(([column, type]) => `${column} ${type}`).join(', ')})`,
    ...comments(name, comment, columns),
  ];
}

/** The statements that say what stands in a table that `summarise` has made. */
export function commentsOf(name: SummaryTable): readonly string[] {
  const { comment, columns } = SUMMARY[name];
  return comments(name, comment, columns);
}

function comments(name: string, comment: string, columns: Columns): readonly string[] {
  return [
    `COMMENT ON TABLE book.main.${name} IS ${literal(comment)}`,
    ...columns.map(([column, , said]) => `COMMENT ON COLUMN book.main.${name}.${column} IS ${literal(said)}`),
  ];
}

/** Kept columns under the names of the exports, which SQL tells apart without their capitals. */
function named(kept: readonly string[]): string {
  const taken = new Set(['customer_id', 'day', 'amount']);
  return kept
    .map((name, i) => {
      let own = inTables(name);
      for (let n = 2; taken.has(own.toLowerCase()); n++) own = `${inTables(name)}_${n}`;
      taken.add(own.toLowerCase());
      return `, t.${keptName(i)} AS ${identifier(own)}`;
    })
    .join('');
}
