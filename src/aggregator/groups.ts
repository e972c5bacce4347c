import { AMOUNT_SCALE, MARGIN_SCALE, unitsText } from '../base/money.ts';
import type { Audit, Sums } from '../data/audit.ts';
import { listOf } from '../data/lists.ts';
import type { Cell, Column, Section } from '../data/report.ts';
import { marginRate, meanText, type PastMoney, pastMoney, quotientText } from './past-money.ts';
import { type roundedUnits, runningUnits, sharesOf } from './shares.ts';

/** Past profitability in groups of customers, side by side: every column of counts, money or shares adds up to the whole. */

const GROUP: readonly Column[] = [
  { name: 'customers', kind: 'integer' },
  { name: 'customer_share', kind: 'share' },
  { name: 'purchases', kind: 'integer' },
  { name: 'revenue', kind: 'money' },
  { name: 'revenue_share', kind: 'share' },
  { name: 'refunds', kind: 'money' },
  { name: 'margin_before_costs', kind: 'money' },
  { name: 'costs', kind: 'money' },
  { name: 'profit', kind: 'money' },
  { name: 'profit_share', kind: 'share' },
  { name: 'unprofitable_customers', kind: 'integer' },
  { name: 'destroyed', kind: 'money' },
  { name: 'purchases_mean', kind: 'number' },
  { name: 'revenue_per_purchase', kind: 'money' },
  { name: 'margin_rate', kind: 'share' },
  { name: 'profit_mean', kind: 'money' },
];

/** Where customers have a CLV. */
const EQUITY: readonly Column[] = [
  { name: 'customer_equity', kind: 'money' },
  { name: 'equity_share', kind: 'share' },
  { name: 'clv_mean', kind: 'money' },
];

/** Names that a segment column cannot have beside these. */
export const GROUP_COLUMNS = [...GROUP, ...EQUITY];

/** Decimals of mean purchases. */
const PURCHASES_DIGITS = 2;

export interface GroupFormat {
  readonly digits: number;
  /** Whether customers have a CLV. */
  readonly valued: boolean;
  /** How money is rounded: roundedUnits when absent. */
  readonly round?: typeof roundedUnits;
}

export interface Groups {
  readonly columns: readonly Column[];
  readonly rows: readonly (readonly Cell[])[];
}

/** Groups with what they are called. */
export function groupsOf(
  names: readonly Column[],
  groups: readonly (Sums & { readonly cells: readonly Cell[] })[],
  { digits, valued, round }: GroupFormat,
): Groups {
  const money = pastMoney(groups, digits, round);
  const shares = {
    customers: sharesOf(groups.map((group) => BigInt(group.customers))),
    revenue: sharesOf(groups.map((group) => group.revenue)),
    profit: sharesOf(groups.map((group) => group.profit)),
    equity: sharesOf(groups.map((group) => group.clv)),
  };
  const rows = groups.map((group, i): Cell[] => {
    const text = (name: keyof PastMoney): string => unitsText(money[i]![name], digits);
    const { customers, purchases, revenue, profit, unprofitable, clv } = group;
    const row = [
      ...group.cells,
      String(customers),
      shares.customers[i]!,
      String(purchases),
      text('revenue'),
      shares.revenue[i]!,
      text('refunds'),
      text('margin'),
      text('costs'),
      text('profit'),
      shares.profit[i]!,
      String(unprofitable),
      text('destroyed'),
      quotientText(BigInt(purchases), BigInt(customers), PURCHASES_DIGITS),
      meanText(revenue, AMOUNT_SCALE, purchases, digits),
      marginRate(group),
      meanText(profit, MARGIN_SCALE, customers, digits),
    ];
    if (!valued) return row;
    return [...row, unitsText(clv, digits), shares.equity[i]!, meanText(clv, digits, group.valued, digits)];
  });
  return { columns: [...names, ...GROUP, ...(valued ? EQUITY : [])], rows };
}

/** Rounded so that the first so many add up to that point of the whale curve. */
export function decilesSection(
  name: 'customer_deciles' | 'profit_deciles',
  groups: readonly Sums[],
  shape: GroupFormat,
): Section {
  const named = groups.map((group, i) => ({ ...group, cells: [String(i + 1)] }));
  const { columns, rows } = groupsOf([{ name: 'decile', kind: 'integer' }], named, { ...shape, round: runningUnits });
  return listOf(name, columns, rows);
}

export function auditSegments({ segments }: Audit, by: readonly string[], shape: GroupFormat): Section {
  const named = segments.map((group) => ({ ...group, cells: group.segment }));
  const { columns, rows } = groupsOf(
    by.map((name): Column => ({ name, kind: 'text' })),
    named,
    shape,
  );
  return listOf('segments', columns, rows);
}
