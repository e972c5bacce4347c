import { type Day, isoOf } from '../../base/calendar.ts';
import { ClvError, type Warning } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import { type Horizon, parseHorizon } from '../../base/units.ts';
import { inputOf } from '../../cli/assumptions.ts';
import { columns, optionError, unknownName } from '../../cli/option-values.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf, withRegularity } from '../../cli/settings.ts';
import { limitWarnings, populationWarnings, seasonWarnings, spendWarnings } from '../../cli/warnings.ts';
import type { BuyingModel } from '../../models/model.ts';
import { BUYING_MODELS, buyingModel } from '../../models/registry.ts';
import type { LoadResult } from '../../reader/transactions.ts';
import { isTested } from '../../valuation/backtest/found.ts';
import { tryModels } from '../../valuation/backtest/trials.ts';
import { validateReport } from './document.ts';
import type { ValidateOptions } from './options.ts';

/** `clv validate`: roll up customers before the holdout → fit → predict → compare with what happened. */
export async function validate(files: readonly string[], options: ValidateOptions): Promise<void> {
  // --regularity is of the models that are compared, where there are several.
  const { regularity, ...rest } = options;
  const settings = await withSavedModel(settingsOf(options.models === undefined ? options : rest));
  if (settings.opportunity) {
    throw new ClvError('E122', { option: '--opportunity', ...variant('E122', 'counted purchases') });
  }
  const span = spanOf(options.holdout);
  const models = modelsOf(options.models, settings, regularity);
  const { spendFrom, currency, digits } = settings;
  await withTransactions(
    files,
    settings,
    { section: options.section },
    async ({ ledger, read, pricing, notes, known }) => {
      const until = settings.asOf ?? read.totals.lastDay!;
      const asOf = until - wholeDays(span);
      checkHoldout(span, asOf, until, read);
      notes.stage('rolling up customers');
      const population = await ledger.rollUp({ asOf, spendFrom, fillMeans: false, opportunity: settings.opportunity });
      const { trials, holdout, spend, spendFailure } = await tryModels(
        ledger,
        settings,
        models,
        { asOf, until },
        (stage) => notes.stage(stage),
      );
      const warnings: readonly Warning[] = [
        ...known,
        ...populationWarnings({ ...population, costsLeft: 0n }, read, settings),
        ...trials.filter(isTested).flatMap(({ note }) => limitWarnings({ name: [], model: note })),
        ...trials
          .filter(isTested)
          .slice(0, 1)
          .flatMap(({ note }) => seasonWarnings({ name: [], model: note })),
        ...(spend ? [...limitWarnings({ name: [], model: spend }), ...spendWarnings({ name: [], spend })] : []),
        ...(spendFailure
          ? [{ code: 'W307', values: { reason: `${spendFailure.code} ${spendFailure.message}` } } satisfies Warning]
          : []),
      ];
      notes.warnings(warnings);
      return validateReport({
        assumptions: {
          asOf,
          currency,
          digits,
          margin: pricing.margin,
          spendFrom,
          roundedAmounts: settings.read.roundAmounts ?? null,
          season: settings.season,
          decimalMark: read.markMatters ? read.decimalMark : null,
        },
        input: inputOf(read, pricing),
        warnings: warningsBlock(warnings),
        population,
        until,
        span: span.text,
        holdout,
        spend,
        trials,
      });
    },
  );
}

function spanOf(text: string): Horizon {
  const span = parseHorizon(text);
  if (span && span.days !== null && wholeDays(span) > 0) return span;
  return optionError('--holdout', text, 'no holdout');
}

/** A holdout has whole days: 3m is 91. */
function wholeDays(span: Horizon): number {
  return Math.round(span.days!);
}

/** Those that have a k by `--regularity`. */
function modelsOf(text: string | undefined, settings: Settings, regularity: string | undefined) {
  const models = modelsNamed(text, settings);
  if (text === undefined || regularity === undefined) return models;
  const some = models.some(({ ofRegularity }) => ofRegularity);
  return models.map((model) => (some && !model.ofRegularity ? model : withRegularity(model, regularity)));
}

function modelsNamed(text: string | undefined, { model }: Settings): readonly BuyingModel[] {
  if (text === undefined) return [model];
  if (text === 'all') return BUYING_MODELS;
  const names = BUYING_MODELS.map((known) => known.name);
  return columns('--models', text).map(
    (name) => buyingModel(name) ?? unknownName('--models', name, 'no model', names, 'all, or some'),
  );
}

/** The holdout must leave at least a day with a transaction before it. */
function checkHoldout(span: Horizon, asOf: Day, until: Day, { totals }: LoadResult): void {
  const first = totals.firstDay!;
  if (asOf >= first) return;
  optionError('--holdout', span.text, 'all held out', { first: isoOf(first), last: isoOf(until) });
}
