import { isoOf } from '../base/calendar.ts';
import { grouped, halfEvenUnits, unitsText } from '../base/money.ts';
import { plural } from '../base/plural.ts';
import { bySegment } from '../data/customers.ts';
import { Exact, type Fact, FIGURE_DIGITS, type Json } from '../data/report.ts';
import { type Interval, normal } from '../engine/intervals.ts';
import type { Intervals, ModelError } from '../valuation/found.ts';

/** 95 % confidence interval of the estimate (parameters only): "low high" with so many decimals. */
export function intervalText({ low, high }: Interval, digits: number): string {
  return [low, high].map((bound) => unitsText(halfEvenUnits(bound, digits), digits)).join(' ');
}

/**
 * The interval around an equity in minor units, with the randomness of what the customers will do and the error of the model
 * added, as text; null where the outcome has no variance.
 */
export function predictionText(
  units: bigint,
  { equity, outcomeVariance, modelError }: Intervals,
  digits: number,
): string | null {
  if (outcomeVariance === null) return null;
  const middle = Number(units) / 10 ** digits;
  const [below, above] = equity.total.errors.map((error) =>
    Math.hypot(error, Math.sqrt(outcomeVariance), (modelError?.tau ?? 0) * middle),
  ) as [number, number];
  return intervalText(normal(middle, below, above), digits);
}

/** What is told of the error of the model in prediction intervals. */
export function modelErrorBlock(modelError: ModelError | null, counted: 'purchases' | 'renewals' = 'purchases'): Json {
  return (
    modelError && {
      tau: new Exact(modelError.tau.toFixed(FIGURE_DIGITS)),
      source: modelError.source,
      origins: modelError.origins.map(({ asOf, days, expected, actual }) => ({
        as_of: isoOf(asOf),
        days,
        [`expected_${counted}`]: new Exact(expected.toFixed(FIGURE_DIGITS)),
        [`actual_${counted}`]: Number.isInteger(actual) ? actual : new Exact(actual.toFixed(FIGURE_DIGITS)),
      })),
    }
  );
}

/** The model error in a phrase: 12.0% of the estimate, one standard deviation, learned from 3 earlier days of the log. */
function modelErrorText({ tau, source, origins }: ModelError): string {
  const from = {
    given: 'as given',
    saved: 'from the model file',
    usual: 'the usual one, not learned from this log',
    learned: `learned from ${origins.length} earlier ${plural(origins.length, 'day', 'days')} of the log`,
  };
  return `${(100 * tau).toFixed(1)}% of the estimate, one standard deviation, ${from[source]}`;
}

/** The model error as a person reads it; nothing where it is left out. */
export function modelErrorFact(modelError: ModelError | null): readonly Fact[] {
  return modelError === null ? [] : [{ label: 'Model error', value: modelErrorText(modelError) }];
}

/** The interval of a segment, by the segment's values. */
export function segmentIntervals({ segments, equity }: Intervals): (segment: readonly string[]) => Interval {
  const of = bySegment(segments, equity.segments);
  return (segment) => of(segment)!;
}

/** How far an equity in minor units may be trusted, as a person reads it; nothing where there are no intervals. */
export function intervalFacts(equity: bigint, intervals: Intervals | null, digits: number): readonly Fact[] {
  if (intervals === null) return [];
  const between = (text: string): string => text.split(' ').map(grouped).join(' to ');
  const prediction = predictionText(equity, intervals, digits);
  return [
    {
      label: '95% confidence interval',
      value: `${between(intervalText(intervals.equity.total, digits))} of the estimate, parameters alone${wideness(equity, intervals, digits)}`,
    },
    ...(prediction === null
      ? []
      : [{ label: '95% prediction interval', value: `${between(prediction)} of the outcome` }]),
    ...(prediction === null ? [] : modelErrorFact(intervals.modelError)),
  ];
}

/** Half the width of an interval, as a share of the estimate, beyond which it is called wide. */
const WIDE = 0.25;

function wideness(equity: bigint, { equity: { total } }: Intervals, digits: number): string {
  const middle = Number(equity) / 10 ** digits;
  if (!(middle > 0)) return '';
  const share = (total.high - total.low) / 2 / middle;
  return ` (±${(100 * share).toFixed(0)}%${share > WIDE ? ', wide' : ''})`;
}
