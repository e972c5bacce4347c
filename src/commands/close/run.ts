import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { sumOf } from '../../aggregator/segments.ts';
import { isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, fitAndValue, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import {
  asInClose,
  checkLike,
  choicesOf,
  openingMarginText,
  sayClose,
  settingsOfClose,
} from '../../cli/closes/choices.ts';
import { marginsIn, marginsText } from '../../cli/closes/margins-taken.ts';
import { bookBefore, sameBook } from '../../cli/closes/which.ts';
import { columns } from '../../cli/option-values.ts';
import { modelText, withSavedModel } from '../../cli/saved-model.ts';
import { type Session, withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { modelWarnings, populationWarnings } from '../../cli/warnings.ts';
import type { Book } from '../../data/books/book.ts';
import { type Close, lastClose, type NewClose } from '../../data/books/close.ts';
import type { Population } from '../../data/customers.ts';
import { changeBook } from '../../ledger/registry.ts';
import { readRestated } from '../../ledger/steps/books/restatements.ts';
import { OCCASION_MODELS } from '../../models/registry.ts';
import { statementOf } from '../../report/statement/found.ts';
import { STATEMENT_NAMES } from '../../report/statement/lists.ts';
import { chosenModel } from '../../valuation/fit.ts';
import { compareDates } from '../../valuation/ladder/between.ts';
import { Fits } from '../../valuation/ladder/fits.ts';
import { originsOf } from '../../valuation/model-error.ts';
import { closeReport } from './document.ts';
import type { Since } from './found.ts';
import type { CloseOptions } from './options.ts';

type Valued = Awaited<ReturnType<typeof fitAndValue>>;

/**
 * `clv close`: take what is not typed from the close before → value as compute does → compare with that close → report, and keep
 * the close in the book.
 * @param typed the options on the command line, by their long names
 * @param words the same with their values, to be typed again
 * @param version of this program
 */
export async function close(
  file: string,
  options: CloseOptions,
  typed: readonly string[],
  words: string,
  version: string,
): Promise<void> {
  checkOptions(options, typed);
  const book = await bookBefore(file);
  const before = lastClose(book);
  const { options: taken, words: held } = before ? asInClose(before, options, typed) : { options, words: '' };
  const settings = await withSavedModel(settingsOf(taken));
  checkLater(book, before, settings);
  const by = columns('--by', taken.by);
  const shape = {
    by,
    taken: STATEMENT_NAMES,
    openingMargins: before ? marginsIn(before.margins) : undefined,
    section: options.section,
  };
  await withTransactions([file], settings, shape, async (session) => {
    const { ledger, read, pricing, notes, known, keep, scratch, signal } = session;
    mustBeSame(book, pricing.book!);
    if (settings.asOf === null)
      notes.say(`as of ${isoOf(book.lastDay!)}, the last day of the book; --as-of names another`);
    if (before) {
      checkLike(before, settings, pricing);
      sayClose(before, held, notes);
    }
    const origins = await originsOf(ledger, settings, settings.asOf);
    const { population, settings: chosen, spend } = await rollUpCustomers(session, settings);
    const { spendFrom } = chosen;
    const early = [...known, ...populationWarnings(population, read, chosen)];
    notes.warnings(early);
    const how = { interval: 'covariance', pool: false, spend, origins } as const;
    const valued = await fitAndValue(session, chosen, how);
    const { horizon } = valued.fitted;
    const late = modelWarnings(valued.groups, chosen, horizon);
    notes.warnings(late);
    const totals = await ledger.totals();
    const { customers, revenue, margin, clv } = sumOf(totals);
    const list = join(scratch, 'customers.parquet');
    await writeFile(list, (await ledger.exports.valued!())!);
    const assumptions = {
      ...assumptionsOf({ ...chosen, horizon }, pricing, read, population.asOf),
      top: 0,
    };
    const modelError = valued.intervals?.modelError ?? null;
    const kept: NewClose = {
      asOf: population.asOf,
      closedAt: new Date().toISOString(),
      version,
      options: words,
      choices: choicesOf(taken, chosen, valued.fitted.groups[0]!, horizon),
      margins: marginsText(pricing.margins),
      model: modelText({
        asOf: population.asOf,
        files: read.files,
        table: null,
        spendFrom,
        modelError,
        ...valued.groups[0]!,
      }),
      currency: chosen.currency,
      digits: chosen.digits,
      by: pricing.by,
      customers,
      equity: clv,
      expectedActive: valued.expectedActive,
      revenue,
      margin,
    };
    const since =
      before &&
      (await sinceClose(session, before, {
        settings: chosen,
        valued,
        equity: clv,
        population,
        assumptions,
      }));
    keep(() =>
      changeBook(file, scratch, signal, async (change) => {
        mustBeSame(book, (await change.book())!);
        await change.close(kept, list);
      }),
    );
    return closeReport({
      number: (before?.number ?? 0) + 1,
      kept,
      assumptions,
      input: inputOf(read, pricing),
      population,
      ...valued,
      warnings: warningsBlock([...early, ...late]),
      totals,
      since,
    });
  });
}

/** E122 for models of purchase occasions, which no statement compares. */
function checkOptions({ model }: CloseOptions, typed: readonly string[]): void {
  const occasions = OCCASION_MODELS.some(({ name }) => name === model) ? `--model ${model}` : null;
  const option = typed.includes('--opportunity') ? '--opportunity' : occasions;
  if (option !== null) throw new ClvError('E122', { option, ...variant('E122', 'occasions') });
}

/** E531 for a close that is not after the one before. */
function checkLater(book: Book, before: Close | null, { asOf }: Settings): void {
  const day = asOf ?? book.lastDay;
  if (before === null || day === null || day > before.asOf) return;
  const values = { date: isoOf(day), number: before.number, last: isoOf(before.asOf) };
  throw new ClvError('E531', values, { file: book.name });
}

/** E532 where another run has changed the book. */
function mustBeSame(before: Book, now: Book): void {
  if (!sameBook(before, now)) throw new ClvError('E532', {}, { file: before.name });
}

/**
 * What moved since a close, by the choices of the valuation: its opening is what was reported, its closing the valuation.
 * @throws ClvError E501 where the statement closes with something else
 */
async function sinceClose(
  { ledger, read, pricing, notes }: Session,
  before: Close,
  {
    settings,
    valued,
    equity,
    population,
    assumptions,
  }: {
    readonly settings: Settings;
    readonly valued: Valued;
    readonly equity: bigint;
    readonly population: Population;
    readonly assumptions: Omit<Since['assumptions'], 'opening'>;
  },
): Promise<Since> {
  const { asOf } = population;
  const own = valued.fitted.groups[0]!;
  const chosen: Settings = settings.saved === null ? { ...settings, ...chosenModel(own) } : settings;
  const opening = settingsOfClose(before, chosen);
  const openingMargins = pricing.plan.openingMargin !== null;
  const fits = new Fits();
  const plan = { asOf, spendFrom: chosen.spendFrom, fillMeans: chosen.spend.fillsMeans, openingMargins: false };
  fits.know({ name: 'customers', plan, population }, chosen, valued.fitted);
  const { moved } = await compareDates(
    ledger,
    { from: before.asOf, to: asOf },
    {
      before: { settings: opening, openingMargins, reported: before.segments },
      after: { settings: chosen, openingMargins: false },
      fits,
      known: { last: read.totals.lastDay!, assumed: null },
    },
    (stage) => notes.stage(stage),
  );
  const { closing, restatements } = statementOf(moved).total;
  if (closing !== equity)
    throw new ClvError('E501', { what: 'closing of the statement', reader: String(equity), ledger: String(closing) });
  return {
    close: before,
    assumptions: {
      ...assumptions,
      opening: {
        date: `close ${before.number}, as reported`,
        discountRate: opening.discountRate.toFixed(),
        margin: openingMarginText(pricing, before),
      },
    },
    moved: { ...moved, intervals: valued.intervals },
    restated: await readRestated(ledger.loaded, before.number, restatements),
  };
}
