import { ONE } from '../../base/decimal.ts';
import type { Warning } from '../../base/errors.ts';
import { told } from '../../base/message-text.ts';
import { halfEvenUnits } from '../../base/money.ts';
import { DAYS_PER_YEAR } from '../../base/units.ts';
import { assumptionsOf, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { columns } from '../../cli/option-values.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import { populationWarnings, spendWarnings } from '../../cli/warnings.ts';
import { paybackDays } from '../../engine/what-if.ts';
import { type FittedCustomers, fitModels } from '../../valuation/fit.ts';
import { groupNote, windowOf } from '../../valuation/value.ts';
import { tryScenarios } from '../../valuation/whatif/trials.ts';
import { type AskedWhatif, askedWhatif } from './asked.ts';
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
      const group = groupNote(fitted, fitted.groups[0]!, windowOf(settings));
      const { margin, margins, costs } = settings;
      notes.stage('valuing customers');
      const { scenarios, ...trials } = await tryScenarios(ledger, fitted, settings, {
        scenarios: asked.scenarios,
        acquired: population.recentFirst,
        margin: margins === undefined && costs === undefined ? (margin ?? ONE) : null,
      });
      const days = population.asOf - (population.firstPurchase ?? population.asOf);
      const late = [...spendWarnings([group]), ...shortYear(days, population.recentFirst)];
      notes.warnings(late);
      const prospect = BigInt(halfEvenUnits(group.prospectValue, settings.digits));
      return whatIfReport({
        assumptions: { ...assumptionsOf(settings, pricing, read, population.asOf), top: 0 },
        input: inputOf(read, pricing, asked.tables),
        warnings: told([...early, ...late]),
        population,
        source: fitted.source,
        groups: [group],
        prospect,
        acquisition: BigInt(population.recentFirst) * prospect,
        ...trials,
        payback: paybackOf(asked, fitted, windowOf(settings)),
        scenarios: asked.scenarios.map((scenario, i) => ({ ...scenario, tried: scenarios[i]! })),
        set: asked.set,
      });
    },
  );
}

/** Who has not seen a year does not know how many customers a year are won. */
function shortYear(days: number, customers: number): readonly Warning[] {
  return days < Math.floor(DAYS_PER_YEAR) ? [{ code: 'W341', values: { days, customers } }] : [];
}

const DAYS_PER_MONTH = DAYS_PER_YEAR / 12;

function paybackOf({ acquisitionCost }: AskedWhatif, fitted: FittedCustomers, window: ReturnType<typeof windowOf>) {
  if (acquisitionCost === null) return null;
  const { fit, spend } = fitted.groups[0]!;
  const mean = spend.model.populationMean(spend.fit.parameters);
  const buying = { model: fitted.model, parameters: fit.parameters };
  const days = paybackDays(buying, mean, window, acquisitionCost.toNumber());
  const months = days === null ? null : (Math.ceil((10 * days) / DAYS_PER_MONTH) / 10).toFixed(1);
  return { cost: acquisitionCost, months };
}
