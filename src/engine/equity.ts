import type { Cells, Factors } from '../data/states.ts';

/**
 * Expected value of the customers of every cell before it is rounded at the customer: Σ DERT × (base + multiplier × mean),
 * in currency units. With other factors it is the same customers under other parameters.
 */
export function cellValues(cells: Cells, factors: Factors): Float64Array {
  const value = cellValue(cells, factors);
  return cells.count.map((_, i) => value(i));
}

/** The sums of the cells' values by segment, in the order of `cells.segments`. */
export function bySegment(cells: Cells, factors: Factors): Float64Array {
  const value = cellValue(cells, factors);
  const sums = new Float64Array(cells.segments.length);
  for (let i = 0; i < cells.length; i++) sums[cells.segment[i]!]! += value(i);
  return sums;
}

function cellValue(cells: Cells, { dert, spendBase, spendMultiplier }: Factors): (cell: number) => number {
  return (i) => {
    const state = cells.state[i]!;
    return dert[state]! * (cells.count[i]! * spendBase[state]! + cells.mean[i]! * spendMultiplier[state]!);
  };
}
