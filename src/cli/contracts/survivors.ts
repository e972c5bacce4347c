import type { Decimal } from '../../base/decimal.ts';
import { ClvError, type Warning } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import type { TableSource } from '../../data/inputs.ts';
import { readSurvivors } from '../../reader/tables/survivors.ts';
import { oneRateWarnings } from '../../report/contracts.ts';
import { type SurvivorSettings, type SurvivorValuation, valueSurvivors } from '../../valuation/survivors/value.ts';
import { amount } from '../option-values.ts';
import type { PeriodLength } from '../periods.ts';
import type { Notes } from '../say/notes.ts';
import type { Settings } from '../settings.ts';
import { limitWarnings } from '../warnings.ts';
import { contractPeriod } from './reading.ts';
import { type ContractOptions, contractSettings, oneRetention, settingsOfLength } from './terms.ts';

/** The options of a survivor table as text. */
interface SurvivorOptions extends ContractOptions {
  readonly contract?: string | undefined;
  readonly marginPerPeriod?: string | undefined;
}

/** How a survivor table is valued. */
export interface SurvivorsAsked {
  readonly period: PeriodLength;
  readonly settings: SurvivorSettings;
}

/** @param typed the options on the command line, by their long names @throws ClvError E101, E112, E122, E123 */
export function survivorsAsked(options: SurvivorOptions, settings: Settings, typed: readonly string[]): SurvivorsAsked {
  const contract = contractSettings(options, settings.horizon, typed.includes('--model'));
  if (contract.resamples !== null)
    throw new ClvError('E122', { option: '--interval bootstrap', ...variant('E122', 'no customers') });
  const period = contractPeriod(options.contract ?? '1y');
  const terms = settingsOfLength(contract, period, oneRetention(contract), settings);
  return { period, settings: { ...terms, marginPerPeriod: marginOf(options) } };
}

function marginOf({ marginPerPeriod }: SurvivorOptions): Decimal {
  if (marginPerPeriod !== undefined) return amount('--margin-per-period', marginPerPeriod);
  throw new ClvError('E123', variant('E123', 'margin'));
}

/** A survivor table and what its customers are worth. */
export interface ValuedTable {
  readonly table: TableSource;
  readonly valuation: SurvivorValuation;
  readonly warnings: readonly Warning[];
}

/** Table → fit → value, with its warnings said. @throws ClvError E302, E303, E311–E313, E322 and those of the table */
export async function valueTable(file: string, { settings }: SurvivorsAsked, notes: Notes): Promise<ValuedTable> {
  const { cohorts, source } = await readSurvivors(file);
  const valuation = valueSurvivors(cohorts, settings);
  const { model, limit, oneRate } = valuation;
  const warnings = [
    ...limitWarnings({ name: [], model: { name: model.name, limit } }),
    ...oneRateWarnings(oneRate, settings),
  ];
  notes.warnings(warnings);
  return { table: source, valuation, warnings };
}
