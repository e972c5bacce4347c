import { MARGIN_SCALE, rescale, unitsText } from '../base/money.ts';
import type { Audit } from '../data/audit.ts';
import { objectOf } from '../data/lists.ts';
import { type Cell, type Column, Exact, FIGURE_DIGITS, type Json } from '../data/report.ts';
import { quotientText } from './past-money.ts';

/** Customers ranked by profit, and what they make together. */
export const CURVE: readonly Column[] = [
  { name: 'customers', kind: 'integer' },
  { name: 'customer_share', kind: 'share' },
  { name: 'profit', kind: 'money' },
  { name: 'profit_share', kind: 'share' },
];

/** Cumulative: exact at every point, so no shares of a whole. */
export function curveRows({ whole, curve }: Audit, digits: number): Cell[][] {
  return curve.map(({ customers, profit }) => [
    String(customers),
    quotientText(BigInt(customers), BigInt(whole.customers), FIGURE_DIGITS),
    unitsText(rescale(profit, MARGIN_SCALE, digits), digits),
    quotientText(profit, whole.profit, FIGURE_DIGITS),
  ]);
}

/** What the most profitable customers make in total, and what the others destroy of it. */
export interface Peak {
  /** Minor units. */
  readonly profit: bigint;
  readonly destroyed: bigint;
  /** Fractions of the total profit, null where there is none, and of the customers. */
  readonly share: Cell;
  readonly customersShare: Cell;
}

export function peakOf({ whole }: Audit, digits: number): Peak {
  const gains = whole.profit - whole.losses;
  const total = rescale(whole.profit, MARGIN_SCALE, digits);
  const destroyed = rescale(-whole.losses, MARGIN_SCALE, digits);
  return {
    profit: total + destroyed,
    destroyed,
    share: quotientText(gains, whole.profit, FIGURE_DIGITS),
    customersShare: quotientText(BigInt(whole.profitable), BigInt(whole.customers), FIGURE_DIGITS),
  };
}

export function curveBlock(audit: Audit, digits: number): { readonly [key: string]: Json } {
  const { profit, destroyed, share, customersShare } = peakOf(audit, digits);
  const exact = (cell: Cell): Json => (cell === null ? null : new Exact(cell));
  return {
    peak_share: exact(share),
    customers_at_peak_share: exact(customersShare),
    destroyed: new Exact(unitsText(destroyed, digits)),
    peak_profit: new Exact(unitsText(profit, digits)),
    customers_at_peak: audit.whole.profitable,
    points: curveRows(audit, digits).map((row) => objectOf(CURVE, row)),
  };
}
