import { roundedUnits } from '../../aggregator/shares.ts';
import { isoOf } from '../../base/calendar.ts';
import { AMOUNT_SCALE, MARGIN_SCALE, unitsText } from '../../base/money.ts';
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
