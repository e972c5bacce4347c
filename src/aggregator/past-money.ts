import { AMOUNT_SCALE, halfEvenQuotient, MARGIN_SCALE, unitsText } from '../base/money.ts';
import type { Sums } from '../data/audit.ts';
import type { Cell } from '../data/report.ts';
import { FIGURE_DIGITS } from '../data/report.ts';
import { roundedUnits } from './shares.ts';

/** Past money in minor units: sales + refunds = revenue, margin before costs − costs = profit. */
export interface PastMoney {
  readonly sales: bigint;
  readonly refunds: bigint;
  readonly revenue: bigint;
  readonly margin: bigint;
  readonly costs: bigint;
  readonly profit: bigint;
  /** What customers with a loss destroyed, positive. */
  readonly destroyed: bigint;
}

/**
 * Rounded so that groups add up to the rounded whole, line by line, and every line holds its two sums exactly.
 * @param round runningUnits where the first groups are to add up as well
 */
export function pastMoney(groups: readonly Sums[], digits: number, round = roundedUnits): readonly PastMoney[] {
  const units = (pick: (group: Sums) => bigint, scale: number): readonly bigint[] =>
    round(groups.map(pick), scale, digits);
  const revenue = units((group) => group.revenue, AMOUNT_SCALE);
  const refunds = units((group) => group.refunds, AMOUNT_SCALE);
  const costs = units((group) => group.costs, AMOUNT_SCALE);
  const profit = units((group) => group.profit, MARGIN_SCALE);
  const destroyed = units((group) => -group.losses, MARGIN_SCALE);
  return groups.map((_, i) => ({
    sales: revenue[i]! - refunds[i]!,
    refunds: refunds[i]!,
    revenue: revenue[i]!,
    margin: profit[i]! + costs[i]!,
    costs: costs[i]!,
    profit: profit[i]!,
    destroyed: destroyed[i]!,
  }));
}

/** 10^ this brings amounts to the scale of margins. */
const AMOUNT_TO_MARGIN = 10n ** BigInt(MARGIN_SCALE - AMOUNT_SCALE);

/** Profit of a unit of revenue, as a fraction with 6 decimals. */
export function marginRate({ revenue, profit }: Pick<Sums, 'revenue' | 'profit'>): Cell {
  return quotientText(profit, revenue * AMOUNT_TO_MARGIN, FIGURE_DIGITS);
}

/** Exact units of 10^-scale over a number, as money. */
export function meanText(units: bigint, scale: number, count: number, digits: number): Cell {
  return quotientText(units, BigInt(count) * 10n ** BigInt(scale), digits);
}

/** A quotient with so many decimals, half to even; null where there is nothing to divide by. */
export function quotientText(n: bigint, divisor: bigint, digits: number): Cell {
  return divisor > 0n ? unitsText(halfEvenQuotient(n * 10n ** BigInt(digits), divisor), digits) : null;
}
