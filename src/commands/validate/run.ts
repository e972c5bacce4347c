import { isoOf } from '../../base/calendar.ts';
import { ClvError, type Warning } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import { inputOf } from '../../cli/assumptions.ts';
import { columns, unknownName } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf, withRegularity } from '../../cli/settings.ts';
import { limitWarnings, populationWarnings, seasonWarnings, spendWarnings } from '../../cli/warnings.ts';
import type { BuyingModel } from '../../models/model.ts';
import { BUYING_MODELS, buyingModel } from '../../models/registry.ts';
import { tryAtOrigins } from '../../valuation/backtest/at-origins.ts';
import { isTested } from '../../valuation/backtest/found.ts';
import { summariesOf } from '../../valuation/backtest/scores.ts';
import { validateReport } from './document.ts';
import type { ValidateOptions } from './options.ts';
import { SECTIONS } from './sections.ts';
import { askedSpan, originsOf } from './span.ts';

/** `clv validate`: at each origin roll up customers before the holdout → fit → predict → compare with what happened. */
export async function validate(files: readonly string[], options: ValidateOptions): Promise<void> {
  // --regularity is of the models that are compared, where there are several.
  const { regularity, ...rest } = options;
  const settings = await withSavedModel(settingsOf(options.models === undefined ? options : rest));
  if (settings.opportunity) {
    throw new ClvError('E122', { option: '--opportunity', ...variant('E122', 'counted purchases') });
  }
  const asked = askedSpan(options);
  const models = modelsOf(options.models, settings, regularity);
  const { spendFrom, currency, digits } = settings;
  await withTransactions(
    files,
    settings,
    { nameless: true, sections: sectionsAsked(options, SECTIONS.purchases) },
    async ({ ledger, read, pricing, notes, known }) => {
      const dates = { first: read.totals.firstDay!, until: settings.asOf ?? read.totals.lastDay! };
      const { span, step, origins } = originsOf(asked, dates);
      const { scores, backtest, population, spendFailures } = await tryAtOrigins(
        ledger,
        settings,
        models,
        origins,
        (stage) => notes.stage(stage),
      );
      const { trials, holdout, spend } = backtest;
      const heldOut = origins.at(-1)!;
      const warnings: readonly Warning[] = [
        ...known,
        ...populationWarnings({ ...population, costsLeft: 0n }, read, settings),
        ...trials.filter(isTested).flatMap(({ note }) => limitWarnings({ name: [], model: note })),
        ...trials
          .filter(isTested)
          .slice(0, 1)
          .flatMap(({ note }) => seasonWarnings({ name: [], model: note })),
        ...(spend ? [...limitWarnings({ name: [], model: spend }), ...spendWarnings({ name: [], spend })] : []),
        ...spendFailures.map(
          ({ heldOut: { asOf }, error: { code, message } }): Warning => ({
            code: 'W307',
            values: { reason: `${step === null ? '' : `as of ${isoOf(asOf)}, `}${code} ${message}` },
          }),
        ),
      ];
      notes.warnings(warnings);
      return validateReport({
        assumptions: {
          asOf: heldOut.asOf,
          currency,
          digits,
          margin: pricing.margin,
          spendFrom,
          roundedAmounts: read.roundedAmounts,
          season: settings.season,
          decimalMark: read.markMatters ? read.decimalMark : null,
        },
        input: inputOf(read, pricing),
        warnings: warningsBlock(warnings),
        population,
        until: heldOut.until,
        span: span.text,
        rolling: step === null ? null : { step, scores, summaries: summariesOf(scores) },
        holdout,
        spend,
        trials,
      });
    },
  );
}

/** Those that have a k by `--regularity`; each once, since two may be one by their k. */
function modelsOf(text: string | undefined, settings: Settings, regularity: string | undefined) {
  const models = modelsNamed(text, settings);
  if (text === undefined || regularity === undefined) return models;
  const some = models.some(({ ofRegularity }) => ofRegularity);
  const regular = models.map((model) => (some && !model.ofRegularity ? model : withRegularity(model, regularity)));
  return regular.filter(({ name }, i) => regular.findIndex((model) => model.name === name) === i);
}

function modelsNamed(text: string | undefined, { model }: Settings): readonly BuyingModel[] {
  if (text === undefined) return [model];
  if (text === 'all') return BUYING_MODELS;
  const names = BUYING_MODELS.map((known) => known.name);
  return columns('--models', text).map(
    (name) => buyingModel(name) ?? unknownName('--models', name, 'no model', names, 'all, or some'),
  );
}
