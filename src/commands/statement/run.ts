import { isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import type { Horizon } from '../../base/units.ts';
import { assumptionsOf, inputOf } from '../../cli/assumptions.ts';
import {
  checkLike,
  heldFrom,
  openingMarginText,
  sayClose,
  settingsOfClose,
  type Taken,
} from '../../cli/closes/choices.ts';
import { marginsIn } from '../../cli/closes/margins-taken.ts';
import { columns, rate } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf, spendFromOf } from '../../cli/settings.ts';
import { modelWarnings, openingWarnings, populationWarnings } from '../../cli/warnings.ts';
import type { Close } from '../../data/books/close.ts';
import type { Population } from '../../data/customers.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readRestated } from '../../ledger/steps/books/restatements.ts';
import { statementOf } from '../../report/statement/found.ts';
import { STATEMENT_NAMES } from '../../report/statement/lists.ts';
import { compareDates } from '../../valuation/ladder/between.ts';
import type { DatedSettings } from '../../valuation/ladder/dated-fit.ts';
import { Fits } from '../../valuation/ladder/fits.ts';
import type { Moved } from '../../valuation/ladder/found.ts';
import { originsOf } from '../../valuation/model-error.ts';
import type { Say } from '../../valuation/valuing.ts';
import { checkOptions, datesAsked, sayOpening } from './asked.ts';
import { type Dates, datesOf } from './dates.ts';
import { statementReport } from './document.ts';
import type { StatementOptions } from './options.ts';
import { SECTIONS } from './sections.ts';

/**
 * `clv statement`: dates → what moved between them, and in each period of a series → report.
 * @param close that it opens with; null: none
 * @param typed the options on the command line, by their long names
 */
export async function statement(
  files: readonly string[],
  { options: taken, named, words }: Taken<StatementOptions>,
  { close, typed }: { readonly close: Close | null; readonly typed: readonly string[] },
): Promise<void> {
  checkOptions(named);
  const asked = datesAsked(close ? { ...taken, from: isoOf(close.asOf) } : taken);
  const [by, fitBy] = [columns('--by', taken.by), columns('--fit-by', taken.fitBy)];
  const closing = { ...(await withSavedModel(settingsOf(taken))), asOf: asked.to };
  const opening = await openingBasis(taken, closing, close);
  const held = heldFrom(close, closingAfter(opening, closing, taken), typed, { named });
  const after = { settings: held, openingMargins: false };
  const openingMargins = close ? marginsIn(close.margins) : taken.fromMargins;
  const shape = {
    by,
    fitBy,
    taken: STATEMENT_NAMES,
    openingMargins,
    nameless: close === null,
    sections: sectionsAsked(taken, SECTIONS),
  };
  await withTransactions(files, after.settings, shape, async ({ ledger, read, pricing, notes, known }) => {
    const last = read.totals.lastDay!;
    if (close) {
      checkLike(close, after.settings, pricing);
      sayClose(close, words, notes);
    }
    const before = {
      settings: opening,
      openingMargins: pricing.plan.openingMargin !== null,
      reported: close?.segments,
    };
    const dates = datesOf(asked, read.totals.firstDay!, last);
    sayOpening(dates, notes);
    const say: Say = (stage) => notes.stage(stage);
    const pool = taken.poolSmall === true;
    const shared = { after, fits: new Fits(), known: { last, assumed: dates.assumed && dates.whole.from, pool } };
    const origins = await originsOf(ledger, after.settings, dates.whole.to);
    const { whole, series, population } = await movements(ledger, dates, { before, origins, ...shared }, say);
    const restated = close && (await readRestated(ledger.loaded, close.number, statementOf(whole).total.restatements));
    const { horizon } = whole;
    const warnings = [
      ...known,
      ...populationWarnings(population, read, after.settings),
      ...openingWarnings(whole.opening.groups),
      ...modelWarnings(whole.closing.groups, after.settings, horizon),
    ];
    notes.warnings(warnings);
    return statementReport({
      assumptions: {
        ...assumptionsOf({ ...after.settings, horizon }, pricing, read, population.asOf),
        opening: {
          date: close ? `close ${close.number}, as reported` : (dates.assumed?.text ?? 'as given'),
          discountRate: before.settings.discountRate.toFixed(),
          margin: openingMarginText(pricing, close),
        },
      },
      input: inputOf(read, pricing),
      warnings: warningsBlock(warnings),
      population,
      whole,
      series,
      restated,
    });
  });
}

/** What moved in the whole time and in each period of a series, all dates valued for one span of time. */
async function movements(
  ledger: Ledger,
  dates: Dates,
  { before, after, origins, ...shared }: Parameters<typeof compareDates>[2],
  say: Say,
): Promise<{ whole: Moved; series: readonly Moved[]; population: Population }> {
  let basis = { before, after };
  const compared = [];
  // The whole time last: what is held against a close is the appraisal of its opening.
  for (const [i, period] of [...dates.series, dates.whole].entries()) {
    const whole = i === dates.series.length;
    const opening = i === 0 || whole ? basis.before : basis.after;
    const how = { before: opening, after: basis.after, origins: whole ? origins : undefined, ...shared };
    const found = await compareDates(ledger, period, how, say);
    const { horizon } = found.moved;
    if (horizon.days !== basis.after.settings.horizon.days) {
      basis = { before: within(basis.before, horizon), after: within(basis.after, horizon) };
      if (i > 0) return movements(ledger, dates, { ...basis, origins, ...shared }, say);
    }
    compared.push(found);
  }
  const { moved: whole, ...closing } = compared.pop()!;
  return { whole, series: compared.map(({ moved }) => moved), ...closing };
}

function within(basis: DatedSettings, horizon: Horizon): DatedSettings {
  return { ...basis, settings: { ...basis.settings, horizon } };
}

/** The purchases that spend is from are chosen once: a file of the opening tells, where the closing says nothing. */
function closingAfter({ spendFrom }: Settings, closing: Settings, typed: StatementOptions): Settings {
  return typed.spendFrom === undefined && typed.useModel === undefined ? { ...closing, spendFrom } : closing;
}

/** What the opening was valued by, where it differs. E262 where the two could not be compared. */
async function openingBasis(options: StatementOptions, closing: Settings, close: Close | null): Promise<Settings> {
  const { fromDiscountRate, fromModel } = options;
  if (close) return settingsOfClose(close, closing);
  const settings = await withSavedModel({
    ...closing,
    discountRate:
      fromDiscountRate === undefined
        ? closing.discountRate
        : rate('--from-discount-rate', fromDiscountRate, 'discount'),
    useModel: fromModel ?? closing.useModel,
    spendFrom: fromModel === undefined ? closing.spendFrom : spendFromOf(options.spendFrom, fromModel),
    // A file of the opening tells itself whether its model has a clock.
    season: fromModel === undefined ? closing.season : 'auto',
    askedSeason: fromModel === undefined ? closing.askedSeason : undefined,
  });
  if (settings.spendFrom !== closingAfter(settings, closing, options).spendFrom) {
    const means = { own: settings.spendFrom, other: closing.spendFrom };
    throw new ClvError('E262', variant('E262', 'spend', means), { file: fromModel! });
  }
  return settings;
}
