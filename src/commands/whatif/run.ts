import { type Decimal, ONE } from '../../base/decimal.ts';
import { ClvError, type Warning } from '../../base/errors.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { halfEvenUnits } from '../../base/money.ts';
import { didYouMean } from '../../base/nearest.ts';
import type { Problem } from '../../base/rates.ts';
import { DAYS_PER_YEAR } from '../../base/units.ts';
import { assumptionsOf, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { amount, columns, optionError } from '../../cli/option-values.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import { modelWarnings, populationWarnings } from '../../cli/warnings.ts';
import type { TableSource } from '../../data/inputs.ts';
import { type Change, DRIVERS, type Driver, type GivenScenario } from '../../data/what-if.ts';
import { paybackDays } from '../../engine/what-if.ts';
import { driverNamed, parseChange, readScenarios, SAID_TWICE } from '../../reader/tables/scenarios.ts';
import { type FittedCustomers, fitModels } from '../../valuation/fit.ts';
import { groupNote, windowOf } from '../../valuation/value.ts';
import { tryScenarios } from '../../valuation/whatif/trials.ts';
import { whatIfReport } from './document.ts';
import type { WhatifOptions } from './options.ts';

/** `clv whatif`: roll up customers → fit → value them under each scenario and each swing of a driver. */
export async function whatif(files: readonly string[], options: WhatifOptions): Promise<void> {
  const settings = await withSavedModel(settingsOf(options));
  const by = columns('--by', options.by);
  const asked = await askedWhatif(options);
  await withTransactions(
    files,
    settings,
    { by, section: options.section },
    async ({ ledger, read, pricing, notes, known }) => {
      const population = await rollUpCustomers({ ledger, notes }, settings);
      const early = [...known, ...populationWarnings(population, read, settings)];
      notes.warnings(early);
      notes.stage('fitting the models');
      const fitted = await fitModels(ledger, settings);
      const window = windowOf(settings, fitted.horizon);
      const group = groupNote(settings, fitted.groups[0]!, window);
      const { margin, margins, costs } = settings;
      notes.stage('valuing customers');
      const { scenarios, ...trials } = await tryScenarios(ledger, fitted, settings, {
        scenarios: asked.scenarios,
        acquired: population.recentFirst,
        margin: margins === undefined && costs === undefined ? (margin ?? ONE) : null,
      });
      const days = population.asOf - (population.firstPurchase ?? population.asOf);
      const late = [...modelWarnings([group], settings, fitted.horizon), ...shortYear(days, population.recentFirst)];
      notes.warnings(late);
      const prospect = BigInt(halfEvenUnits(group.prospectValue, settings.digits));
      return whatIfReport({
        assumptions: {
          ...assumptionsOf({ ...settings, horizon: fitted.horizon }, pricing, read, population.asOf),
          top: 0,
        },
        input: inputOf(read, pricing, asked.tables),
        warnings: warningsBlock([...early, ...late]),
        population,
        source: fitted.source,
        groups: [group],
        prospect,
        acquisition: BigInt(population.recentFirst) * prospect,
        ...trials,
        payback: paybackOf(asked, fitted, window),
        scenarios: asked.scenarios.map((scenario, i) => ({ ...scenario, tried: scenarios[i]! })),
        set: asked.set,
      });
    },
  );
}

/** W341 where the data are shorter than a year, so that the customers won in a year are not known. */
function shortYear(days: number, customers: number): readonly Warning[] {
  return days < Math.floor(DAYS_PER_YEAR) ? [{ code: 'W341', values: { days, customers } }] : [];
}

const DAYS_PER_MONTH = DAYS_PER_YEAR / 12;

function paybackOf({ acquisitionCost }: AskedWhatif, fitted: FittedCustomers, window: ReturnType<typeof windowOf>) {
  if (acquisitionCost === null) return null;
  const { model, fit, spend } = fitted.groups[0]!;
  const mean = spend.model.populationMean(spend.fit.parameters);
  const buying = { model, parameters: fit.parameters };
  const days = paybackDays(buying, mean, window, acquisitionCost.toNumber());
  const months = days === null ? null : (Math.ceil((10 * days) / DAYS_PER_MONTH) / 10).toFixed(1);
  return { cost: acquisitionCost, months };
}

/** What is asked for: scenarios, that of --set first, and the cost of winning a customer. */
interface AskedWhatif {
  readonly scenarios: readonly GivenScenario[];
  /** True where the first of them is that of --set. */
  readonly set: boolean;
  readonly acquisitionCost: Decimal | null;
  readonly tables: readonly TableSource[];
}

/** @throws ClvError E101, E112, E151–E155; E254, E255 for a scenarios file */
async function askedWhatif(options: WhatifOptions): Promise<AskedWhatif> {
  const { set, scenarios, campaignCost, acquisitionCost } = options;
  if (campaignCost !== undefined && set === undefined)
    throw new ClvError('E112', { option: '--campaign-cost', other: '--set' });
  const typed = set === undefined ? [] : [typedScenario(set, costOf('--campaign-cost', campaignCost))];
  const listed = scenarios === undefined ? null : await readScenarios(scenarios);
  return {
    scenarios: [...typed, ...(listed?.scenarios ?? [])],
    set: typed.length > 0,
    acquisitionCost: costOf('--acquisition-cost', acquisitionCost),
    tables: listed === null ? [] : [listed.source],
  };
}

function costOf(option: string, text: string | undefined): Decimal | null {
  if (text === undefined) return null;
  const cost = amount(option, text);
  return cost.gt(0) ? cost : optionError(option, text, 'no cost');
}

/** Every --set, together. */
function typedScenario(texts: readonly string[], cost: Decimal | null): GivenScenario {
  const changes = new Map<Driver, Change>();
  const refuse = (driver: Driver, { problem, remedy }: Problem): ClvError =>
    new ClvError('E155', { driver, text: changes.get(driver)!.text, problem, remedy });
  for (const text of texts) {
    const [driver, change] = typedChange(text);
    if (changes.has(driver)) throw new ClvError('E153', { driver });
    changes.set(driver, change);
  }
  if (changes.has('dropout') && changes.has('retention')) throw new ClvError('E154', { ...SAID_TWICE });
  return { name: 'set', changes, cost, refuse };
}

function typedChange(text: string): readonly [Driver, Change] {
  const match = /^([^=]+)=(.+)$/.exec(text);
  const drivers = DRIVERS.join(', ');
  if (!match) throw new ClvError('E151', { text, drivers });
  const [name, value] = match.slice(1).map((part) => part.trim()) as [string, string];
  const driver = driverNamed(name);
  if (!driver) throw new ClvError('E152', { text, driver: name, drivers, hint: didYouMean(name, DRIVERS) });
  const change = parseChange(driver, value);
  if ('problem' in change) throw new ClvError('E155', { driver, text: value, ...change });
  return [driver, change];
}
