import { computeReport } from '../aggregator/compute.ts';
import type { ComputeOptions } from './compute-command.ts';
import { warningText } from './messages-text.ts';
import { choice, columns, whole } from './option-values.ts';
import { openModelFile } from './save-model.ts';
import { withTransactions } from './session.ts';
import { settingsOf } from './settings.ts';
import { type IntervalKind, valueCustomers } from './valuation.ts';
import { warningsOf } from './warnings.ts';

/** Resamples of `bootstrap` without a number, and the most. */
const RESAMPLES = { usual: 200, most: 10_000 };

function intervalKind(text: string): IntervalKind {
  const [kind, count] = text.split('=', 2);
  if (kind === 'bootstrap')
    return count === undefined ? RESAMPLES.usual : whole('--interval bootstrap', count, 20, RESAMPLES.most);
  return choice('--interval', text, ['covariance', 'none', 'bootstrap', 'bootstrap=N'] as const) as IntervalKind;
}

/** `clv compute`: roll up customers → fit → value → aggregate. */
export async function compute(files: readonly string[], options: ComputeOptions): Promise<void> {
  const settings = settingsOf(options);
  const by = columns('--by', options.by);
  const top = whole('--top', options.top, 0, 1_000_000);
  const interval = intervalKind(options.interval);
  const { asOf, spendFrom } = settings;
  await withTransactions(
    files,
    settings,
    { by, section: options.section },
    async ({ ledger, read, pricing, notes }) => {
      const saveModel = await openModelFile(options.saveModel);
      const population = await ledger.rollUp({ asOf, spendFrom, fillMeans: settings.spend.fillsMeans });
      const valued = await valueCustomers(ledger, settings, interval);
      const warnings = warningsOf(population, valued.spend, read, { asOfGiven: asOf !== null });
      notes.warnings(warnings);
      await saveModel({ asOf: population.asOf, files: read.files, ...valued });
      return computeReport({
        assumptions: {
          asOf: population.asOf,
          currency: settings.currency,
          digits: settings.digits,
          discountRate: settings.discountRate.toFixed(),
          horizon: settings.horizon.text,
          margin: pricing.margin,
          spendFrom,
          roundedAmounts: settings.read.roundAmounts ?? null,
          by,
          top,
        },
        input: { files: read.files, tables: pricing.tables },
        warnings: warnings.map((warning) => ({ code: warning.code, message: warningText(warning) })),
        population,
        ...valued,
        totals: await ledger.totals(),
        customers: ledger.customers(),
      });
    },
  );
}
