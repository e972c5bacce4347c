import { bySegment } from '../data/customers.ts';
import type {
  Cells,
  Confidence,
  CustomerBounds,
  Factors,
  Gaps,
  Group,
  Joint,
  NextPurchase,
  SpendStates,
  States,
} from '../data/states.ts';

/** One group of states as states of their own; views, not copies. */
export function statesOfGroup({ x, recency, age, count }: States, { start, end, logGaps }: Group): States {
  return {
    length: end - start,
    ...(logGaps !== undefined && { logGaps }),
    x: x.subarray(start, end),
    recency: recency.subarray(start, end),
    age: age.subarray(start, end),
    count: count.subarray(start, end),
  };
}

/** States with Σ ln of the weeks between purchases; of gaps in ascending order, so that the sum is the same whatever the store. */
export function withGaps(states: States, gaps: readonly Gaps[]): States {
  const sumOf = ({ days, count }: Gaps): number => days.reduce((sum, gap, i) => sum + count[i]! * Math.log(gap / 7), 0);
  const sums = gaps.map(sumOf);
  const sumOfGroup = bySegment(
    gaps.map(({ name }) => name),
    sums,
  );
  const ofGroup = (group: Group): Group => ({ ...group, logGaps: sumOfGroup(group.name) ?? 0 });
  return {
    ...states,
    ...(states.groups && { groups: states.groups.map(ofGroup) }),
    logGaps: sums.reduce((all, sum) => all + sum, 0),
  };
}

/** The spend states of the group of that name; none where it has none. */
export function spendOfGroup({ x, mean, count, groups }: SpendStates, { name }: Group): SpendStates {
  const { start, end } = spendRange(groups, name);
  return {
    length: end - start,
    x: x.subarray(start, end),
    mean: mean.subarray(start, end),
    count: count.subarray(start, end),
  };
}

/** The cells of a group's states, counted from its first state. */
export function cellsOfGroup({ state, segment, segments, count, mean, square }: Cells, { start, end }: Group): Cells {
  const [from, to] = [firstAt(state, start), firstAt(state, end)];
  return {
    length: to - from,
    state: state.subarray(from, to).map((index) => index - start),
    segment: segment.subarray(from, to),
    segments,
    count: count.subarray(from, to),
    mean: mean.subarray(from, to),
    square: square.subarray(from, to),
  };
}

/** Customers of a group's states, counted from its first state and spend state. */
export function jointOfGroup({ state, spend, count }: Joint, { name, start, end }: Group, all: SpendStates): Joint {
  const [from, to] = [firstAt(state, start), firstAt(state, end)];
  const offset = spendRange(all.groups, name).start;
  return {
    length: to - from,
    state: state.subarray(from, to).map((index) => index - start),
    spend: spend.subarray(from, to).map((index) => (index < 0 ? index : index - offset)),
    count: count.subarray(from, to),
  };
}

/** The factors of groups one after the other, as those of all states. */
export function joinedFactors(states: States, parts: readonly Factors[]): Factors {
  const all = (pick: (part: Factors) => Float64Array): Float64Array => {
    const joined = new Float64Array(states.length);
    let at = 0;
    for (const part of parts) {
      joined.set(pick(part), at);
      at += part.states.length;
    }
    return joined;
  };
  return {
    states,
    pAlive: all((part) => part.pAlive),
    dert: all((part) => part.dert),
    spendBase: all((part) => part.spendBase),
    spendMultiplier: all((part) => part.spendMultiplier),
    ...(parts.every((part) => part.bounds) && { bounds: joinedBounds(all, parts) }),
    ...(parts.every((part) => part.next) && { next: joinedNext(all) }),
  };
}

/** @param all joins a figure of every part */
function joinedBounds(
  all: (pick: (part: Factors) => Float64Array) => Float64Array,
  parts: readonly Factors[],
): CustomerBounds {
  const sure = (name: keyof Confidence): Float64Array => all((part) => part.bounds!.confidence![name]);
  return {
    prediction: {
      low: all((part) => part.bounds!.prediction.low),
      high: all((part) => part.bounds!.prediction.high),
    },
    confidence: parts.every((part) => part.bounds!.confidence)
      ? {
          below: sure('below'),
          above: sure('above'),
          base: sure('base'),
          linear: sure('linear'),
          quadratic: sure('quadratic'),
        }
      : null,
  };
}

/** @param all joins a figure of every part */
function joinedNext(all: (pick: (part: Factors) => Float64Array) => Float64Array): NextPurchase {
  return {
    buysAgain: all((part) => part.next!.buysAgain),
    from: all((part) => part.next!.from),
    median: all((part) => part.next!.median),
    to: all((part) => part.next!.to),
  };
}

/** The factors of a group's states; views, not copies. */
export function factorsOfGroup(factors: Factors, group: Group): Factors {
  const own = (values: Float64Array): Float64Array => values.subarray(group.start, group.end);
  return {
    states: statesOfGroup(factors.states, group),
    pAlive: own(factors.pAlive),
    dert: own(factors.dert),
    spendBase: own(factors.spendBase),
    spendMultiplier: own(factors.spendMultiplier),
  };
}

/** States of all groups as if there were none: equal ones together, sorted. */
export function pooledStates({ length, logGaps, x, recency, age, count }: States): States {
  const order = Int32Array.from({ length }, (_, i) => i).sort(
    (a, b) => x[a]! - x[b]! || recency[a]! - recency[b]! || age[a]! - age[b]!,
  );
  const kept = merged(order, count, (a, b) => x[a] === x[b] && recency[a] === recency[b] && age[a] === age[b]);
  const at = (values: Int32Array): Int32Array => kept.rows.map((row) => values[row]!);
  const gaps = logGaps === undefined ? {} : { logGaps };
  return { length: kept.rows.length, ...gaps, x: at(x), recency: at(recency), age: at(age), count: kept.count };
}

/** Spend states of all groups as if there were none. */
export function pooledSpend({ length, x, mean, count }: SpendStates): SpendStates {
  const order = Int32Array.from({ length }, (_, i) => i).sort((a, b) => x[a]! - x[b]! || mean[a]! - mean[b]!);
  const kept = merged(order, count, (a, b) => x[a] === x[b] && mean[a] === mean[b]);
  const means = Float64Array.from(kept.rows, (row) => mean[row]!);
  return { length: kept.rows.length, x: kept.rows.map((row) => x[row]!), mean: means, count: kept.count };
}

function merged(order: Int32Array, count: Float64Array, same: (a: number, b: number) => boolean) {
  const rows: number[] = [];
  const counts: number[] = [];
  for (const row of order) {
    if (rows.length > 0 && same(rows.at(-1)!, row)) counts[counts.length - 1]! += count[row]!;
    else {
      rows.push(row);
      counts.push(count[row]!);
    }
  }
  return { rows: Int32Array.from(rows), count: Float64Array.from(counts) };
}

function spendRange(groups: readonly Group[] | undefined, name: readonly string[]): { start: number; end: number } {
  const same = (group: Group): boolean => group.name.every((value, i) => value === name[i]);
  return groups?.find(same) ?? { start: 0, end: 0 };
}

/** Where a sorted column first reaches a value. */
function firstAt(column: Int32Array, value: number): number {
  let [low, high] = [0, column.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (column[middle]! < value) low = middle + 1;
    else high = middle;
  }
  return low;
}
