import { roundedUnits } from '../../aggregator/shares.ts';
import { type Day, isoOf, monthsAfter } from '../../base/calendar.ts';
import { ClvError, type Warning } from '../../base/errors.ts';
import { AMOUNT_SCALE, MARGIN_SCALE, unitsText } from '../../base/money.ts';
import { optionError } from '../../cli/option-values.ts';
import type { Flow, PeriodSums } from '../../data/audit.ts';
import { objectOf } from '../../data/lists.ts';
import type { Period } from '../../data/movement.ts';
import type { Cell, Column, Json } from '../../data/report.ts';

/** Two periods that meet, and what was asked for: a span, or null for the halves of the data. */
export interface Periods {
  readonly earlier: Period;
  readonly later: Period;
  readonly span: string | null;
}

/** Customers by whether they bought in the two periods. A change is the later figure less the earlier one, as printed. */
export const BRIDGE: readonly Column[] = [
  { name: 'group', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'purchases_earlier', kind: 'integer' },
  { name: 'purchases_later', kind: 'integer' },
  { name: 'revenue_earlier', kind: 'money' },
  { name: 'revenue_later', kind: 'money' },
  { name: 'revenue_change', kind: 'money' },
  { name: 'profit_earlier', kind: 'money' },
  { name: 'profit_later', kind: 'money' },
  { name: 'profit_change', kind: 'money' },
];

/** A row a group; with a last row of the sums where it is for people. */
export function bridgeRows(flows: readonly Flow[], digits: number, { withTotal = false } = {}): Cell[][] {
  const units = (pick: (flow: Flow) => bigint, scale: number): readonly bigint[] =>
    roundedUnits(flows.map(pick), scale, digits);
  const columns = [
    flows.map((flow) => BigInt(flow.customers)),
    flows.map((flow) => BigInt(flow.earlier.purchases)),
    flows.map((flow) => BigInt(flow.later.purchases)),
    ...changeOf(
      units((flow) => flow.earlier.revenue, AMOUNT_SCALE),
      units((flow) => flow.later.revenue, AMOUNT_SCALE),
    ),
    ...changeOf(
      units((flow) => flow.earlier.profit, MARGIN_SCALE),
      units((flow) => flow.later.profit, MARGIN_SCALE),
    ),
  ];
  const row = (name: string, figure: (column: readonly bigint[]) => bigint): Cell[] => [
    name,
    ...columns.map((column, i) => unitsText(figure(column), BRIDGE[i + 1]!.kind === 'money' ? digits : 0)),
  ];
  const rows = flows.map(({ group }, i) => row(group, (column) => column[i]!));
  return withTotal ? [...rows, row('total', (column) => column.reduce((sum, part) => sum + part, 0n))] : rows;
}

function changeOf(earlier: readonly bigint[], later: readonly bigint[]): readonly (readonly bigint[])[] {
  return [earlier, later, later.map((units, i) => units - earlier[i]!)];
}

export function bridgeBlock({ earlier, later }: Periods, flows: readonly Flow[], digits: number): Json {
  return {
    earlier: inclusive(earlier),
    later: inclusive(later),
    groups: bridgeRows(flows, digits).map((row) => objectOf(BRIDGE, row)),
  };
}

/** First and last day. */
function inclusive({ from, to }: Period): { readonly from: string; readonly to: string } {
  return { from: isoOf(from + 1), to: isoOf(to) };
}

export function periodText(period: Period): string {
  const { from, to } = inclusive(period);
  return `${from} to ${to}`;
}

/** What all customers brought in a period, and how many of them bought in it. */
export function activity(
  flows: readonly Flow[],
  period: 'earlier' | 'later',
): PeriodSums & { readonly active: number } {
  const sum = (pick: (sums: PeriodSums) => bigint): bigint =>
    flows.reduce((total, flow) => total + pick(flow[period]), 0n);
  const idle = period === 'earlier' ? ['new', 'reactivated', 'neither'] : ['lapsed', 'neither'];
  return {
    active: flows.reduce((total, { group, customers }) => total + (idle.includes(group) ? 0 : customers), 0),
    purchases: Number(sum(({ purchases }) => BigInt(purchases))),
    revenue: sum(({ revenue }) => revenue),
    profit: sum(({ profit }) => profit),
  };
}

/** A length of time: months of the calendar, or days. */
interface Span {
  readonly text: string;
  readonly months: number;
  readonly days: number;
}

const UNITS: Readonly<Record<string, { readonly months: number; readonly days: number }>> = {
  y: { months: 12, days: 0 },
  q: { months: 3, days: 0 },
  m: { months: 1, days: 0 },
  w: { months: 0, days: 7 },
  d: { months: 0, days: 1 },
};

/** The span of `--period`, or null where it is left to the data. */
export function spanOf(text: string | undefined): Span | null {
  if (text === undefined) return null;
  const match = /^([1-9]\d{0,3})([yqmwd])$/.exec(text);
  if (!match) return optionError('--period', text, 'no period');
  const [count, unit] = [Number(match[1]), UNITS[match[2]!]!];
  return { text, months: count * unit.months, days: count * unit.days };
}

const YEAR: Span = { text: '1y', months: 12, days: 0 };

/**
 * The last period up to the as-of date, and the one before it. Without a span: a year each where the data hold two, else
 * their halves.
 * @throws ClvError E161 where the earlier one ends before the data begin
 */
export function periodsOf(asked: Span | null, first: Day, asOf: Day): Periods {
  const back = ({ months, days }: Span, times: number): Day => monthsAfter(asOf, -times * months) - times * days;
  const span = asked ?? (back(YEAR, 2) + 1 >= first ? YEAR : null);
  const half = Math.max(1, Math.floor((asOf - first + 1) / 2));
  const [start, middle] = span ? [back(span, 2), back(span, 1)] : [asOf - 2 * half, asOf - half];
  if (asked && middle < first) {
    throw new ClvError('E161', { period: asked.text, first: isoOf(first), last: isoOf(asOf) });
  }
  return { earlier: { from: start, to: middle }, later: { from: middle, to: asOf }, span: span?.text ?? null };
}

/** W352 where the data begin within the earlier period. */
export function periodWarnings({ earlier, span }: Periods, first: Day): readonly Warning[] {
  if (span === null || earlier.from + 1 >= first) return [];
  return [{ code: 'W352', values: { first: isoOf(first), from: isoOf(earlier.from + 1), to: isoOf(earlier.to) } }];
}
