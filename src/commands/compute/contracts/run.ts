import { warningsBlock } from '../../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../../cli/assumptions.ts';
import { checkPeriods, contractPeriods, graceOf, periodWarnings } from '../../../cli/contracts.ts';
import { columns, whole } from '../../../cli/option-values.ts';
import type { PeriodLength } from '../../../cli/periods.ts';
import { withTransactions } from '../../../cli/session.ts';
import { settingsOf } from '../../../cli/settings.ts';
import { limitWarnings, populationWarnings } from '../../../cli/warnings.ts';
import type { TableSource } from '../../../data/inputs.ts';
import { retentionPerPeriod } from '../../../engine/contracts/timing.ts';
import { readContracts, writeWorth } from '../../../ledger/steps/contracts.ts';
import { readRetention } from '../../../reader/tables/retention.ts';
import { oneRateWarnings } from '../../../report/contracts.ts';
import { withParquet } from '../../../reporter/parquet.ts';
import { STORE_FORMATS } from '../../../reporter/registry.ts';
import type { SegmentRates } from '../../../valuation/contracts/terms.ts';
import { valueContracts } from '../../../valuation/contracts/value.ts';
import { customersIn, listsCustomers } from '../customer-list.ts';
import type { ComputeOptions } from '../options.ts';
import { contractsReport } from './document.ts';
import { contractSettings } from './options.ts';

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
  await withTransactions(
    files,
    settings,
    { by, payments: true, section: options.section },
    async ({ ledger, read, pricing, notes, known }) => {
      const rates = await segmentRates(options.retentionFile, pricing.by, period);
      notes.stage('rolling up customers');
      const population = await ledger.rollUp({ asOf: settings.asOf, spendFrom: 'all', fillMeans: false });
      const periods = contractPeriods(period, grace);
      notes.stage('finding runs of paid periods');
      const contracts = await readContracts(ledger.loaded, periods, population.asOf);
      checkPeriods(contracts, period);
      const { cells } = contracts;
      const terms = {
        ...contract,
        retention: rates?.rates ?? contract.retention,
        discountRate: settings.discountRate,
        periodsPerYear: period.perYear,
        digits,
      };
      notes.stage('fitting the models');
      const valuation = valueContracts(cells, terms);
      const { model, limit } = valuation.fitted;
      notes.stage('valuing customers');
      await writeWorth(ledger.loaded, valuation.worth);
      const warnings = [
        ...known,
        ...populationWarnings({ ...population, notPositive: 0 }, read, settings),
        ...periodWarnings(contracts),
        ...limitWarnings({ name: [], model: { name: model.name, limit } }),
        ...oneRateWarnings(valuation.oneRate, terms),
      ];
      notes.warnings(warnings);
      const list = { segments: pricing.by.length, counted: 1, digits, subscribers: true } as const;
      const report = contractsReport({
        assumptions: {
          ...assumptionsOf(settings, pricing, read, population.asOf),
          spendFrom: 'all',
          top,
        },
        settings: terms,
        period: { text: period.text, grace },
        input: inputOf(read, pricing, rates ? [rates.source] : []),
        warnings: warningsBlock(warnings),
        population,
        cells,
        valuation,
        totals: await ledger.totals(),
        customers: listed ? customersIn(ledger, population.valued.customers, list) : null,
      });
      return withParquet(report, digits, ledger.exports.parquetOf);
    },
  );
}

async function segmentRates(
  file: string | undefined,
  by: readonly string[],
  period: PeriodLength,
): Promise<{ readonly rates: SegmentRates; readonly source: TableSource } | null> {
  if (file === undefined) return null;
  const { of, segments, source } = await readRetention(file, by);
  const rate = (segment: readonly string[]) => {
    const annual = of(segment);
    return annual && retentionPerPeriod(annual, period.perYear);
  };
  return { rates: { file, of: rate, segments }, source };
}
