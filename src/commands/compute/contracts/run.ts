import { sumOf } from '../../../aggregator/segments.ts';
import { warningsBlock } from '../../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../../cli/assumptions.ts';
import { columnsIn } from '../../../cli/contracts/columns.ts';
import { checkIntervals, intervalsOfContracts } from '../../../cli/contracts/intervals.ts';
import { contractsAsked, openContractModelFile } from '../../../cli/contracts/saved.ts';
import { valueSubscriptions } from '../../../cli/contracts/value.ts';
import { columns, whole } from '../../../cli/option-values.ts';
import { sectionsAsked } from '../../../cli/output/sections.ts';
import { checkListed } from '../../../cli/output/writing.ts';
import { withTransactions } from '../../../cli/session.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { writeWorth } from '../../../ledger/steps/contracts.ts';
import { readCustomerPayments } from '../../../ledger/steps/subscriptions/payments.ts';
import { withParquet } from '../../../reporter/parquet.ts';
import { STORE_FORMATS } from '../../../reporter/registry.ts';
import { subscribersOf } from '../../../valuation/contracts/by-fit.ts';
import { customersIn, listAsked, listsCustomers } from '../customer-list.ts';
import type { ComputeOptions } from '../options.ts';
import { SECTIONS } from '../sections.ts';
import { contractsReport } from './document.ts';

/** `clv compute --contract`: payments → terms → fit → value the subscriptions that run → aggregate. */
export async function computeContracts(
  files: readonly string[],
  options: ComputeOptions,
  typed: readonly string[],
): Promise<void> {
  const settings = settingsOf({ ...options, model: 'auto' }, STORE_FORMATS);
  const { contract, asked } = await contractsAsked(options, settings.horizon, typed);
  checkIntervals(contract, settings);
  const by = columns('--by', options.by);
  const fitBy = columns('--fit-by', options.fitBy);
  const top = whole('--top', options.top, 0, 1_000_000);
  const listed = listsCustomers(options);
  const { digits } = settings;
  const shape = { by, fitBy, subscriptions: columnsIn(asked), sections: sectionsAsked(options, SECTIONS.contract) };
  await withTransactions(files, settings, shape, async (session) => {
    const { ledger, read, pricing, notes, keep } = session;
    const list = { segments: pricing.by.length, counted: 1, digits, subscribers: true } as const;
    const listing = listAsked(options, list, pricing.by, digits);
    const saveModel = await openContractModelFile(options.saveModel, options.retentionFile);
    const valued = await valueSubscriptions(session, settings, contract, asked, {
      ...options,
      before: ({ valued }) => {
        if (listing.only === null && listed) checkListed(settings, 'customers', valued.customers);
      },
    });
    const { population, contracts, valuation, lengths } = valued;
    notes.stage('finding intervals');
    const intervals = await intervalsOfContracts(valued, contract, settings, {
      ...{ terms: valued.reading.terms, first: read.totals.firstDay!, asOf: population.asOf },
      payments: () => readCustomerPayments(ledger.loaded, population.asOf),
    });
    const modelError = intervals?.modelError ?? null;
    const { files, table } = read;
    const saved = { asOf: population.asOf, files, table, fitBy: pricing.fitBy, valuation, lengths, modelError };
    if (options.saveModel !== undefined) keep(() => saveModel(saved));
    notes.stage('valuing customers');
    await writeWorth(ledger.loaded, subscribersOf(contracts, valuation.worth));
    const totals = await ledger.totals();
    const report = contractsReport({
      assumptions: {
        ...assumptionsOf(settings, pricing, read, population.asOf),
        spendFrom: 'all',
        top,
      },
      settings: contract,
      lengths,
      valueAt: asked.valueAt,
      input: inputOf(read, pricing, valued.tables),
      warnings: warningsBlock(valued.warnings),
      population,
      cells: contracts.cells,
      valuation,
      intervals,
      totals,
      customers: listed ? await customersIn(session, sumOf(totals), listing, list, settings.currency) : null,
    });
    return withParquet(report, digits, ledger.exports.parquetOf);
  });
}
