import { ClvError } from '../../base/errors.ts';
import { type Frame, withOutput } from '../../cli/frame.ts';
import { writingOf } from '../../cli/output/writing.ts';
import { withScratch } from '../../cli/scratch.ts';
import { type Book, type CountedBook, liveAdds } from '../../data/books/book.ts';
import { changeBook, checkBook, mustBeThere, readBook } from '../../ledger/registry.ts';
import { bookReport } from '../../report/book.ts';
import { checkedBook } from './checked.ts';
import { addNamed } from './named.ts';
import type { TellOptions } from './options.ts';

/** `clv ledger list`: every file, those that were taken out too. */
export function listAdds(file: string, options: TellOptions): Promise<void> {
  return withBook(file, options, (book) => reportOf(book, 'adds', book.adds));
}

/** `clv ledger show`: what the book holds. */
export function showBook(file: string, options: TellOptions): Promise<void> {
  return withBook(file, options, (book) => reportOf(book, 'book', liveAdds(book)));
}

/** `clv ledger check`: count everything, and hold it against the accounts. E487. */
export function check(file: string, options: TellOptions): Promise<void> {
  return withFrame(options, async ({ write }, scratch) => {
    const { book, differences } = await checkBook(file, scratch);
    const [first] = differences;
    if (first) throw new ClvError('E487', { ...first }, { file });
    await write(reportOf(book, 'book', liveAdds(book), CHECKED));
  });
}

const CHECKED = [
  'records, amounts, days, ids and texts of every file',
  'what was taken out or restated',
  'customers',
  'closes',
];

/** `clv ledger remove`: take a file out. */
export function removeFile(file: string, asked: string, options: TellOptions): Promise<void> {
  return withFrame(options, async ({ signal, keeping }, scratch) => {
    await mustBeThere(file, scratch);
    await keeping((ready) =>
      changeBook(file, scratch, signal, async (change) => {
        const { number } = addNamed((await change.book())!, asked);
        await change.remove(number);
        const { book } = await checkedBook(change);
        const removed = book.adds.filter((add) => add.number === number);
        await ready(reportOf(book, 'adds', removed));
      }),
    );
  });
}

function reportOf(book: CountedBook, main: 'book' | 'adds', adds: Book['adds'], checked?: readonly string[]) {
  const numbers = adds.map(({ number }) => number);
  return bookReport(book, { command: 'ledger', main, adds: numbers, warnings: [], ...(checked && { checked }) });
}

function withBook(
  file: string,
  options: TellOptions,
  work: (book: CountedBook) => ReturnType<typeof bookReport>,
): Promise<void> {
  return withFrame(options, async ({ write }, scratch) => write(work(await readBook(file, scratch))));
}

function withFrame(options: TellOptions, work: (frame: Frame, scratch: string) => Promise<void>): Promise<void> {
  return withOutput(writingOf(options), undefined, (frame) =>
    withScratch(frame.signal, (scratch) => work(frame, scratch)),
  );
}
