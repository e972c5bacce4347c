import { warningsBlock } from '../../base/message-text.ts';
import { survivorsAsked, valueTable } from '../../cli/contracts/survivors.ts';
import { withOutput } from '../../cli/frame.ts';
import { amount, optionError } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { settingsOf } from '../../cli/settings.ts';
import { SURVIVOR_DRIVERS } from '../../data/what-if.ts';
import { survivorBasisFacts, survivorInput, survivorMethodology, survivorModelBlock } from '../../report/survivors.ts';
import { survivorCells } from '../../valuation/survivors/value.ts';
import { tryContractScenarios } from '../../valuation/whatif/contracts.ts';
import { askedWhatif } from './asked.ts';
import { whatIfReport } from './document.ts';
import type { WhatifOptions } from './options.ts';
import { contractPayback } from './run-contracts.ts';
import { SECTIONS } from './sections.ts';
import { SURVIVOR_WORDS } from './words.ts';

/** `clv whatif --survivors FILE`: table → fit → value the customers alive under each scenario and each swing of a driver. */
export async function whatifSurvivors(options: WhatifOptions, typed: readonly string[]): Promise<void> {
  const settings = settingsOf({ ...options, model: 'pareto-nbd' });
  const table = survivorsAsked(options, settings, typed);
  const asked = await askedWhatif(options, SURVIVOR_DRIVERS);
  const price = priceOf(options);
  const { currency, digits, horizon } = settings;
  await withOutput(settings, sectionsAsked(options, SECTIONS), async ({ notes, write }) => {
    const { valuation, warnings, ...read } = await valueTable(options.survivors!, table, notes);
    const { terms, equity, prospectValue, customers } = valuation;
    const part = {
      cells: survivorCells(valuation, table.period),
      valuation: { terms: [terms], equity, prospectValue },
      settings: table.settings,
    };
    const margin = price && table.settings.marginPerPeriod.div(price);
    const { scenarios, ...trials } = tryContractScenarios(asked.scenarios, { parts: [part], margin, acquired: null });
    const found = { table: read.table, currency, horizon: horizon.text, warnings: warningsBlock(warnings) };
    const input = survivorInput(read.table, ...asked.tables);
    await write(
      whatIfReport({
        assumptions: { currency, digits, horizon: horizon.text },
        ...{ input, customers, past: null, warnings: found.warnings },
        methodology: { ...survivorMethodology(valuation, found), ...SURVIVOR_WORDS },
        model: survivorModelBlock(valuation),
        basis: survivorBasisFacts(valuation, found),
        prospect: prospectValue,
        acquisition: 0n,
        ...trials,
        payback: asked.acquisitionCost && contractPayback([part], asked.acquisitionCost),
        scenarios: asked.scenarios.map((scenario, i) => ({ ...scenario, tried: scenarios[i]! })),
        set: asked.set,
      }),
    );
  });
}

/** What a customer pays a period; null: not said. E101. */
function priceOf({ pricePerPeriod }: WhatifOptions) {
  if (pricePerPeriod === undefined) return null;
  const price = amount('--price-per-period', pricePerPeriod);
  return price.gt(0) ? price : optionError('--price-per-period', pricePerPeriod, 'no price');
}
