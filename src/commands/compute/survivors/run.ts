import { ClvError, type Warning } from '../../../base/errors.ts';
import { variant, warningsBlock } from '../../../base/message-text.ts';
import { amount } from '../../../cli/option-values.ts';
import { openOutput } from '../../../cli/output/open.ts';
import { Notes } from '../../../cli/say/notes.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { interruptible } from '../../../cli/signals.ts';
import { constantRetention } from '../../../models/contracts/constant-retention.ts';
import { readSurvivors } from '../../../reader/tables/survivors.ts';
import { oneRateWarning } from '../../../valuation/contracts/comparison.ts';
import { type SurvivorValuation, valueSurvivors } from '../../../valuation/survivors/value.ts';
import { contractSettings } from '../contracts/options.ts';
import type { ComputeOptions } from '../options.ts';
import { survivorsReport } from './document.ts';

/** `clv compute --survivors FILE`: read the table → fit → value the customers alive by tenure → report. */
export async function computeSurvivors(options: ComputeOptions, typed: readonly string[]): Promise<void> {
  const settings = settingsOf({ ...options, model: 'pareto-nbd' });
  const contract = contractSettings(options, settings.horizon, typed.includes('--model'));
  const marginPerPeriod = marginOf(options);
  await interruptible(async (signal) => {
    const output = await openOutput(settings.output, signal);
    try {
      const { cohorts, source } = await readSurvivors(options.survivors!);
      const valuation = valueSurvivors(cohorts, {
        ...contract,
        marginPerPeriod,
        discountRate: settings.discountRate,
        periodsPerYear: contract.period.perYear,
        digits: settings.digits,
      });
      const warnings = warningsOf(valuation);
      const notes = new Notes(settings);
      notes.warnings(warnings);
      notes.checkWarnings();
      const report = survivorsReport(valuation, {
        table: source,
        currency: settings.currency,
        horizon: settings.horizon.text,
        warnings: warningsBlock(warnings),
      });
      const width = process.stdout.columns ?? 100;
      await output.write(settings.format.write(report, { width, color: settings.color, section: options.section }));
    } finally {
      output.discard();
    }
  });
}

function marginOf({ marginPerPeriod }: ComputeOptions) {
  if (marginPerPeriod !== undefined) return amount('--margin-per-period', marginPerPeriod);
  throw new ClvError('E123', variant('E123', 'margin'));
}

/** W321 what one rate for all misses, where it is asked for. */
function warningsOf({ settings, oneRate }: SurvivorValuation): readonly Warning[] {
  return settings.model === constantRetention && oneRate ? [oneRateWarning(oneRate, settings.digits)] : [];
}
