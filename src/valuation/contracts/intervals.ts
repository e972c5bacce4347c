import { MARGIN_SCALE } from '../../base/money.ts';
import { NORMAL_95 } from '../../base/normal.ts';
import { presentMoments } from '../../engine/contracts/outcome.ts';
import type { EquityIntervals, Interval } from '../../engine/intervals.ts';
import type { Intervals, ModelError } from '../found.ts';
import type { ContractsValuation, FitValuation } from './by-fit.ts';
import { netOfCost } from './terms.ts';
import type { Bounds } from './value.ts';

/**
 * How far the equity of subscriptions may be trusted: by the errors of the parameters, or by refits where there are any, and with
 * what the customers will do and the error of the model. Null where the parameters have no errors.
 */
export function contractIntervals(
  valuation: ContractsValuation,
  { segments, digits }: { readonly segments: readonly (readonly string[])[]; readonly digits: number },
  { refitted, modelError }: { readonly refitted: EquityIntervals | null; readonly modelError: ModelError | null },
): Intervals | null {
  const equity = refitted ?? byParameters(valuation, segments, digits);
  if (equity === null) return null;
  const variances = valuation.fits.map(outcomeVariance);
  const known = variances.filter((variance) => variance !== null);
  const all = known.length === variances.length;
  return { segments, equity, modelError, outcomeVariance: all ? known.reduce((sum, one) => sum + one, 0) : null };
}

function byParameters(
  { equity, interval, segmentIntervals, fits }: ContractsValuation,
  segments: readonly (readonly string[])[],
  digits: number,
): EquityIntervals | null {
  if (interval === null) return null;
  const of = (segment: number): bigint =>
    fits.reduce((sum, { cells, valuation }) => {
      const own = valuation.worth.clv.reduce(
        (all, clv, i) => (cells.segment[i] === segment ? all + clv * BigInt(cells.count[i]!) : all),
        0n,
      );
      return sum + own;
    }, 0n);
  return {
    total: intervalOf(equity, interval, digits),
    segments: segments.map((_, i) => intervalOf(of(i), segmentIntervals[i]!, digits)),
  };
}

/** In currency units. */
function intervalOf(equity: bigint, bounds: Bounds, digits: number): Interval {
  const [middle, low, high] = [equity, ...bounds].map((units) => Number(units) / 10 ** digits) as [
    number,
    number,
    number,
  ];
  return { low, high, errors: [(middle - low) / NORMAL_95, (high - middle) / NORMAL_95] };
}

/**
 * Variance of what the subscriptions of a fit will bring, given the parameters, in currency units squared: each is independent of
 * the others, and a late one goes on with its chance q, Var = m² (q E[Y²] − q² E[Y]²) for a margin m a period. Null where a cost
 * comes at another time than the margin, or a lifetime is not discounted.
 */
function outcomeVariance({ cells, settings, valuation: { terms } }: FitValuation): number | null {
  const cost = netOfCost(settings)?.toNumber();
  const longest = cells.tenure.reduce((most, periods) => Math.max(most, periods), 1) - 1;
  const moments = terms.map((one) => presentMoments(one, longest));
  if (cost === undefined || moments.some((one) => one === null)) return null;
  let variance = 0;
  for (let i = 0; i < cells.length; i++) {
    const [chance, made] = [cells.chance[i]!, cells.tenure[i]! - 1];
    if (chance === 0 || made < 0) continue;
    const { mean, square } = moments[cells.segment[i]!]!;
    const brings = Number(cells.margin[i]!) / 10 ** MARGIN_SCALE / cells.periods[i]! - cost;
    variance += cells.count[i]! * brings ** 2 * (chance * square[made]! - (chance * mean[made]!) ** 2);
  }
  return variance;
}
