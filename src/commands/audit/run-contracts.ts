import { warningsBlock } from '../../base/message-text.ts';
import { assumptionsOf, inputOf, notValued } from '../../cli/assumptions.ts';
import { columnsIn } from '../../cli/contracts/columns.ts';
import { contractsAsked } from '../../cli/contracts/saved.ts';
import { fitWarnings, type ReadSubscriptions, subscriptionsToValue } from '../../cli/contracts/value.ts';
import { columns, whole } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { checkEvery, everyOf } from '../../cli/periods.ts';
import { withTransactions } from '../../cli/session.ts';
import { settingsOf } from '../../cli/settings.ts';
import type { Json } from '../../data/report.ts';
import { CohortsOf } from '../../engine/subscriptions/cohorts.ts';
import { readAudit } from '../../ledger/steps/audit.ts';
import { writeWorth } from '../../ledger/steps/contracts.ts';
import { contractBasisFacts } from '../../report/contract-basis.ts';
import { contractModelsBlock, contractNotes } from '../../report/contracts.ts';
import { type ContractsValuation, subscribersOf } from '../../valuation/contracts/by-fit.ts';
import { auditReport } from './document.ts';
import type { AuditOptions } from './options.ts';
import { checkAudited, profitWarnings, TAKEN } from './run.ts';
import { SECTIONS } from './sections.ts';

/**
 * `clv audit --contract`: payments → terms → value the subscriptions that run, where that can be done → look at what their
 * customers brought, and at who is still there of each cohort → report.
 */
export async function auditContracts(
  files: readonly string[],
  options: AuditOptions,
  typed: readonly string[],
): Promise<void> {
  const settings = settingsOf({ ...options, model: 'auto' });
  const { contract, asked } = await contractsAsked(options, settings.horizon, typed);
  const [by, fitBy] = [columns('--by', options.by), columns('--fit-by', options.fitBy)];
  const top = whole('--top', options.top, 0, 1_000_000);
  checkEvery(options.every);
  const { digits } = settings;
  const shape = {
    ...{ by, fitBy, taken: TAKEN, refunds: true, sections: sectionsAsked(options, SECTIONS.contract) },
    subscriptions: columnsIn(asked),
  };
  await withTransactions(files, settings, shape, async (session) => {
    const { ledger, read, pricing, notes } = session;
    const asOf = settings.asOf ?? read.totals.lastDay!;
    const every = everyOf(options.every, read.totals.firstDay!, asOf);
    const cohorts = new CohortsOf(every, asOf);
    const found = await subscriptionsToValue(session, settings, contract, asked, {
      ...options,
      before: (population) => checkAudited(settings, population),
      watch: (subscriptions) => cohorts.add(subscriptions),
    });
    const { population, contracts, lengths } = found;
    const { valuation, warnings: valuing } = valuedWhereItCan(found);
    const worth = valuation && subscribersOf(contracts, valuation.worth);
    if (worth) await writeWorth(ledger.loaded, worth);
    notes.stage('adding up profits');
    const audit = await readAudit(ledger.loaded, { asOf, earlier: null, later: null, every, valued: worth !== null });
    const warnings = [...found.warnings, ...valuing, ...profitWarnings(audit, digits)];
    notes.warnings(warnings);
    const assumptions = { ...assumptionsOf(settings, pricing, read, asOf), spendFrom: 'all' as const, top };
    const input = inputOf(read, pricing, found.tables);
    const { standings, cohortOf } = cohorts.done();
    const model: Json = valuation && contractModelsBlock(valuation);
    return auditReport({
      ...{ assumptions, input, population, every, model, audit },
      warnings: warningsBlock(warnings),
      periods: null,
      subscribers: {
        notes: contractNotes(contract, lengths, asked.valueAt),
        facts: contractBasisFacts({
          ...{ assumptions, input, population, lengths },
          settings: contract,
          fits: valuation?.fits ?? [],
          valueAt: asked.valueAt,
        }),
        cohorts: standings,
        equity: worth && equityByCohort(cohortOf, worth.clv),
      },
    });
  });
}

/** W351 where the model cannot be fitted. */
function valuedWhereItCan({ value }: ReadSubscriptions) {
  try {
    const valuation: ContractsValuation | null = value();
    return { valuation, warnings: fitWarnings(valuation) };
  } catch (error) {
    return { valuation: null, warnings: [notValued(error)] };
  }
}

/** The CLVs of the customers of each cohort; who has had no paid term is worth nothing. */
function equityByCohort(cohortOf: readonly (number | null)[], clv: BigInt64Array): ReadonlyMap<number, bigint> {
  const equity = new Map<number, bigint>();
  for (const [customer, cohort] of cohortOf.entries())
    if (cohort !== null) equity.set(cohort, (equity.get(cohort) ?? 0n) + clv[customer]!);
  return equity;
}
