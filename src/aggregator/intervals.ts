import { halfEvenUnits, unitsText } from '../base/money.ts';
import { type EquityErrors, NORMAL_95 } from '../engine/intervals.ts';

/** How far equity may be trusted, as the engine found it. */
export interface Intervals {
  /** Segment values, in the order of `errors.segments`. */
  readonly segments: readonly (readonly string[])[];
  readonly errors: EquityErrors;
  /** Variance of the outcome given the parameters, or null where the model has none. */
  readonly outcomeVariance: number | null;
}

/** 95 % confidence interval of the estimate (parameters only) around an equity in minor units: "low high". */
export function confidenceText(equity: bigint, error: number, digits: number): string {
  const middle = Number(equity) / 10 ** digits;
  const bound = (side: number): string => unitsText(halfEvenUnits(middle + side * NORMAL_95 * error, digits), digits);
  return `${bound(-1)} ${bound(1)}`;
}

/** The same with the randomness of what the customers will do. */
export function predictionText(equity: bigint, { errors, outcomeVariance }: Intervals, digits: number): string | null {
  if (outcomeVariance === null) return null;
  return confidenceText(equity, Math.sqrt(errors.total ** 2 + outcomeVariance), digits);
}

/** Standard error of a segment's equity, by the segment's values. */
export function segmentErrors({ segments, errors }: Intervals): (segment: readonly string[]) => number {
  const byName = new Map(segments.map((segment, i) => [segment.join('\u0000'), errors.segments[i]!]));
  return (segment) => byName.get(segment.join('\u0000'))!;
}
