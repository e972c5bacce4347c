import { isoOf } from '../base/calendar.ts';
import { ClvError, type Warning } from '../base/errors.ts';
import { variant } from '../base/message-text.ts';
import { DAYS_PER_YEAR } from '../base/units.ts';
import type { Book } from '../data/books/book.ts';
import type { Report } from '../data/report.ts';
import type { Ledger, Opened } from '../ledger/ledger.ts';
import { columnarEngine, openStore, tableIn } from '../ledger/registry.ts';
import { readIds } from '../ledger/steps/ids.ts';
import { bookTransactions } from '../reader/book/transactions.ts';
import { type LoadResult, openTransactions, type ReadOptions, type Transactions } from '../reader/transactions.ts';
import { openRemote } from '../reader/typed/remote.ts';
import { reconcile } from '../valuation/reconcile.ts';
import { checkCurrency } from './books.ts';
import { type Frame, withOutput } from './frame.ts';
import { RecordLists } from './output/record-lists.ts';
import type { Sections } from './output/sections.ts';
import { type Pricing, readPricing, type SubscriptionsIn, type WantedColumns } from './pricing.ts';
import type { Notes } from './say/notes.ts';
import { calendarInWords } from './say/reading-words.ts';
import { withScratch } from './scratch.ts';
import type { Settings } from './settings.ts';
import { checkIds } from './suspect-ids.ts';
import { firstOf } from './warnings.ts';

/** Transactions in a ledger, reconciled with what was read. */
export interface Session {
  readonly ledger: Ledger;
  readonly read: LoadResult;
  /** Names of the columns of the transactions. */
  readonly header: readonly string[];
  readonly pricing: Pricing;
  readonly notes: Notes;
  /** A private directory that exists while the command works. */
  readonly scratch: string;
  /** Aborted when a signal ends the run. */
  readonly signal: AbortSignal;
  /** What is to be warned of once the transactions are in: of how they were read, their ids, and the margins. */
  readonly known: readonly Warning[];
  /** Work that writes something besides the report: done when all is known, unless a warning fails the run. */
  readonly keep: (work: () => Promise<void>) => void;
}

/** How a command's report is written. */
export interface ReportShape {
  /** Segment columns. */
  readonly by?: readonly string[];
  /** Columns that models are fitted by. */
  readonly fitBy?: readonly string[];
  /** Names that no segment column may have beside those of every list. */
  readonly taken?: readonly string[];
  /** Margins of the opening of a statement. */
  readonly openingMargins?: WantedColumns['openingMargins'];
  /** Columns of payments of subscriptions, where each of them is read. */
  readonly subscriptions?: SubscriptionsIn;
  /** Whether refunds are summed apart. */
  readonly refunds?: boolean;
  /** Whether it names no customer: ids that stand in a book are not read then. */
  readonly nameless?: boolean;
  readonly sections?: Sections | undefined;
}

/**
 * The stages of the commands that value transactions: claim the output → read the transactions into a ledger → reconcile →
 * the command's own work → write what it keeps, and its report. Nothing is written before everything is known, and nothing
 * where one of the warnings fails the run (E143); whatever happens, nothing is left behind.
 */
export async function withTransactions(
  files: readonly string[],
  settings: Settings,
  {
    by = [],
    fitBy = [],
    taken,
    openingMargins,
    refunds = false,
    nameless = false,
    sections,
    subscriptions,
  }: ReportShape,
  work: (session: Session) => Promise<Report>,
): Promise<void> {
  if (tableIn(files) !== null) checkTableOptions(settings);
  const valued = async ({ signal, notes, write }: Frame, { ledger, table, book, scratch }: Store): Promise<void> => {
    const lists = await RecordLists.open(settings, scratch, signal);
    try {
      const options: ReadOptions = {
        ...settings.read,
        scratch,
        columnar: columnarEngine(scratch),
        signal,
        onRead: (...read) => notes.reading(...read),
        ...lists.listeners,
      };
      const opened = table
        ? openRemote(table, options)
        : book
          ? bookOf(book, settings)
          : openTransactions(files, options);
      const transactions = await opened;
      if (!book) notes.source(transactions);
      const pricing = await readPricing(settings, { by, fitBy, taken, openingMargins, subscriptions }, transactions);
      const read = await transactions.load(pricing.plan.keys, ledger).catch((error: unknown) => {
        lists.addFatal(error);
        throw error;
      });
      if (!book) notes.formats(read);
      checkAsOf(settings, read);
      notes.stage('adding up customers by day');
      const held = await ledger.load({
        ...pricing.plan,
        refunds,
        nameless,
      });
      await transactions.verifyUnchanged();
      reconcile(read.totals, held, book?.name);
      await lists.addUnvalued(transactions, ledger, settings.asOf ?? read.totals.lastDay!);
      await lists.finish();
      const known = settings.read.asIs?.has('ids');
      const ids = known ? [] : checkIds(await readIds(ledger.loaded, read.idKinds), transactions, settings.digits);
      const kept: (() => Promise<void>)[] = [];
      const report = await work({
        ledger,
        read,
        header: transactions.header,
        pricing: { ...pricing, calendar: calendarInWords(read), book },
        notes,
        scratch,
        signal,
        known: [...read.warnings, ...ids, ...marginWarnings(settings, ledger)],
        keep: (one) => kept.push(one),
      });
      await write(report, kept);
    } finally {
      notes.clear();
      await lists.finish();
    }
  };
  await withOutput(settings, sections, (frame) => withStore(files, frame, (store) => valued(frame, store)));
}

