import type { Warning } from '../../base/errors.ts';
import type { Contracts } from '../../data/contracts.ts';
import type { Population } from '../../data/customers.ts';
import type { TableSource } from '../../data/inputs.ts';
import { readContracts } from '../../ledger/steps/contracts.ts';
import { readRetention } from '../../reader/tables/retention.ts';
import { oneRateWarnings } from '../../report/contracts.ts';
import { type ContractSettings, retentionPerPeriod, type SegmentRates } from '../../valuation/contracts/terms.ts';
import { type ContractValuation, valueContracts } from '../../valuation/contracts/value.ts';
import type { PeriodLength } from '../periods.ts';
import type { Session } from '../session.ts';
import type { Settings } from '../settings.ts';
import { populationWarnings } from '../warnings.ts';
import { checkPeriods, contractPeriods, periodWarnings } from './reading.ts';
import type { TypedContract } from './terms.ts';

/** Subscriptions as of the valuation date with what they are worth. */
export interface ValuedSubscriptions {
  readonly population: Population;
  readonly contracts: Contracts;
  readonly settings: ContractSettings;
  readonly valuation: ContractValuation;
  /** The file of rates by segment, where one is given. */
  readonly tables: readonly TableSource[];
  readonly warnings: readonly Warning[];
}

/** What else is asked of it. */
interface HowValued {
  /** Days that a run may miss. */
  readonly grace: number;
  readonly retentionFile?: string | undefined;
  /** What is looked at once customers are rolled up, before time goes into a fit. */
  readonly before?: (population: Population) => Promise<void>;
}

/** Payments → runs of paid periods → fit → value. @throws ClvError E256, E302, E303, E311, E312, E315, E316 and those of the tables */
export async function valueSubscriptions(
  { ledger, read, pricing, notes, known }: Session,
  settings: Settings,
  typed: TypedContract,
  { grace, retentionFile, before }: HowValued,
): Promise<ValuedSubscriptions> {
  const { period } = typed;
  const rates = await segmentRates(retentionFile, pricing.by, period);
  notes.stage('rolling up customers');
  const population = await ledger.rollUp({ asOf: settings.asOf, spendFrom: 'all', fillMeans: false });
  await before?.(population);
  notes.stage('finding runs of paid periods');
  const contracts = await readContracts(ledger.loaded, contractPeriods(period, grace), population.asOf);
  checkPeriods(contracts, period);
  const terms = {
    ...typed,
    retention: rates?.rates ?? typed.retention,
    discountRate: settings.discountRate,
    periodsPerYear: period.perYear,
    digits: settings.digits,
  };
  notes.stage('fitting the models');
  const valuation = valueContracts(contracts.cells, terms);
  const warnings = [
    ...known,
    ...populationWarnings({ ...population, notPositive: 0 }, read, settings),
    ...periodWarnings(contracts),
    ...oneRateWarnings(valuation.oneRate, terms),
  ];
  notes.warnings(warnings);
  return { population, contracts, settings: terms, valuation, tables: rates ? [rates.source] : [], warnings };
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
