import { ClvError } from '../../../base/errors.ts';
import { variant, warningsBlock } from '../../../base/message-text.ts';
import { contractPeriod } from '../../../cli/contracts/reading.ts';
import { contractSettings, oneRetention, settingsOfLength } from '../../../cli/contracts/terms.ts';
import { withOutput } from '../../../cli/frame.ts';
import { amount } from '../../../cli/option-values.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { limitWarnings } from '../../../cli/warnings.ts';
import { readSurvivors } from '../../../reader/tables/survivors.ts';
import { oneRateWarnings } from '../../../report/contracts.ts';
import { valueSurvivors } from '../../../valuation/survivors/value.ts';
import type { ComputeOptions } from '../options.ts';
import { survivorsReport } from './document.ts';

/** `clv compute --survivors FILE`: read the table → fit → value the customers alive by tenure → report. */
export async function computeSurvivors(options: ComputeOptions, typed: readonly string[]): Promise<void> {
  const settings = settingsOf({ ...options, model: 'pareto-nbd' });
  const contract = contractSettings(options, settings.horizon, typed.includes('--model'));
  if (contract.resamples !== null)
    throw new ClvError('E122', { option: '--interval bootstrap', ...variant('E122', 'no customers') });
  const period = contractPeriod(options.contract ?? '1y');
  const terms = settingsOfLength(contract, period, oneRetention(contract), settings);
  const marginPerPeriod = marginOf(options);
  await withOutput(settings, options.section, async ({ notes, write }) => {
    const { cohorts, source } = await readSurvivors(options.survivors!);
    const valuation = valueSurvivors(cohorts, {
      ...terms,
      marginPerPeriod,
    });
    const { model, limit } = valuation;
    const warnings = [
      ...limitWarnings({ name: [], model: { name: model.name, limit } }),
      ...oneRateWarnings(valuation.oneRate, valuation.settings),
    ];
    notes.warnings(warnings);
    await write(
      survivorsReport(valuation, {
        table: source,
        currency: settings.currency,
        horizon: settings.horizon.text,
        warnings: warningsBlock(warnings),
      }),
    );
  });
}

function marginOf({ marginPerPeriod }: ComputeOptions) {
  if (marginPerPeriod !== undefined) return amount('--margin-per-period', marginPerPeriod);
  throw new ClvError('E123', variant('E123', 'margin'));
}
