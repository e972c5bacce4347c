import { AMOUNT_SCALE, halfEvenUnits, MARGIN_SCALE, unitsText } from '../base/money.ts';
import type { Totals } from '../data/customers.ts';
import type { Cell, Column, Section } from '../data/report.ts';
import { roundedParts, sharesOf } from './shares.ts';

/** Sums of all segments: exact, whichever way they are grouped. */
export function sumOf(totals: readonly Totals[]): Totals {
  const zero: Totals = { segment: [], customers: 0, revenue: 0n, margin: 0n, clv: 0n };
  return totals.reduce(
    (sum, part) => ({
      segment: [],
      customers: sum.customers + part.customers,
      revenue: sum.revenue + part.revenue,
      margin: sum.margin + part.margin,
      clv: sum.clv + part.clv,
    }),
    zero,
  );
}

/** What is printed of every segment, after its own columns. */
export const SEGMENT_COLUMNS: readonly Column[] = [
  { name: 'customers', kind: 'integer' },
  { name: 'customer_share', kind: 'share' },
  { name: 'revenue', kind: 'money' },
  { name: 'revenue_share', kind: 'share' },
  { name: 'margin', kind: 'money' },
  { name: 'customer_equity', kind: 'money' },
  { name: 'customer_equity_interval', kind: 'interval' },
  { name: 'equity_share', kind: 'share' },
  { name: 'clv_mean', kind: 'money' },
];

/** Segment share: customers, revenue and equity of each segment side by side, each share adding up to 1. */
export function segmentsSection(
  totals: readonly Totals[],
  by: readonly string[],
  interval: (total: Totals) => string | null,
  digits: number,
): Section {
  const revenue = totals.map((total) => total.revenue);
  const column = (cell: (total: Totals, row: number) => Cell): Cell[] => totals.map(cell);
  return {
    name: 'segments',
    columns: [...by.map((name): Column => ({ name, kind: 'text' })), ...SEGMENT_COLUMNS],
    blocks: [
      {
        length: totals.length,
        cells: [
          ...by.map((_, at) => column((total) => total.segment[at]!)),
          column((total) => String(total.customers)),
          sharesOf(totals.map((total) => BigInt(total.customers))),
          roundedParts(revenue, AMOUNT_SCALE, digits),
          sharesOf(revenue),
          roundedParts(
            totals.map((total) => total.margin),
            MARGIN_SCALE,
            digits,
          ),
          column((total) => unitsText(total.clv, digits)),
          column(interval),
          sharesOf(totals.map((total) => total.clv)),
          column((total) => meanText(total, digits)),
        ],
      },
    ],
  };
}

/** CLV a customer, to the minor unit, half to even. */
function meanText(total: Totals, digits: number): string | null {
  if (total.customers === 0) return null;
  return unitsText(halfEvenUnits(Number(total.clv) / total.customers, 0), digits);
}
