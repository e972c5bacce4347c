import { AMOUNT_SCALE, MARGIN_SCALE, unitsText } from '../base/money.ts';
import type { Audit, CohortCell } from '../data/audit.ts';
import { listOf } from '../data/lists.ts';
import type { Opportunity } from '../data/opportunity.ts';
import type { Cell, Column, Section, View } from '../data/report.ts';
import { roundedParts, roundedUnits } from './shares.ts';

export const COHORTS: readonly Column[] = [
  { name: 'cohort', kind: 'text' },
  { name: 'period', kind: 'text' },
  { name: 'active_customers', kind: 'integer' },
  { name: 'purchases', kind: 'integer' },
  { name: 'revenue', kind: 'money' },
  { name: 'profit', kind: 'money' },
];

/** Cohort × calendar period, a row each that has any; the cohort is null for customers without a purchase. */
export function cohortsSection({ cohorts }: Audit, every: Opportunity, digits: number): Section {
  const revenue = roundedParts(
    cohorts.map((cell) => cell.revenue),
    AMOUNT_SCALE,
    digits,
  );
  const profit = profitUnits(cohorts, digits);
  const rows = cohorts.map((cell, i): Cell[] => [
    cohortName(cell.cohort, every),
    calendarName(cell.period, every),
    String(cell.active),
    String(cell.purchases),
    revenue[i]!,
    unitsText(profit[i]!, digits),
  ]);
  return listOf('cohorts', COHORTS, rows);
}

/** Profit with cohorts down and periods across, and the sums of both. */
export function cohortsView({ cohorts }: Audit, every: Opportunity, digits: number): View {
  const profit = profitUnits(cohorts, digits);
  const periods = [...new Set(cohorts.map((cell) => cell.period))].sort((a, b) => a - b);
  const names = [...new Set(cohorts.map((cell) => cell.cohort))];
  const sum = (test: (cell: CohortCell) => boolean): Cell => {
    const found = profit.filter((_, i) => test(cohorts[i]!));
    const total = found.reduce((all, units) => all + units, 0n);
    return found.length === 0 ? null : unitsText(total, digits);
  };
  const row = (name: string, mine: (cell: CohortCell) => boolean): Cell[] => [
    name,
    ...periods.map((period) => sum((cell) => mine(cell) && cell.period === period)),
    sum(mine),
  ];
  const rows = names.map((name) => row(cohortName(name, every) ?? 'no purchase', (cell) => cell.cohort === name));
  const columns: readonly (Column & { readonly heading: string })[] = [
    { name: 'cohort', heading: 'First bought', kind: 'text' },
    ...periods.map((period) => ({
      name: String(period),
      heading: calendarName(period, every),
      kind: 'money' as const,
    })),
    { name: 'total', heading: 'Total', kind: 'money' },
  ];
  return {
    type: 'section',
    title: `Profit of cohorts by ${NAMES[every.text]}`,
    section: listOf('matrix', columns, [...rows, row('total', () => true)]),
    columns,
  };
}

/** Customers who bought, cohorts by periods. */
export function cohortsPicture(every: Opportunity): View {
  const period = NAMES[every.text];
  return {
    type: 'chart',
    title: `Customers who bought, by the ${period} of their first purchase`,
    section: 'cohorts',
    columns: [
      { name: 'cohort', heading: 'First bought' },
      { name: 'period', heading: `Calendar ${period}` },
      { name: 'active_customers', heading: 'Customers who bought' },
    ],
    chart: { kind: 'heat', along: ['period'], values: ['cohort', 'active_customers'], title: 'customers who bought' },
  };
}

const NAMES = { '1m': 'month', '1q': 'quarter', '1y': 'year' } as const;

function profitUnits(cohorts: readonly CohortCell[], digits: number): readonly bigint[] {
  return roundedUnits(
    cohorts.map((cell) => cell.profit),
    MARGIN_SCALE,
    digits,
  );
}

function cohortName(cohort: number | null, every: Opportunity): Cell {
  return cohort === null ? null : calendarName(cohort, every);
}

/** 2024, 2024-Q3 or 2024-07. */
export function calendarName(period: number, { months }: Opportunity): string {
  const perYear = 12 / months;
  const [year, part] = [String(Math.floor(period / perYear)).padStart(4, '0'), (period % perYear) + 1];
  if (months === 12) return year;
  return months === 3 ? `${year}-Q${part}` : `${year}-${String(part).padStart(2, '0')}`;
}
