import { sharesOf } from '../../../aggregator/shares.ts';
import { unitsText } from '../../../base/money.ts';
import type { Cell, Column, Section } from '../../../data/report.ts';
import { FIGURE_DIGITS } from '../../../data/report.ts';
import type { SurvivorValuation } from '../../../valuation/survivors/value.ts';

/** The main list: what customers alive are worth, by the renewals they have made. */
export function tenuresSection({ tenures, settings }: SurvivorValuation): Section {
  return sectionOf('tenures', tenures.length, [
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
export function cohortsSection({ cohorts, tenures, settings }: SurvivorValuation): Section {
  const value = new Map(tenures.map(({ tenure, residualValue }) => [tenure, residualValue]));
  const rows = cohorts.map(({ name, survivors }) => {
    const tenure = survivors.length - 1;
    const residual = value.get(tenure) ?? null;
    const customers = survivors[tenure]!;
    return { name, acquired: survivors[0]!, tenure, customers, residual, equity: BigInt(customers) * (residual ?? 0n) };
  });
  const money = (units: bigint | null): Cell => (units === null ? null : unitsText(units, settings.digits));
  return sectionOf('cohorts', rows.length, [
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
export function survivalSection({ periods }: SurvivorValuation): Section {
  const seen = (survivors: number | null): Cell => (survivors === null ? null : String(survivors));
  return sectionOf('survival', periods.length, [
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

function sectionOf(name: string, length: number, columns: readonly (readonly [Column, readonly Cell[]])[]): Section {
  return {
    name,
    columns: columns.map(([column]) => column),
    blocks: [{ length, cells: columns.map(([, cells]) => cells) }],
  };
}
