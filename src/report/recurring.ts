import { isoOf } from '../base/calendar.ts';
import { type Fraction, unitsOf } from '../base/fractions.ts';
import { unitsText } from '../base/money.ts';
import { listOf } from '../data/lists.ts';
import { type Cell, type Column, Exact, FIGURE_DIGITS, type Json, type View } from '../data/report.ts';
import { MOVEMENTS, type MovementLine } from '../data/subscriptions/movements.ts';
import type { RetentionRates } from '../engine/subscriptions/recurring/retention-rates.ts';
import type { PeriodRow } from '../engine/subscriptions/recurring/roll-forward.ts';

/** The roll-forward of recurring revenue as every command tells it. */

/** First and last day of a period. */
export const RECURRING_DATES: readonly Column[] = [
  { name: 'from', kind: 'date' },
  { name: 'to', kind: 'date' },
];

/** From the opening to the closing, line by line. */
export const RECURRING_LADDER: readonly Column[] = [
  ...['opening', ...MOVEMENTS, 'closing', 'of_which_late'].map((name): Column => ({ name, kind: 'money' })),
  { name: 'customers', kind: 'integer' },
];

/** @param segment its values, where rows are those of segments */
export function recurringCells(row: PeriodRow, digits: number, segment: readonly string[] = []): Cell[] {
  const { from, to, opening, lines, closing, late, customers } = row;
  const amounts = [opening, ...MOVEMENTS.map((line) => lines[line]), closing, late];
  return [isoOf(from), isoOf(to), ...segment, ...amounts.map((units) => unitsText(units, digits)), String(customers)];
}

/** How much of the recurring revenue of the opening is left, and what came and went. */
export function recurringRates(rates: RetentionRates, digits: number): Json {
  const { from, to, opening, closing, cohort, kept, customers } = rates;
  const figure = (rate: Fraction | null): Exact | null => (rate === null ? null : new Exact(rateText(rate)));
  const money = (units: bigint): Exact => new Exact(unitsText(units, digits));
  const arpa = customers === 0 ? null : money(unitsOf({ n: closing, d: BigInt(customers) }, 0));
  return {
    from: isoOf(from),
    to: isoOf(to),
    opening: money(opening),
    closing: money(closing),
    nrr: figure(rates.nrr),
    grr: figure(rates.grr),
    customers_kept: cohort === 0 ? null : `${kept}/${cohort}`,
    gross_churn_rate: figure(rates.grossChurn),
    net_churn_rate: figure(rates.netChurn),
    quick_ratio: figure(rates.quickRatio),
    arpa,
  };
}

/** A rate with the decimals of a figure. */
export function rateText(rate: Fraction): string {
  return unitsText(unitsOf(rate, FIGURE_DIGITS), FIGURE_DIGITS);
}

/** The lines as a person reads them. */
export const HEADINGS: Readonly<Record<MovementLine, string>> = {
  new: 'New',
  reactivation: 'Reactivation',
  expansion: 'Expansion',
  contraction: 'Contraction',
  churn: 'Churn',
  paused: 'Paused',
  resumed: 'Resumed',
  fx: 'FX',
  transfer: 'Transfer',
};

/** The columns of a roll-forward for a person: only the lines that anything moved in. */
export function recurringColumns(
  rows: readonly PeriodRow[],
  by: readonly string[] = [],
): Extract<View, { readonly type: 'section' }>['columns'] {
  const lines = MOVEMENTS.filter((line) => rows.some((row) => row.lines[line] !== 0n));
  return [
    { name: 'to', heading: 'To' },
    ...by.map((name) => ({ name, heading: name })),
    { name: 'opening', heading: 'Opening' },
    ...lines.map((line) => ({ name: line, heading: HEADINGS[line] })),
    { name: 'closing', heading: 'Closing' },
    { name: 'of_which_late', heading: 'Late' },
    { name: 'customers', heading: 'Customers' },
  ];
}

/** The whole time in one: the first opening, what each line brought in all periods, the last closing. @param name of what is rolled forward */
export function rollForwardPicture(title: string, name: string, periods: readonly PeriodRow[], digits: number): View {
  const moved = MOVEMENTS.map((line) => ({
    name: HEADINGS[line],
    units: periods.reduce((sum, { lines }) => sum + lines[line], 0n),
  }));
  const rows = [
    { name: 'Opening', units: periods[0]?.opening ?? 0n },
    ...moved.filter(({ units }) => units !== 0n),
    { name: 'Closing', units: periods.at(-1)?.closing ?? 0n },
  ];
  const columns = [
    { name: 'line', heading: 'Line', kind: 'text' },
    { name: 'amount', heading: name, kind: 'money' },
  ] as const;
  const cells = rows.map((row) => [row.name, unitsText(row.units, digits)]);
  return {
    type: 'chart',
    title,
    section: listOf('roll_forward', columns, cells),
    columns,
    chart: { kind: 'waterfall', along: ['line'], values: ['amount'], title: name },
  };
}
