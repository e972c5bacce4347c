import { sharesOf } from '../../../aggregator/shares.ts';
import { unitsText } from '../../../base/money.ts';
import { columnsList, objectOf } from '../../../data/lists.ts';
import { type Cell, Exact, FIGURE_DIGITS, type Json, type Report, type Section } from '../../../data/report.ts';
import { ONE_RATE_COLUMNS, oneRateRow } from '../../../report/contracts.ts';
import { envelope } from '../../../report/found.ts';
import {
  type SurvivorNotes,
  survivorInput,
  survivorMethodology,
  survivorModelBlock,
} from '../../../report/survivors.ts';
import type { SurvivorValuation } from '../../../valuation/survivors/value.ts';
import { hasCohorts, survivorAnswer, survivorViews } from './views.ts';

/** The report of `clv compute --survivors`: residual value by tenure, equity of the customers alive, projected survival. */
export function survivorsReport(valuation: SurvivorValuation, notes: SurvivorNotes): Report {
  return {
    command: 'compute',
    document: [
      ...envelope('compute', notes, survivorMethodology(valuation, notes), survivorInput(notes.table)),
      ['model', survivorModelBlock(valuation)],
      ['summary', summary(valuation)],
      ['tenures', tenuresSection(valuation)],
      ['cohorts', hasCohorts(valuation) ? cohortsSection(valuation) : []],
      ['survival', survivalSection(valuation)],
    ],
    main: 'tenures',
    views: survivorViews(valuation, notes),
    answer: async () => survivorAnswer(valuation, notes),
  };
}

function summary(valuation: SurvivorValuation): Json {
  const { customers, equity, equityInterval, prospectValue, oneRate, settings } = valuation;
  const money = (units: bigint): Exact => new Exact(unitsText(units, settings.digits));
  return {
    customers,
    customer_equity: money(equity),
    customer_equity_interval: equityInterval?.map(money) ?? null,
    prospect_value: money(prospectValue),
    ...objectOf(ONE_RATE_COLUMNS, oneRateRow(oneRate, settings.digits)),
  };
}

/** The main list: what customers alive are worth, by the renewals they have made. */
function tenuresSection({ tenures, settings }: SurvivorValuation): Section {
  return columnsList('tenures', [
    [{ name: 'tenure', kind: 'integer' }, tenures.map((row) => String(row.tenure))],
    [{ name: 'customers', kind: 'integer' }, tenures.map((row) => String(row.customers))],
    [{ name: 'survival', kind: 'number' }, tenures.map((row) => figure(row.survival))],
    [{ name: 'retention_next', kind: 'number' }, tenures.map((row) => figure(row.retentionNext))],
    [{ name: 'residual_value', kind: 'money' }, tenures.map((row) => unitsText(row.residualValue, settings.digits))],
    [{ name: 'customer_equity', kind: 'money' }, tenures.map((row) => unitsText(row.equity, settings.digits))],
    [{ name: 'equity_share', kind: 'share' }, sharesOf(tenures.map((row) => row.equity))],
  ]);
}

/** The list of the cohorts, of which each has one tenure. */
function cohortsSection({ cohorts, tenures, settings }: SurvivorValuation): Section {
  const value = new Map(tenures.map(({ tenure, residualValue }) => [tenure, residualValue]));
  const rows = cohorts.map(({ name, survivors }) => {
    const tenure = survivors.length - 1;
    const residual = value.get(tenure) ?? null;
    const customers = survivors[tenure]!;
    return { name, acquired: survivors[0]!, tenure, customers, residual, equity: BigInt(customers) * (residual ?? 0n) };
  });
  const money = (units: bigint | null): Cell => (units === null ? null : unitsText(units, settings.digits));
  return columnsList('cohorts', [
    [{ name: 'cohort', kind: 'text' }, rows.map((row) => row.name)],
    [{ name: 'customers_acquired', kind: 'integer' }, rows.map((row) => String(row.acquired))],
    [{ name: 'tenure', kind: 'integer' }, rows.map((row) => String(row.tenure))],
    [{ name: 'customers', kind: 'integer' }, rows.map((row) => String(row.customers))],
    [{ name: 'residual_value', kind: 'money' }, rows.map((row) => money(row.residual))],
    [{ name: 'customer_equity', kind: 'money' }, rows.map((row) => money(row.equity))],
    [{ name: 'equity_share', kind: 'share' }, sharesOf(rows.map((row) => row.equity))],
  ]);
}

/** Survivors as counted and as the model has them. */
function survivalSection({ periods }: SurvivorValuation): Section {
  const seen = (survivors: number | null): Cell => (survivors === null ? null : String(survivors));
  return columnsList('survival', [
    [{ name: 'period', kind: 'integer' }, periods.map((row) => String(row.period))],
    [{ name: 'customers_acquired', kind: 'integer' }, periods.map((row) => String(row.acquired))],
    [{ name: 'survivors', kind: 'integer' }, periods.map((row) => seen(row.survivors))],
    [
      { name: 'projected_survivors', kind: 'number' },
      periods.map((row) => (row.acquired * row.projectedSurvival).toFixed(1)),
    ],
    [{ name: 'projected_survival', kind: 'number' }, periods.map((row) => figure(row.projectedSurvival))],
  ]);
}

function figure(value: number): string {
  return value.toFixed(FIGURE_DIGITS);
}
