import { halfEvenUnits, unitsText } from '../base/money.ts';
import { bySegment } from '../data/customers.ts';
import { type Interval, normal } from '../engine/intervals.ts';
import type { Intervals } from '../valuation/found.ts';

/** 95 % confidence interval of the estimate (parameters only): "low high" with so many decimals. */
export function intervalText({ low, high }: Interval, digits: number): string {
  return [low, high].map((bound) => unitsText(halfEvenUnits(bound, digits), digits)).join(' ');
}

/** The interval around an equity in minor units, with the randomness of what the customers will do added, as text. */
export function predictionText(units: bigint, { equity, outcomeVariance }: Intervals, digits: number): string | null {
  if (outcomeVariance === null) return null;
  return intervalText(
    normal(Number(units) / 10 ** digits, Math.sqrt(equity.total.error ** 2 + outcomeVariance)),
    digits,
  );
}

/** The interval of a segment, by the segment's values. */
export function segmentIntervals({ segments, equity }: Intervals): (segment: readonly string[]) => Interval {
  const of = bySegment(segments, equity.segments);
  return (segment) => of(segment)!;
}
