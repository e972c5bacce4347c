import { ClvError } from '../../../base/errors.ts';
import { variant, warningsBlock } from '../../../base/message-text.ts';
import { didYouMean } from '../../../base/nearest.ts';
import { shellWord } from '../../../base/shell.ts';
import { survivorsAsked, valueTable } from '../../../cli/contracts/survivors.ts';
import { withOutput } from '../../../cli/frame.ts';
import { optionError } from '../../../cli/option-values.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { firstOf } from '../../../cli/warnings.ts';
import type { SurvivorValuation } from '../../../valuation/survivors/value.ts';
import { contractRowsOf, totalsOfTerms } from '../contracts/cash-flows.ts';
import type { ExplainOptions } from '../options.ts';
import { survivorExplainReport } from './document.ts';

/** `clv explain --survivors FILE`: value the table as `clv compute` does → take one cohort → the cash flows of its customers. */
export async function explainSurvivors(options: ExplainOptions, typed: readonly string[]): Promise<void> {
  const settings = settingsOf({ ...options, model: 'pareto-nbd' });
  const asked = survivorsAsked(options, settings, typed);
  const rows = contractRowsOf(options.byPeriod, settings.horizon, [asked.period]);
  const { currency, horizon } = settings;
  await withOutput(settings, undefined, async ({ notes, write }) => {
    const { valuation, table, warnings } = await valueTable(options.survivors!, asked, notes);
    const { name, survivors } = cohortOf(valuation, options.cohort);
    const made = survivors.length - 1;
    const tenure = valuation.tenures.find((one) => one.tenure === made);
    const customers = survivors[made]!;
    const { terms } = valuation;
    const margin = valuation.settings.marginPerPeriod;
    const clv = tenure?.residualValue ?? 0n;
    const totals = totalsOfTerms({ terms, period: asked.period, made, chance: 1, margin, customers, clv }, rows);
    await write(
      survivorExplainReport({
        ...{ valuation, table, currency, horizon: horizon.text, warnings: warningsBlock(warnings) },
        ...{ cohort: name, acquired: survivors[0]!, made, customers, residualValue: clv, totals },
        retentionNext: tenure?.retentionNext ?? null,
      }),
    );
  });
}

/** The one that is asked for, or the only one. E101 no such cohort, E123 several. */
function cohortOf({ cohorts }: SurvivorValuation, asked: string | undefined): SurvivorValuation['cohorts'][number] {
  const names = cohorts.flatMap(({ name }) => name ?? []);
  if (asked === undefined) {
    if (cohorts.length === 1) return cohorts[0]!;
    throw new ClvError('E123', variant('E123', 'cohort', { name: shellWord(names[0]!), names: firstOf(names) }));
  }
  const found = cohorts.find(({ name }) => name === asked.trim());
  const known = { names: names.length === 0 ? 'none: leave it out' : firstOf(names), hint: didYouMean(asked, names) };
  return found ?? optionError('--cohort', asked, 'no cohort', known);
}
