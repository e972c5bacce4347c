import { ClvError } from '../base/errors.ts';
import type { Joint, SpendStates } from '../base/states.ts';
import { bySegment, cellValues } from './equity.ts';
import { factorsOf } from './factors.ts';
import type { EquityIntervals, Interval, Valued } from './intervals.ts';
import { uniform } from './random.ts';

/** So that a report can be made again. */
export const SEED = 20_240_601;

/** Customers drawn with replacement, as counts of the distinct states. */
interface Resample {
  readonly states: Float64Array;
  readonly spend: Float64Array;
}

/**
 * Customers are resampled with their spend, both models refitted from the optimum, and the actual customers valued under each
 * refit: the 2.5th and 97.5th percentile of their equity. Refits that find no optimum are left out and counted.
 * @throws ClvError E305 where fewer than half of the refits succeed
 */
export function bootstrapIntervals(
  valued: Valued,
  joint: Joint,
  spendStates: SpendStates,
  resamples: number,
): EquityIntervals & { readonly failed: number } {
  const random = uniform(SEED);
  const owners = ownersOf(joint);
  const found: Float64Array[] = [];
  for (let i = 0; i < resamples; i++) {
    const equity = refitted(valued, spendStates, draw(joint, owners, valued.states.length, spendStates.length, random));
    if (equity) found.push(equity);
  }
  const failed = resamples - found.length;
  if (found.length < resamples / 2) throw new ClvError('E305', { failed, resamples });
  return {
    total: spread(found.map((equity) => equity.reduce((sum, part) => sum + part, 0))),
    segments: valued.cells.segments.map((_, segment) => spread(found.map((equity) => equity[segment]!))),
    failed,
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
  const { model, fit, cells, window, counted } = valued;
  try {
    const buying = model.fit({ ...valued.states, count: states }, fit.parameters);
    const spending = valued.spend.refit({ ...spendStates, count: spend });
    const credibility = (purchases: number) => valued.spend.credibility(purchases, spending.parameters);
    return bySegment(
      cells,
      cellValues(cells, factorsOf(valued.states, model, buying.parameters, window, credibility, counted)),
    );
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
  return { low: quantile(0.025), high: quantile(0.975), error: Math.sqrt(variance) };
}
