import { type Decimal, ONE } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import { DAYS_PER_MONTH } from '../../base/units.ts';
import { assumptionsOf, inputOf } from '../../cli/assumptions.ts';
import { columnsIn } from '../../cli/contracts/columns.ts';
import { contractsAsked } from '../../cli/contracts/saved.ts';
import { type ValuedSubscriptions, valueSubscriptions } from '../../cli/contracts/value.ts';
import { columns } from '../../cli/option-values.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';
import { CONTRACT_DRIVERS } from '../../data/what-if.ts';
import { contractBasisFacts } from '../../report/contract-basis.ts';
import { contractModelBlock, contractNotes, fitName } from '../../report/contracts.ts';
import { methodology } from '../../report/methodology.ts';
import type { FitValuation } from '../../valuation/contracts/by-fit.ts';
import { type ContractBaseline, paybackPeriods, tryContractScenarios } from '../../valuation/whatif/contracts.ts';
import { askedWhatif } from './asked.ts';
import { whatIfReport } from './document.ts';
import type { WhatIf } from './found.ts';
import type { WhatifOptions } from './options.ts';
import { shortYear } from './run.ts';
import { CONTRACT_WORDS } from './words.ts';

/** `clv whatif --contract`: payments → terms → fit → value them under each scenario and each swing of a driver. E122 several lengths. */
export async function whatifContracts(
  files: readonly string[],
  options: WhatifOptions,
  typed: readonly string[],
): Promise<void> {
  const settings = settingsOf({ ...options, model: 'auto' });
  const { contract, asked: payments } = await contractsAsked(options, settings.horizon, typed);
  const by = columns('--by', options.by);
  const asked = await askedWhatif(options, CONTRACT_DRIVERS);
  await withTransactions(
    files,
    settings,
    { by, subscriptions: columnsIn(payments), section: options.section },
    async (session) => {
      const { read, pricing, notes } = session;
      const valued = await valueSubscriptions(session, settings, contract, payments);
      const { population, lengths } = valued;
      const { fit, cells, settings: terms, valuation } = onlyFit(valued);
      const { margin, margins, costs } = settings;
      notes.stage('valuing customers');
      const baseline: ContractBaseline = {
        cells,
        valuation,
        settings: terms,
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
      const prospect = valuation.prospectValue!;
      return whatIfReport({
        assumptions,
        methodology: {
          ...methodology(assumptions),
          ...contractNotes(terms, lengths, payments.valueAt),
          ...CONTRACT_WORDS,
        },
        model: contractModelBlock(valuation.fitted),
        basis: contractBasisFacts({
          ...{ assumptions, input, population, lengths },
          settings: contract,
          fits: valued.valuation.fits,
          valueAt: payments.valueAt,
        }),
        input,
        warnings: warningsBlock([...valued.warnings, ...late]),
        population,
        prospect,
        acquisition: BigInt(population.recentFirst) * prospect,
        ...trials,
        payback: asked.acquisitionCost && paybackOf(baseline, asked.acquisitionCost, fit.length),
        scenarios: asked.scenarios.map((scenario, i) => ({ ...scenario, tried: scenarios[i]! })),
        set: asked.set,
      });
    },
  );
}

/** Prospects and payback are those of one length. E122 */
function onlyFit({ valuation: { fits } }: ValuedSubscriptions): FitValuation {
  if (fits.length === 1) return fits[0]!;
  const lengths = fits.map(({ fit }) => fitName(fit)).join(', ');
  throw new ClvError('E122', { option: '--contract', ...variant('E122', 'a what-if of lengths', { lengths }) });
}

function paybackOf(baseline: ContractBaseline, cost: Decimal, { days }: Length): WhatIf['payback'] {
  const periods = paybackPeriods(baseline, cost);
  return { cost, months: periods === null ? null : ((periods * days) / DAYS_PER_MONTH).toFixed(1) };
}
