import { Decimal } from '../../base/decimal.ts';
import { MARGIN_SCALE } from '../../base/money.ts';
import type { ContractCells } from '../../data/contracts.ts';

const ONE_UNIT = new Decimal(10).pow(MARGIN_SCALE);

/** The mean margin a period of the run of a customer of a cell, in currency units; rounded only where a division does not end. */
export function marginAPeriod({ margin, tenure }: ContractCells, i: number): Decimal {
  return new Decimal(margin[i]!.toString()).div(tenure[i]!).div(ONE_UNIT);
}

/** Sums of the margins a period, less a cost, of the customers of a segment who are there, by renewals made. */
export function marginsByRenewals(cells: ContractCells, length: number, segment: number, cost: number): Float64Array {
  const { margin, tenure, count } = cells;
  const margins = new Float64Array(length);
  for (let i = 0; i < cells.length; i++) {
    if (!cells.alive[i] || cells.segment[i] !== segment) continue;
    margins[tenure[i]! - 1]! += (Number(margin[i]!) / 10 ** MARGIN_SCALE / tenure[i]! - cost) * count[i]!;
  }
  return margins;
}

/** The mean margin a period of all customers, there or not: each counts with the mean of its run. */
export function meanMargin({ length, margin, tenure, count }: ContractCells): Decimal {
  const byTenure = new Map<number, bigint>();
  for (let i = 0; i < length; i++) {
    byTenure.set(tenure[i]!, (byTenure.get(tenure[i]!) ?? 0n) + margin[i]! * BigInt(count[i]!));
  }
  const means = [...byTenure].map(([periods, sum]) => new Decimal(sum.toString()).div(periods));
  const customers = count.reduce((sum, n) => sum + n, 0);
  return Decimal.sum(0, ...means)
    .div(customers)
    .div(ONE_UNIT);
}
