import { warningsBlock } from '../../../base/message-text.ts';
import { grouped } from '../../../base/money.ts';
import { plural } from '../../../base/plural.ts';
import { contractPeriod } from '../../../cli/contracts/reading.ts';
import { withOutput } from '../../../cli/frame.ts';
import { optionError } from '../../../cli/option-values.ts';
import { sectionsAsked } from '../../../cli/output/sections.ts';
import { type PeriodLength, periodsIn } from '../../../cli/periods.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { readSurvivors } from '../../../reader/tables/survivors.ts';
import { contractSummaries, happenedIn } from '../../../valuation/backtest/contracts/scores.ts';
import { tableAtOrigins } from '../../../valuation/backtest/contracts/table.ts';
import type { ValidateOptions } from '../options.ts';
import { SECTIONS } from '../sections.ts';
import { type AskedSpan, askedSpan } from '../span.ts';
import { contractValidationReport } from './document.ts';
import { contractModels } from './models.ts';

/** `clv validate --survivors FILE`: take the last periods off the table → fit → predict them → compare with what happened. */
export async function validateSurvivors(options: ValidateOptions, typed: readonly string[]): Promise<void> {
  const settings = settingsOf({ ...options, model: 'pareto-nbd' });
  const models = contractModels(options, typed);
  const period = contractPeriod(options.contract ?? '1y');
  const asked = askedSpan(options);
  await withOutput(settings, sectionsAsked(options, SECTIONS.contract), async ({ notes, write }) => {
    const { cohorts, source } = await readSurvivors(options.survivors!);
    const tables = cohorts.map(({ survivors }) => survivors);
    const held = heldPeriods(asked, tables, period);
    checkOrigins(asked, tables, held);
    notes.stage('fitting the models');
    const { scores, backtest, last } = tableAtOrigins(models, tables, held, asked.count);
    const { trials } = backtest;
    const { cohorts: known, fitted } = last;
    const happened = happenedIn(last.holdout);
    const { name, sha256, bytes, records } = source;
    const which = asked.count === 1 ? '' : ', at the last origin';
    const words = `${held} ${plural(held, 'period', 'periods')} of ${period.text}`;
    await write(
      contractValidationReport({
        money: settings,
        methodology: {
          as_of: null,
          currency: settings.currency,
          discount_rate_annual: null,
          horizon: `the holdout, ${words}`,
          timing: 'undiscounted',
          population: `customers alive ${held} ${plural(held, 'period', 'periods')} before the end of their cohort; cohorts that began later are left out`,
        },
        input: { files: [], tables: [{ name, sha256, bytes, records }] },
        warnings: warningsBlock([]),
        holdout: { periods: held, period: period.text, fitted_periods: fitted, cohorts: known },
        span: words,
        facts: [
          {
            label: 'Fitted to',
            value: `periods 0 to ${fitted} of ${known} ${plural(known, 'cohort', 'cohorts')}${which}`,
          },
          {
            label: 'Customers',
            value: `${grouped(String(happened.customers))} alive at the end of what is fitted${which}`,
          },
        ],
        trials,
        happened,
        lengths: [],
        rolling: asked.count === 1 ? null : { step: 1, unit: 'period', scores, summaries: contractSummaries(scores) },
      }),
    );
  });
}

/** Whole periods that are held out, a quarter of the longest cohort where nothing is asked for. E101. */
function heldPeriods({ span }: AskedSpan, tables: readonly (readonly number[])[], period: PeriodLength): number {
  const longest = Math.max(...tables.map(({ length }) => length - 1));
  const held = span === null ? Math.max(1, Math.floor(longest / 4)) : periodsIn(span.exact, period);
  const text = span?.text ?? `${held} ${plural(held ?? 0, 'period', 'periods')}`;
  if (held === null) return optionError('--holdout', text, 'part of a period', { period: period.text });
  if (held >= longest) optionError('--holdout', text, 'all periods held out', { periods: longest });
  return held;
}

/** E101: so many origins need as many periods, one fitted at the first besides those held out. */
function checkOrigins({ count }: AskedSpan, tables: readonly (readonly number[])[], held: number): void {
  const most = Math.max(...tables.map(({ length }) => length - 1)) - held;
  if (count > 1 && count > most) optionError('--origins', String(count), 'too many starts', { held, most });
}
