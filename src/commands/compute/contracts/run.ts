import { warningsBlock } from '../../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../../cli/assumptions.ts';
import { graceOf } from '../../../cli/contracts/reading.ts';
import { contractSettings } from '../../../cli/contracts/terms.ts';
import { valueSubscriptions } from '../../../cli/contracts/value.ts';
import { columns, whole } from '../../../cli/option-values.ts';
import { withTransactions } from '../../../cli/session.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { writeWorth } from '../../../ledger/steps/contracts.ts';
import { withParquet } from '../../../reporter/parquet.ts';
import { STORE_FORMATS } from '../../../reporter/registry.ts';
import { customersIn, listsCustomers } from '../customer-list.ts';
import type { ComputeOptions } from '../options.ts';
import { contractsReport } from './document.ts';

/** `clv compute --contract`: payments → runs of paid periods → fit → value the customers who are there → aggregate. */
export async function computeContracts(
  files: readonly string[],
  options: ComputeOptions,
  typed: readonly string[],
): Promise<void> {
  const settings = settingsOf({ ...options, model: 'pareto-nbd' }, STORE_FORMATS);
  const contract = contractSettings(options, settings.horizon, typed.includes('--model'));
  const { period } = contract;
  const grace = graceOf(options.grace, period);
  const by = columns('--by', options.by);
  const top = whole('--top', options.top, 0, 1_000_000);
  const listed = listsCustomers(options);
  const { digits } = settings;
  await withTransactions(files, settings, { by, payments: true, section: options.section }, async (session) => {
    const { ledger, read, pricing, notes } = session;
    const valued = await valueSubscriptions(session, settings, contract, { ...options, grace });
    const { population, contracts, valuation } = valued;
    notes.stage('valuing customers');
    await writeWorth(ledger.loaded, valuation.worth);
    const list = { segments: pricing.by.length, counted: 1, digits, subscribers: true } as const;
    const report = contractsReport({
      assumptions: {
        ...assumptionsOf(settings, pricing, read, population.asOf),
        spendFrom: 'all',
        top,
      },
      settings: valued.settings,
      period: { text: period.text, grace },
      input: inputOf(read, pricing, valued.tables),
      warnings: warningsBlock(valued.warnings),
      population,
      cells: contracts.cells,
      valuation,
      totals: await ledger.totals(),
      customers: listed ? customersIn(ledger, population.valued.customers, list) : null,
    });
    return withParquet(report, digits, ledger.exports.parquetOf);
  });
}
