/**
 * Where groups of customers stand when all are ranked by a value, the highest first. Customers with equal values share
 * their places, so that no order of the customers decides anything.
 */
export interface Ranks {
  /** Customers with a higher value, for every group. */
  readonly above: Float64Array;
  /** Customers with the same value, those of the group included. */
  readonly tied: Float64Array;
}

export function standingBy(values: Float64Array | Int32Array, count: Float64Array): Ranks {
  const order = Uint32Array.from(values, (_, i) => i).sort((a, b) => values[b]! - values[a]! || a - b);
  const above = new Float64Array(values.length);
  const tied = new Float64Array(values.length);
  let before = 0;
  for (let from = 0, to = 0; from < order.length; from = to) {
    let same = 0;
    for (; to < order.length && values[order[to]!] === values[order[from]!]; to++) same += count[order[to]!]!;
    for (let k = from; k < to; k++) {
      above[order[k]!] = before;
      tied[order[k]!] = same;
    }
    before += same;
  }
  return { above, tied };
}

/** The share of a group's customers on the places from `first` (counted from 0) to before `end`. */
export function shareWithin({ above, tied }: Ranks, group: number, first: number, end: number): number {
  const [from, size] = [above[group]!, tied[group]!];
  return Math.max(0, Math.min(end, from + size) - Math.max(first, from)) / size;
}

/** The mean place of a group's customers, the best being 1: ranks with ties averaged. */
export function meanRank({ above, tied }: Ranks, group: number): number {
  return above[group]! + (tied[group]! + 1) / 2;
}
