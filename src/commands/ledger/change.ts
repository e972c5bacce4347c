import { ClvError, type Warning } from '../../base/errors.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { AMOUNT_SCALE, exactText } from '../../base/money.ts';
import { shellWord } from '../../base/shell.ts';
import { checkCurrency } from '../../cli/books.ts';
import { type Frame, withOutput } from '../../cli/frame.ts';
import { columns } from '../../cli/option-values.ts';
import { RecordLists } from '../../cli/output/record-lists.ts';
import { writingOf } from '../../cli/output/writing.ts';
import { namedColumn } from '../../cli/pricing.ts';
import { withScratch } from '../../cli/scratch.ts';
import { digitsOf, readOptions } from '../../cli/settings.ts';
import { type Book, liveAdds } from '../../data/books/book.ts';
import type { Report } from '../../data/report.ts';
import type { BookChange } from '../../ledger/book-change.ts';
import { changeBook, columnarEngine, isBook, mustBeThere, tableIn } from '../../ledger/registry.ts';
import {
  checkAlike,
  headOf,
  keptColumns,
  mustAgree,
  onceOf,
  resultOf,
  singleColumns,
} from '../../reader/book/added.ts';
import { stored } from '../../reader/book/stored.ts';
import { calendarOf } from '../../reader/book/transactions.ts';
import {
  type LoadResult,
  type OpenTransactions,
  openInputs,
  type ReadOptions,
  understoodInputs,
} from '../../reader/transactions.ts';
import { bookReport } from '../../report/book.ts';
import { checkedBook } from './checked.ts';
import { addNamed } from './named.ts';
import type { ChangeOptions } from './options.ts';

/** What is to be changed. */
interface Wanted {
  /** The book. */
  readonly file: string;
  /** The file that is taken out of it, as it was typed; null: none is. */
  readonly replaced: string | null;
  readonly files: readonly string[];
}

/** What was typed of a change. */
interface Asked {
  readonly version: string;
  readonly keep: readonly string[] | null;
  readonly restate: boolean;
  readonly currency: string | null;
  /** The options of reading as they were typed. */
  readonly options: string;
}

/**
 * `clv ledger add` and `replace`: take out what is replaced → read each file and take it in → read the book as every command
 * will, and hold it against its accounts → put it in place → report.
 * @param typed the options of reading as they were typed
 * @param version of this program
 */
export async function addFiles(
  { file, replaced, files }: Wanted,
  options: ChangeOptions,
  typed: readonly string[],
  version: string,
): Promise<void> {
  checkSources(files);
  const read = readOptions(options);
  const currency = options.currency?.toUpperCase() ?? null;
  if (currency !== null) digitsOf(currency);
  const asked: Asked = {
    version,
    keep: options.keep === undefined ? null : columns('--keep', options.keep),
    restate: options.restate === true,
    currency: currency ?? read.onlyCurrency ?? null,
    options: typed.join(' '),
  };
  const settings = writingOf(options);
  await withOutput(settings, undefined, ({ signal, notes, keeping }) =>
    withScratch(signal, async (scratch) => {
      const lists = await RecordLists.open(
        { rejects: options.rejects, leftOut: options.leftOut, digits: 2 },
        scratch,
        signal,
      );
      try {
        const reading: ReadOptions = {
          ...read,
          scratch,
          columnar: columnarEngine(scratch),
          signal,
          onRead: (...part) => notes.reading(...part),
          ...lists.listeners,
        };
        const changed = async (change: BookChange): Promise<Report> => {
          if (replaced !== null) {
            await mustBeThere(file, scratch);
            await change.remove(addNamed((await change.book())!, replaced).number);
          }
          const added = await addAll(change, files, reading, asked, notes);
          notes.stage('checking the book');
          const { book, warnings: ids } = await checkedBook(change);
          const warnings = [...added.warnings, ...ids];
          notes.warnings(warnings);
          const told = {
            command: 'ledger',
            main: 'adds',
            adds: added.numbers,
            warnings: warningsBlock(warnings),
          } as const;
          return bookReport(book, told);
        };
        await keeping((ready) =>
          changeBook(file, scratch, signal, async (change) => {
            const report = await changed(change).catch((error: unknown) => {
              lists.addFatal(error);
              throw error;
            });
            await lists.finish();
            await ready(report);
          }),
        );
      } finally {
        await lists.finish();
      }
    }),
  );
}

