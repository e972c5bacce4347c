import { isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { grouped, unitsText } from '../../base/money.ts';
import { closeNamed } from '../../cli/closes/which.ts';
import { withOutput } from '../../cli/frame.ts';
import { day } from '../../cli/option-values.ts';
import { writingOf } from '../../cli/output/writing.ts';
import { withScratch } from '../../cli/scratch.ts';
import { WRITING_NAMES } from '../../cli/shared-options.ts';
import { type Close, lastClose } from '../../data/books/close.ts';
import { listOf, objectOf } from '../../data/lists.ts';
import type { Column, Report } from '../../data/report.ts';
import { changeBook, mustBeThere } from '../../ledger/registry.ts';
import { heading } from '../../report/found.ts';
import { moneyIn } from '../../report/views.ts';
import type { CloseOptions } from './options.ts';

/** Options that say how the report is written, and which close is meant. */
const TAKEN = ['--reopen', '--as-of', ...WRITING_NAMES];

/**
 * `clv close --reopen`: take the last close back, and tell what goes with it.
 * @throws ClvError E122 an option that values, E534 no such close, E535 one that is not the last
 */
export async function reopen(file: string, options: CloseOptions, typed: readonly string[]): Promise<void> {
  const misfit = typed.find((option) => !TAKEN.includes(option));
  if (misfit !== undefined) throw new ClvError('E122', { option: misfit, ...variant('E122', 'reopening') });
  const asked = options.asOf === undefined ? 'last' : isoOf(day('--as-of', options.asOf));
  await withOutput(writingOf(options), undefined, ({ signal, keeping }) =>
    withScratch(signal, async (scratch) => {
      await mustBeThere(file, scratch);
      await keeping((ready) =>
        changeBook(file, scratch, signal, async (change) => {
          const book = (await change.book())!;
          const close = closeNamed(book, asked);
          const last = lastClose(book)!;
          if (close !== last) {
            const values = { number: close.number, date: isoOf(close.asOf), last: last.number };
            throw new ClvError('E535', values, { file });
          }
          await change.reopen(close.number);
          await ready(reopenedReport(close, book.closes.at(-2) ?? null));
        }),
      );
    }),
  );
}

export const COLUMNS: readonly Column[] = [
  { name: 'number', kind: 'integer' },
  { name: 'as_of', kind: 'date' },
  { name: 'closed_at', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'customer_equity', kind: 'money' },
  { name: 'change', kind: 'money' },
];

/** @param before the close that is the last now; null: there is none */
function reopenedReport(close: Close, before: Close | null): Report {
  const { number, asOf, closedAt, customers, equity, digits } = close;
  const change = before && equity - before.equity;
  const row = [
    String(number),
    isoOf(asOf),
    closedAt,
    String(customers),
    unitsText(equity, digits),
    change === null ? null : unitsText(change, digits),
  ];
  const money = moneyIn(close);
  return {
    command: 'close',
    document: [...heading('close'), ['reopened', objectOf(COLUMNS, row)]],
    sections: [listOf('reopened', COLUMNS, [row])],
    main: 'reopened',
    views: [
      {
        type: 'facts',
        title: `Close ${number} is taken back: nothing of it is kept`,
        facts: [
          { label: 'As of', value: isoOf(asOf) },
          { label: 'Customer equity', value: money(equity) },
          { label: 'Customers', value: grouped(String(customers)) },
          before === null
            ? { label: 'Before it', value: 'no close' }
            : {
                label: 'Statement',
                value: `from close ${before.number}, as of ${isoOf(before.asOf)}, ${money(before.equity)}: a change of ${money(change!)}`,
              },
        ],
      },
    ],
  };
}
