import { ClvError } from '../base/errors.ts';
import type { Joint, SpendStates } from '../data/states.ts';
import { bySegment } from './equity.ts';
import { factorsOf } from './factors.ts';
import type { EquityIntervals, Interval } from './intervals.ts';
import type { Valued } from './valued.ts';

/** Customers drawn with replacement, as counts of the distinct states. */
interface Resample {
  readonly states: Float64Array;
  readonly spend: Float64Array;
}

/** Equity by segment of the actual customers under each refit; null where a refit found no optimum. */
export type Refits = readonly (Float64Array | null)[];

/** Customers are resampled with their spend, both models refitted from the optimum, and the actual customers valued. */
export function bootstrapRefits(
  valued: Valued,
  joint: Joint,
  spendStates: SpendStates,
  resamples: number,
  random: () => number,
): Refits {
  const owners = ownersOf(joint);
  return Array.from({ length: resamples }, () =>
    refitted(valued, spendStates, draw(joint, owners, valued.states.length, spendStates.length, random)),
  );
}

/**
 * The 2.5th and 97.5th percentile of the sum of groups that were fitted apart. Resamples in which a refit failed are left out.
 * @throws ClvError E305 where that is more than half of them
 */
export function bootstrapIntervals(groups: readonly Refits[]): EquityIntervals {
  const resamples = groups[0]!.length;
  const found: Float64Array[] = [];
  for (let i = 0; i < resamples; i++) {
    const parts = groups.map((refits) => refits[i]!);
    if (parts.every((part) => part !== null))
      found.push(parts.reduce((all, part) => all.map((value, s) => value + part[s]!)));
  }
  if (found.length < resamples / 2) throw new ClvError('E305', { failed: resamples - found.length, resamples });
  return {
    total: spread(found.map((equity) => equity.reduce((sum, part) => sum + part, 0))),
    segments: Array.from(found[0]!, (_, segment) => spread(found.map((equity) => equity[segment]!))),
  };
}

/** The row of every customer. */
function ownersOf(joint: Joint): Int32Array {
  const owners = new Int32Array(joint.count.reduce((sum, count) => sum + count, 0));
  let at = 0;
  for (let row = 0; row < joint.length; row++) {
    owners.fill(row, at, at + joint.count[row]!);
    at += joint.count[row]!;
  }
  return owners;
}

function draw(joint: Joint, owners: Int32Array, states: number, spends: number, random: () => number): Resample {
  const drawn = { states: new Float64Array(states), spend: new Float64Array(spends) };
  for (let i = 0; i < owners.length; i++) {
    const row = owners[Math.floor(random() * owners.length)]!;
    drawn.states[joint.state[row]!]! += 1;
    const spend = joint.spend[row]!;
    if (spend >= 0) drawn.spend[spend]! += 1;
  }
  return drawn;
}

/** Equity by segment of the actual customers under the parameters of a resample; null where it has no optimum. */
function refitted(valued: Valued, spendStates: SpendStates, { states, spend }: Resample): Float64Array | null {
  const { model, fit, cells, window, spendFrom } = valued;
  try {
    const buying = model.fit({ ...valued.states, count: states }, fit.parameters);
    const spending = valued.spend.refit({ ...spendStates, count: spend });
    const credibility = (purchases: number) => valued.spend.credibility(purchases, spending.parameters);
    return bySegment(cells, factorsOf(valued.states, model, buying.parameters, window, credibility, spendFrom));
  } catch (error) {
    if (error instanceof ClvError) return null;
    throw error;
  }
}

/** Percentiles between order statistics, linearly (type 7), and the standard deviation. */
function spread(values: readonly number[]): Interval {
  const sorted = [...values].sort((a, b) => a - b);
  const quantile = (p: number): number => {
    const at = p * (sorted.length - 1);
    const low = sorted[Math.floor(at)]!;
    return low + (at - Math.floor(at)) * (sorted[Math.ceil(at)]! - low);
  };
  const mean = values.reduce((sum, value) => sum + value, 0) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1);
  const error = Math.sqrt(variance);
  return { low: quantile(0.025), high: quantile(0.975), errors: [error, error] };
}
