import { type CohortCell, FLOWS, type Flow, type PeriodSums } from '../../base/audit.ts';
import type { Opportunity } from '../../base/opportunity.ts';
import type { LoadPlan } from '../ledger.ts';
import { count, type Row, type Store, units } from '../store.ts';
import { cohortsOf, flowsOf, type TwoPeriods } from './audit-periods-sql.ts';

/** All kinds of customers of two periods; zeros for those that there are none of. */
export async function readFlows(store: Store, plan: LoadPlan, periods: TwoPeriods): Promise<Flow[]> {
  const rows = await store.rows(flowsOf(plan, periods));
  return FLOWS.map((group) => {
    const row = rows.find((one) => one['flow'] === group) ?? {};
    const customers = count(row['n']);
    return { group, customers, earlier: sumsOf(row, '_earlier'), later: sumsOf(row, '_later') };
  });
}

/** By cohort, then period; customers without any purchase last. */
export async function readCohorts(
  store: Store,
  plan: LoadPlan,
  every: Opportunity,
  asOf: string,
): Promise<CohortCell[]> {
  return (await store.rows(cohortsOf(plan, every, asOf))).map((row) => ({
    cohort: row['cohort'] === null ? null : Number(row['cohort']),
    period: Number(row['period']),
    active: count(row['active']),
    ...sumsOf(row, ''),
  }));
}

function sumsOf(row: Row, suffix: string): PeriodSums {
  return {
    purchases: count(row[`purchases${suffix}`]),
    revenue: units(row[`revenue${suffix}`]),
    profit: units(row[`profit${suffix}`]),
  };
}
