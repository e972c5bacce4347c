import type { Cells, Factors } from '../base/states.ts';

/**
 * Expected value of the customers of every cell before it is rounded at the customer: Σ DERT × (base + multiplier × mean),
 * in currency units. With other factors it is the same customers under other parameters.
 */
export function cellValues(cells: Cells, { dert, spendBase, spendMultiplier }: Factors): Float64Array {
  const values = new Float64Array(cells.length);
  for (let i = 0; i < cells.length; i++) {
    const state = cells.state[i]!;
    values[i] = dert[state]! * (cells.count[i]! * spendBase[state]! + cells.mean[i]! * spendMultiplier[state]!);
  }
  return values;
}

/** Sums by segment, in the order of `cells.segments`. */
export function bySegment(cells: Cells, values: Float64Array): Float64Array {
  const sums = new Float64Array(cells.segments.length);
  for (let i = 0; i < cells.length; i++) sums[cells.segment[i]!]! += values[i]!;
  return sums;
}