/** E482 a book among the files, E122 a table of a server. */
function checkSources(files: readonly string[]): void {
  const book = files.find(isBook);
  if (book !== undefined) throw new ClvError('E482', {}, { file: book });
  if (tableIn(files) !== null)
    throw new ClvError('E441', { problem: 'names a table, which is no file to be added to a book' });
}

async function addAll(
  change: BookChange,
  files: readonly string[],
  reading: ReadOptions,
  asked: Asked,
  notes: Frame['notes'],
): Promise<{ readonly numbers: readonly number[]; readonly warnings: readonly Warning[] }> {
  const opened = await openInputs(files, reading, []);
  const numbers: number[] = [];
  const warnings: Warning[] = [];
  for (const [i, input] of opened.inputs.entries()) {
    const leftOut = i === 0 ? opened.leftOut : [];
    const transactions = await understoodInputs({ ...opened, inputs: [input], leftOut }, reading);
    if (i === 0) notes.source(transactions);
    const added = await addOne(change, transactions, asked, notes);
    numbers.push(added.number);
    warnings.push(...added.warnings);
  }
  return { numbers, warnings };
}

/** Reads a file and takes it into the book, which is made where there is none. */
async function addOne(
  change: BookChange,
  transactions: OpenTransactions,
  asked: Asked,
  notes: Frame['notes'],
): Promise<{ readonly number: number; readonly warnings: readonly Warning[] }> {
  const keep = asked.keep?.map((name) => namedColumn('--keep', name, transactions)) ?? null;
  const kept = keptColumns(transactions, keep);
  const before = await change.book();
  if (before === null) {
    await change.create(headOf(transactions, kept, asked.currency), asked.version);
    if (kept.length + 3 < transactions.header.length)
      notes.say(`the book keeps ${kept.length} of ${transactions.header.length} columns; --keep names others`);
  } else {
    checkAlike(before, transactions);
    if (keep !== null) mustAgree(before, '--keep', kept.join(', '), before.kept.join(', '));
  }
  const book = (await change.book())!;
  const once = onceOf(transactions);
  if (asked.restate && once === null) throw new ClvError('E112', { option: '--restate', other: '--once' });
  let read: LoadResult | null = null;
  const { number, equal } = await change.add(async (sink) => {
    read = await transactions.load(book.kept, sink);
    notes.formats(read);
    const [file] = read.files;
    checkNew(book, file!.name, file!.sha256);
    mustAgree(book, 'the calendar of the dates', read.calendar, calendarOf(book));
    const currency = asked.currency ?? read.currency;
    if (currency !== null) checkCurrency(book, currency);
    const { layout } = transactions.description;
    return {
      addedAt: new Date().toISOString(),
      file: file!,
      totals: read.totals,
      layout: layout?.name ?? null,
      options: asked.options,
      reading: stored(resultOf(transactions, read)),
      once,
      restate: asked.restate,
      single: singleColumns(transactions),
    };
  });
  const { files, currency, warnings } = read!;
  await change.settle(
    { once: once ?? book.once, currency: book.currency ?? asked.currency ?? currency },
    asked.version,
  );
  const again =
    equal.records === 0 || transactions.knows('repeats') ? [] : equalRows(transactions, equal, files[0]!.name);
  return { number, warnings: [...warnings, ...again] };
}

/** E489 for a file that is in the book. */
function checkNew(book: Book, name: string, sha256: string): void {
  const same = liveAdds(book).find(({ file }) => file.sha256 === sha256);
  if (same) throw new ClvError('E489', { first: same.file.name, number: same.number }, { file: name });
}

/** E299 where a column looks as if it told transactions apart, else W350. */
function equalRows(
  { header, watched }: OpenTransactions,
  { records, amount }: { readonly records: number; readonly amount: bigint },
  file: string,
): readonly Warning[] {
  const money = exactText(amount, AMOUNT_SCALE, 2);
  if (watched.key === null) return [{ code: 'W350', values: { records, amount: money, file } }];
  const column = header[watched.key]!;
  throw new ClvError('E299', { records, money, column, option: shellWord(column) }, { file });
}