/** The transactions of a book. E488 where they are in another currency than the one that is asked for. */
function bookOf(book: Book, { currency }: Settings): Transactions {
  if (currency !== null) checkCurrency(book, currency);
  return bookTransactions(book);
}

/** A ledger, the table or book that it reads where no files are read into it, and a directory for what is spooled. */
interface Store extends Opened {
  readonly scratch: string;
}

/** Opens the store of what is read, and leaves nothing of it behind. */
async function withStore(
  files: readonly string[],
  { signal, atEnd }: Frame,
  work: (store: Store) => Promise<void>,
): Promise<void> {
  await withScratch(signal, async (scratch) => {
    const opened = await openStore(files, scratch);
    atEnd(() => opened.ledger.interrupt());
    try {
      await work({ ...opened, scratch });
    } finally {
      await opened.ledger.close();
    }
  });
}

/** W310 margins that no transaction matched, W312 none given at all. */
function marginWarnings({ margin, margins }: Settings, { unmatchedRules }: Ledger): readonly Warning[] {
  const unused = unmatchedRules.map(
    ({ file, lines }): Warning => ({
      code: 'W310',
      values: { file, lines: firstOf(lines), count: lines.length },
    }),
  );
  return margin === null && margins === undefined ? [{ code: 'W312', values: {} }, ...unused] : unused;
}

/** Longer than any record of customers: beyond it there is a typo, or a date that stands for "never". */
const MOST_YEARS = 60;

/** E106 where there is nothing yet to value, E114 and E215 where the history is longer than can be. */
export function checkAsOf({ asOf }: Pick<Settings, 'asOf'>, { totals }: LoadResult): void {
  const { firstDay, lastDay } = totals;
  if (firstDay === null || lastDay === null) return;
  if (asOf !== null && asOf < firstDay) throw new ClvError('E106', { date: isoOf(asOf), first: isoOf(firstDay) });
  const years = Math.floor(((asOf ?? lastDay) - firstDay) / DAYS_PER_YEAR);
  if (years < MOST_YEARS) return;
  const values = { years, limit: MOST_YEARS, first: isoOf(firstDay) };
  if (asOf !== null) throw new ClvError('E114', { ...values, date: isoOf(asOf) });
  throw new ClvError('E215', { ...values, last: isoOf(lastDay) });
}

/** E122 for options that read text, or list lines, where a table with typed columns is read. */
export function checkTableOptions({ read, rejects, leftOut }: Settings): void {
  const given = {
    '--delimiter': read.delimiter,
    '--encoding': read.encoding,
    '--sheet': read.sheet,
    '--date-format': read.dateFormat,
    '--calendar': read.calendar,
    '--decimal-mark': read.decimalMark,
    '--max-rejects': read.maxRejects,
    '--rejects': rejects,
    '--left-out': leftOut,
  };
  const [misfit] = Object.entries(given).find(([, value]) => value !== undefined) ?? [];
  if (misfit === undefined) return;
  const fault =
    misfit === '--left-out' ? 'left-out rows' : misfit.endsWith('rejects') ? 'rejected rows' : 'typed columns';
  throw new ClvError('E122', { option: misfit, ...variant('E122', fault) });
}
