import { computeReport } from '../aggregator/compute.ts';
import type { ComputeOptions } from './compute-command.ts';
import { warningText } from './messages-text.ts';
import { choice, columns, whole } from './option-values.ts';
import { withTransactions } from './session.ts';
import { settingsOf } from './settings.ts';
import { valueCustomers } from './valuation.ts';
import { warningsOf } from './warnings.ts';

/** `clv compute`: roll up customers → fit → value → aggregate. */
export async function compute(files: readonly string[], options: ComputeOptions): Promise<void> {
  const settings = settingsOf(options);
  const by = columns('--by', options.by);
  const top = whole('--top', options.top, 0, 1_000_000);
  const interval = choice('--interval', options.interval, ['covariance', 'none']);
  const { asOf, spendFrom } = settings;
  await withTransactions(
    files,
    settings,
    { by, section: options.section },
    async ({ ledger, read, pricing, notes }) => {
      const population = await ledger.rollUp({ asOf, spendFrom, fillMeans: settings.spend.fillsMeans });
      const valued = await valueCustomers(ledger, settings, interval);
      const warnings = warningsOf(population, valued.spend, read, { asOfGiven: asOf !== null });
      notes.warnings(warnings);
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
