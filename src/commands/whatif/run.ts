import { ONE } from '../../base/decimal.ts';
import type { Warning } from '../../base/errors.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { halfEvenUnits } from '../../base/money.ts';
import { DAYS_PER_MONTH, DAYS_PER_YEAR } from '../../base/units.ts';
import { assumptionsOf, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { columns } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import { modelWarnings, populationWarnings } from '../../cli/warnings.ts';
import { DRIVERS } from '../../data/what-if.ts';
import { paybackDays } from '../../engine/what-if.ts';
import { basisFacts } from '../../report/basis.ts';
import { methodology } from '../../report/methodology.ts';
import { modelBlock } from '../../report/model.ts';
import { type FittedCustomers, fitModels } from '../../valuation/fit.ts';
import { groupNote, windowOf } from '../../valuation/value.ts';
import { tryScenarios } from '../../valuation/whatif/trials.ts';
import { type AskedWhatif, askedWhatif } from './asked.ts';
import { whatIfReport } from './document.ts';
import type { WhatifOptions } from './options.ts';
import { populationOf } from './population.ts';
import { SECTIONS } from './sections.ts';
import { BUYING_WORDS } from './words.ts';

/** `clv whatif`: roll up customers → fit → value them under each scenario and each swing of a driver. */
export async function whatif(files: readonly string[], options: WhatifOptions): Promise<void> {
  const settings = await withSavedModel(settingsOf(options));
  const by = columns('--by', options.by);
  const asked = await askedWhatif(options, DRIVERS);
  await withTransactions(
    files,
    settings,
    { by, nameless: true, sections: sectionsAsked(options, SECTIONS) },
    async ({ ledger, read, pricing, notes, known }) => {
      const { population, settings: chosen, spend } = await rollUpCustomers({ ledger, notes }, settings);
      const early = [...known, ...populationWarnings(population, read, chosen)];
      notes.warnings(early);
      notes.stage('fitting the models');
      const fitted = await fitModels(ledger, chosen, { spend });
      const window = windowOf(chosen, fitted.horizon);
      const group = groupNote(chosen, fitted.groups[0]!, window);
      const { margin, margins, costs } = chosen;
      notes.stage('valuing customers');
      const { scenarios, ...trials } = await tryScenarios(ledger, fitted, chosen, {
        scenarios: asked.scenarios,
        acquired: population.recentFirst,
        margin: margins === undefined && costs === undefined ? (margin ?? ONE) : null,
      });
      const days = population.asOf - (population.firstPurchase ?? population.asOf);
      const late = [...modelWarnings([group], chosen, fitted.horizon), ...shortYear(days, population.recentFirst)];
      notes.warnings(late);
      const prospect = BigInt(halfEvenUnits(group.prospectValue, chosen.digits));
      const assumptions = {
        ...assumptionsOf({ ...chosen, horizon: fitted.horizon }, pricing, read, population.asOf),
        top: 0,
      };
      const input = inputOf(read, pricing, asked.tables);
      const valued = { assumptions, population, source: fitted.source, groups: [group] };
      return whatIfReport({
        assumptions,
        methodology: { ...methodology(assumptions), ...BUYING_WORDS },
        model: modelBlock({ model: { ...group.model, source: fitted.source }, spend: group.spend }),
        basis: basisFacts({ ...valued, input }),
        ...populationOf(input, population, assumptions),
        warnings: warningsBlock([...early, ...late]),
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
export function shortYear(days: number, customers: number): readonly Warning[] {
  return days < Math.floor(DAYS_PER_YEAR) ? [{ code: 'W341', values: { days, customers } }] : [];
}

function paybackOf({ acquisitionCost }: AskedWhatif, fitted: FittedCustomers, window: ReturnType<typeof windowOf>) {
  if (acquisitionCost === null) return null;
  const { model, fit, spend } = fitted.groups[0]!;
  const mean = spend.model.populationMean(spend.fit.parameters);
  const buying = { model, parameters: fit.parameters };
  const days = paybackDays(buying, mean, window, acquisitionCost.toNumber());
  const months = days === null ? null : (Math.ceil((10 * days) / DAYS_PER_MONTH) / 10).toFixed(1);
  return { cost: acquisitionCost, months };
}
