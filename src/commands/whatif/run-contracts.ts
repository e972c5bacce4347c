import { isoOf } from '../../base/calendar.ts';
import { type Decimal, ONE } from '../../base/decimal.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, inputOf } from '../../cli/assumptions.ts';
import { graceOf } from '../../cli/contracts/reading.ts';
import { contractSettings } from '../../cli/contracts/terms.ts';
import { valueSubscriptions } from '../../cli/contracts/value.ts';
import { columns } from '../../cli/option-values.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import { CONTRACT_DRIVERS } from '../../data/what-if.ts';
import {
  contractModelBlock,
  contractModelText,
  contractNotes,
  contractText,
  marginText,
} from '../../report/contracts.ts';
import { annualText, horizonText, methodology } from '../../report/methodology.ts';
import { recordFacts } from '../../report/views.ts';
import { TIMINGS } from '../../valuation/contracts/terms.ts';
import { type ContractBaseline, paybackPeriods, tryContractScenarios } from '../../valuation/whatif/contracts.ts';
import { askedWhatif } from './asked.ts';
import { whatIfReport } from './document.ts';
import type { WhatIf } from './found.ts';
import type { WhatifOptions } from './options.ts';
import { shortYear } from './run.ts';
import { CONTRACT_WORDS } from './words.ts';

/** `clv whatif --contract`: payments → runs of paid periods → fit → value them under each scenario and each swing of a driver. */
export async function whatifContracts(
  files: readonly string[],
  options: WhatifOptions,
  typed: readonly string[],
): Promise<void> {
  const settings = settingsOf({ ...options, model: 'pareto-nbd' });
  const contract = contractSettings(options, settings.horizon, typed.includes('--model'));
  const grace = graceOf(options.grace, contract.period);
  const by = columns('--by', options.by);
  const asked = await askedWhatif(options, CONTRACT_DRIVERS);
  await withTransactions(files, settings, { by, payments: true, section: options.section }, async (session) => {
    const { read, pricing, notes } = session;
    const valued = await valueSubscriptions(session, settings, contract, { grace });
    const { population, contracts, valuation } = valued;
    const { margin, margins, costs } = settings;
    notes.stage('valuing customers');
    const baseline: ContractBaseline = {
      cells: contracts.cells,
      valuation,
      settings: valued.settings,
      margin: margins === undefined && costs === undefined ? (margin ?? ONE) : null,
      acquired: population.recentFirst,
    };
    const { scenarios, ...trials } = tryContractScenarios(asked.scenarios, baseline);
    const days = population.asOf - (population.firstPurchase ?? population.asOf);
    const late = shortYear(days, population.recentFirst);
    notes.warnings(late);
    const assumptions = {
      ...assumptionsOf(settings, pricing, read, population.asOf),
      spendFrom: 'all' as const,
      top: 0,
    };
    const input = inputOf(read, pricing, asked.tables);
    const period = { text: contract.period.text, grace };
    const prospect = valuation.prospectValue!;
    return whatIfReport({
      assumptions,
      methodology: { ...methodology(assumptions), ...contractNotes(valued.settings, period), ...CONTRACT_WORDS },
      model: contractModelBlock(valued.settings, valuation.fitted),
      basis: [
        { label: 'As of', value: isoOf(assumptions.asOf) },
        { label: 'Model', value: contractModelText(valued.settings, valuation.fitted) },
        { label: 'Contract', value: contractText(period) },
        { label: 'Discount rate', value: annualText(assumptions.discountRate) },
        { label: 'Horizon', value: horizonText(assumptions.horizon) },
        { label: 'Timing', value: `${contract.timing}: ${TIMINGS[contract.timing].words}` },
        { label: 'Margin taken as', value: `${assumptions.margin}${marginText(valued.settings)}` },
        ...recordFacts({ assumptions, input, population }),
      ],
      input,
      warnings: warningsBlock([...valued.warnings, ...late]),
      population,
      prospect,
      acquisition: BigInt(population.recentFirst) * prospect,
      ...trials,
      payback: asked.acquisitionCost && paybackOf(baseline, asked.acquisitionCost, contract.period.months),
      scenarios: asked.scenarios.map((scenario, i) => ({ ...scenario, tried: scenarios[i]! })),
      set: asked.set,
    });
  });
}

function paybackOf(baseline: ContractBaseline, cost: Decimal, months: number): WhatIf['payback'] {
  const periods = paybackPeriods(baseline, cost);
  return { cost, months: periods === null ? null : (periods * months).toFixed(1) };
}
