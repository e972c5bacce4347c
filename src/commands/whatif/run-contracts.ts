import { type Decimal, ONE } from '../../base/decimal.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { DAYS_PER_MONTH } from '../../base/units.ts';
import { assumptionsOf, inputOf } from '../../cli/assumptions.ts';
import { columnsIn } from '../../cli/contracts/columns.ts';
import { contractsAsked } from '../../cli/contracts/saved.ts';
import { valueSubscriptions } from '../../cli/contracts/value.ts';
import { columns } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import { CONTRACT_DRIVERS } from '../../data/what-if.ts';
import { contractBasisFacts } from '../../report/contract-basis.ts';
import { contractModelsBlock, contractNotes } from '../../report/contracts.ts';
import { methodology } from '../../report/methodology.ts';
import {
  type ContractBaseline,
  paybackDays,
  prospectOf,
  tryContractScenarios,
} from '../../valuation/whatif/contracts.ts';
import { askedWhatif } from './asked.ts';
import { whatIfReport } from './document.ts';
import type { WhatIf } from './found.ts';
import type { WhatifOptions } from './options.ts';
import { populationOf } from './population.ts';
import { shortYear } from './run.ts';
import { SECTIONS } from './sections.ts';
import { CONTRACT_WORDS, MIX_WORDS } from './words.ts';

/** `clv whatif --contract`: payments → terms → fit → value them under each scenario and each swing of a driver. */
export async function whatifContracts(
  files: readonly string[],
  options: WhatifOptions,
  typed: readonly string[],
): Promise<void> {
  const settings = settingsOf({ ...options, model: 'auto' });
  const { contract, asked: payments } = await contractsAsked(options, settings.horizon, typed);
  const by = columns('--by', options.by);
  const fitBy = columns('--fit-by', options.fitBy);
  const asked = await askedWhatif(options, CONTRACT_DRIVERS);
  await withTransactions(
    files,
    settings,
    { by, fitBy, subscriptions: columnsIn(payments), sections: sectionsAsked(options, SECTIONS) },
    async (session) => {
      const { read, pricing, notes } = session;
      const valued = await valueSubscriptions(session, settings, contract, payments);
      const { population, lengths, valuation } = valued;
      const { fits } = valuation;
      const { margin, margins, costs } = settings;
      notes.stage('valuing customers');
      const baseline: ContractBaseline = {
        parts: fits,
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
      const input = inputOf(read, pricing, [...asked.tables, ...valued.tables]);
      const prospect = prospectOf(fits);
      return whatIfReport({
        assumptions,
        methodology: {
          ...methodology(assumptions),
          ...contractNotes(contract, lengths, payments.valueAt),
          ...CONTRACT_WORDS,
          ...(fits.length > 1 ? MIX_WORDS : {}),
        },
        model: contractModelsBlock(valuation),
        basis: contractBasisFacts({
          ...{ assumptions, input, population, lengths, fits },
          settings: contract,
          valueAt: payments.valueAt,
        }),
        ...populationOf(input, population, assumptions),
        warnings: warningsBlock([...valued.warnings, ...late]),
        prospect,
        acquisition: BigInt(population.recentFirst) * prospect,
        ...trials,
        payback: asked.acquisitionCost && contractPayback(fits, asked.acquisitionCost),
        scenarios: asked.scenarios.map((scenario, i) => ({ ...scenario, tried: scenarios[i]! })),
        set: asked.set,
      });
    },
  );
}

/** When the cost of a new subscriber is recovered. */
export function contractPayback(parts: ContractBaseline['parts'], cost: Decimal): WhatIf['payback'] {
  const days = paybackDays(parts, cost);
  return { cost, months: days === null ? null : (days / DAYS_PER_MONTH).toFixed(1) };
}
