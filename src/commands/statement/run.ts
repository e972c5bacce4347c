import { isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { told } from '../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../cli/assumptions.ts';
import { bad, columns, day, rate } from '../../cli/option-values.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import type { Notes } from '../../cli/say/notes.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { populationWarnings, spendWarnings } from '../../cli/warnings.ts';
import { OPPORTUNITIES } from '../../data/opportunity.ts';
import { OCCASION_MODELS } from '../../models/registry.ts';
import { between } from '../../valuation/ladder/between.ts';
import type { Basis } from '../../valuation/ladder/dated-fit.ts';
import { type Dates, type DatesAsked, datesOf } from './dates.ts';
import { statementReport } from './document.ts';
import { STATEMENT_NAMES } from './lists.ts';
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
  const after = { settings: { ...(await withSavedModel(settingsOf(options))), asOf: asked.to }, openingMargins: false };
  const before = await openingBasis(options, after.settings);
  const shape = { by, taken: STATEMENT_NAMES, openingMargins: options.fromMargins, section: options.section };
  await withTransactions(files, after.settings, shape, async ({ ledger, read, pricing, notes, known }) => {
    const last = read.totals.lastDay!;
    const dates = datesOf(asked, read.totals.firstDay!, last);
    sayOpening(dates, notes);
    const say = (stage: string): void => notes.stage(stage);
    const shared = { after, fits: new Map(), known: { last, assumed: dates.assumed && dates.whole.from } };
    const { moved: whole, population, correlation } = await between(ledger, dates.whole, { before, ...shared }, say);
    const series = [];
    for (const [i, period] of dates.series.entries()) {
      series.push((await between(ledger, period, { before: i === 0 ? before : after, ...shared }, say)).moved);
    }
    const warnings = [
      ...known,
      ...populationWarnings(population, read, after.settings),
      ...spendWarnings([{ name: [], spend: { correlation } }]),
    ];
    notes.warnings(warnings);
    return statementReport({
      assumptions: {
        ...assumptionsOf(after.settings, pricing, read, population.asOf),
        opening: {
          date: dates.assumed?.text ?? 'as given',
          discountRate: before.settings.discountRate.toFixed(),
          margin: pricing.openingMargin ?? pricing.margin,
        },
      },
      input: inputOf(read, pricing),
      warnings: told(warnings),
      population,
      whole,
      series,
    });
  });
}

/** Whoever gave no opening and gets a shorter statement than usual is told which. */
function sayOpening({ whole, assumed }: Dates, notes: Notes): void {
  const from = isoOf(whole.from);
  if (assumed?.shortened) notes.say(`the opening is ${from}, ${assumed.text}; to pin it: --from ${from}`);
}

/** E122 for what a statement between two dates can do nothing with. */
function checkOptions({ model }: StatementOptions, typed: readonly string[]): void {
  const remedies: Readonly<Record<string, string>> = {
    '--as-of': 'give the closing date as --to',
    '--opportunity': 'use one of the models that count purchases',
  };
  const misfit = typed.find((option) => Object.hasOwn(remedies, option));
  if (misfit) throw new ClvError('E122', { option: misfit, other: 'statement', remedy: remedies[misfit]! });
  const occasions = OCCASION_MODELS.find(({ name }) => name === model);
  if (!occasions) return;
  throw new ClvError('E122', { option: `--model ${model}`, other: 'statement', remedy: remedies['--opportunity']! });
}

function datesAsked({ from, to, every }: StatementOptions): DatesAsked {
  const choices = OPPORTUNITIES.map(({ text }) => text).join(' ');
  const step = OPPORTUNITIES.find(({ text }) => text === every);
  if (every !== undefined && !step) bad('--every', every, 'is not known', `one of ${choices}`);
  return {
    from: from === undefined ? null : day('--from', from),
    to: to === undefined ? null : day('--to', to),
    months: step?.months ?? null,
  };
}

/** What the opening was valued by, where it differs. E262 where the two could not be compared. */
async function openingBasis(options: StatementOptions, closing: Settings): Promise<Basis> {
  const { fromDiscountRate, fromModel, fromMargins } = options;
  const settings = await withSavedModel({
    ...closing,
    discountRate:
      fromDiscountRate === undefined
        ? closing.discountRate
        : rate('--from-discount-rate', fromDiscountRate, 'discount'),
    useModel: fromModel ?? closing.useModel,
  });
  if (settings.spendFrom !== closing.spendFrom) {
    const problem = `its mean margins are of ${settings.spendFrom} purchases, those of the closing of ${closing.spendFrom}: value both by one --spend-from`;
    throw new ClvError('E262', { problem }, { file: fromModel! });
  }
  return { settings, openingMargins: fromMargins !== undefined };
}
