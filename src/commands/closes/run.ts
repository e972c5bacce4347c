import { isoOf } from '../../base/calendar.ts';
import { unitsText } from '../../base/money.ts';
import { withOutput } from '../../cli/frame.ts';
import { writingOf } from '../../cli/output/writing.ts';
import { withScratch } from '../../cli/scratch.ts';
import type { Book } from '../../data/books/book.ts';
import type { Close } from '../../data/books/close.ts';
import { listOf } from '../../data/lists.ts';
import type { Cell, Column, Report } from '../../data/report.ts';
import { changedCloses } from '../../ledger/registry.ts';
import { heading } from '../../report/found.ts';
import { listView } from '../../report/views.ts';
import type { ClosesOptions } from './options.ts';

/** `clv closes`: every close of a book. */
export function closes(file: string, options: ClosesOptions): Promise<void> {
  return withOutput(writingOf(options), undefined, ({ signal, write }) =>
    withScratch(signal, async (scratch) => {
      const { book, changed } = await changedCloses(file, scratch);
      await write(closesReport(book, changed));
    }),
  );
}

export const COLUMNS: readonly Column[] = [
  { name: 'number', kind: 'integer' },
  { name: 'as_of', kind: 'date' },
  { name: 'closed_at', kind: 'text' },
  { name: 'version', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'customer_equity', kind: 'money' },
  { name: 'change', kind: 'money' },
  { name: 'currency', kind: 'text' },
  { name: 'model', kind: 'text' },
  { name: 'options', kind: 'text' },
  { name: 'rows_changed', kind: 'text' },
];

/** @param changed numbers of the closes whose rows are others today */
function closesReport(book: Book, changed: ReadonlySet<number>): Report {
  const rows = book.closes.map((close, i) => rowOf(close, book.closes[i - 1], changed));
  return {
    command: 'closes',
    document: [...heading('closes'), ['book', book.name], ['closes', listOf('closes', COLUMNS, rows)]],
    main: 'closes',
    views: [
      listView(`Closes of ${book.name}`, 'closes', {
        number: 'Number',
        as_of: 'As of',
        customers: 'Customers',
        customer_equity: 'Customer equity',
        change: 'Change',
        model: 'Model',
        rows_changed: 'Rows changed since',
      }),
    ],
  };
}

function rowOf(close: Close, before: Close | undefined, changed: ReadonlySet<number>): readonly Cell[] {
  const { number, asOf, closedAt, version, customers, equity, digits, currency, model, options } = close;
  return [
    String(number),
    isoOf(asOf),
    closedAt,
    version,
    String(customers),
    unitsText(equity, digits),
    before ? unitsText(equity - before.equity, digits) : null,
    currency,
    modelName(model),
    options,
    changed.has(number) ? 'yes' : 'no',
  ];
}

type Named = readonly { readonly name: string }[];

/** The models of purchases, or of subscriptions, in what a close keeps of it. */
function modelName(text: string): string {
  const { model } = JSON.parse(text) as {
    readonly model: { readonly name?: string; readonly contracts?: Named; readonly groups?: Named };
  };
  const names = (model.contracts ?? model.groups)?.map(({ name }) => name) ?? [model.name!];
  return [...new Set(names)].join(', ');
}
