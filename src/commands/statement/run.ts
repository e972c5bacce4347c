import { ClvError } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../cli/assumptions.ts';
import { columns, rate } from '../../cli/option-values.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf, spendFromOf } from '../../cli/settings.ts';
import { limitWarnings, modelWarnings, populationWarnings, seasonWarnings } from '../../cli/warnings.ts';
import type { Population } from '../../data/customers.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { compareDates } from '../../valuation/ladder/between.ts';
import type { DatedSettings } from '../../valuation/ladder/dated-fit.ts';
import type { Moved } from '../../valuation/ladder/found.ts';
import { originsOf } from '../../valuation/model-error.ts';
import type { Say } from '../../valuation/valuing.ts';
import { checkOptions, datesAsked, sayOpening } from './asked.ts';
import { type Dates, datesOf } from './dates.ts';
import { statementReport } from './document.ts';
import { STATEMENT_NAMES } from '../../report/statement/lists.ts';
import type { StatementOptions } from './options.ts';

/** `clv statement`: dates → what moved between them, and in each period of a series → report. */
export async function statement(
  files: readonly string[],
  options: StatementOptions,
  typed: readonly string[],
): Promise<void> {
  checkOptions(options, typed);
  const asked = datesAsked(options);
  const by = columns('--by', options.by);
  const closing = { ...(await withSavedModel(settingsOf(options))), asOf: asked.to };
  const before = await openingBasis(options, closing);
  const after = { settings: closingAfter(before.settings, closing, options), openingMargins: false };
  const shape = { by, taken: STATEMENT_NAMES, openingMargins: options.fromMargins, section: options.section };
  await withTransactions(files, after.settings, shape, async ({ ledger, read, pricing, notes, known }) => {
    const last = read.totals.lastDay!;
    const dates = datesOf(asked, read.totals.firstDay!, last);
    sayOpening(dates, notes);
    const say: Say = (stage) => notes.stage(stage);
    const shared = { after, fits: new Map(), known: { last, assumed: dates.assumed && dates.whole.from } };
    const origins = await originsOf(ledger, after.settings, dates.whole.to);
    const { whole, series, population, correlation } = await movements(
      ledger,
      dates,
      { before, origins, ...shared },
      say,
    );
    const { horizon } = whole;
    const warnings = [
      ...known,
      ...populationWarnings(population, read, after.settings),
      ...limitWarnings({ name: ['the opening'], model: whole.opening.model }),
      ...seasonWarnings({ name: ['the opening'], model: whole.opening.model }),
      ...modelWarnings(
        [{ ...whole.closing, name: [], pooled: false, spend: { ...whole.closing.spend, correlation } }],
        after.settings,
        horizon,
      ),
    ];
    notes.warnings(warnings);
    return statementReport({
      assumptions: {
        ...assumptionsOf({ ...after.settings, horizon }, pricing, read, population.asOf),
        opening: {
          date: dates.assumed?.text ?? 'as given',
          discountRate: before.settings.discountRate.toFixed(),
          margin: pricing.openingMargin ?? pricing.margin,
        },
      },
      input: inputOf(read, pricing),
      warnings: warningsBlock(warnings),
      population,
      whole,
      series,
    });
  });
}

/** What moved in the whole time and in each period of a series, all dates valued for one span of time. */
async function movements(
  ledger: Ledger,
  dates: Dates,
  { before, after, origins, ...shared }: Parameters<typeof compareDates>[2],
  say: Say,
): Promise<{ whole: Moved; series: readonly Moved[]; population: Population; correlation: number | null }> {
  const { moved: whole, ...closing } = await compareDates(
    ledger,
    dates.whole,
    { before, after, origins, ...shared },
    say,
  );
  const series = [];
  for (const [i, period] of dates.series.entries())
    series.push(
      (await compareDates(ledger, period, { before: i === 0 ? before : after, after, ...shared }, say)).moved,
    );
  const shorter = [whole, ...series].find(({ horizon }) => horizon.days !== null)?.horizon;
  if (!shorter || [whole, ...series].every(({ horizon }) => horizon.days === shorter.days))
    return { whole, series, ...closing };
  const within = (basis: DatedSettings): DatedSettings => ({
    ...basis,
    settings: { ...basis.settings, horizon: shorter },
  });
  return movements(ledger, dates, { before: within(before), after: within(after), origins, ...shared }, say);
}

/** The purchases that spend is from are chosen once: a file of the opening tells, where the closing says nothing. */
function closingAfter({ spendFrom }: Settings, closing: Settings, typed: StatementOptions): Settings {
  return typed.spendFrom === undefined && typed.useModel === undefined ? { ...closing, spendFrom } : closing;
}

/** What the opening was valued by, where it differs. E262 where the two could not be compared. */
async function openingBasis(
  options: StatementOptions,
  closing: Settings,
): Promise<{ readonly settings: Settings; readonly openingMargins: boolean }> {
  const { fromDiscountRate, fromModel, fromMargins } = options;
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
  return { settings, openingMargins: fromMargins !== undefined };
}
