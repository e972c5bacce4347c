import { MARGIN_SCALE } from '../../base/money.ts';
import type { Holdout } from '../../data/holdout.ts';
import type { Accuracy } from '../../engine/holdout-accuracy.ts';
import { type Interval, normal } from '../../engine/intervals.ts';
import { type Failed, isTested, type Tested, type Trial } from './found.ts';
import type { HeldOut } from './rolling.ts';

/** What was expected at an origin of all customers together, and how near it came. */
export interface Scored {
  readonly customers: number;
  readonly purchases: number;
  /** 95 %, of the purchases. */
  readonly interval: Interval;
  /** Whether the purchases that came lie in the interval. */
  readonly held: boolean;
  /** In currency units; null where no margin is predicted. */
  readonly margin: number | null;
  readonly accuracy: Accuracy;
  /** The model itself, the one of the k that was found, or the limit where the likelihood is highest at an edge. */
  readonly fittedAs: string;
}

/** A thing that was tried at an origin: how it did, or why it could not be fitted, beside what happened. */
export interface Score {
  readonly name: string;
  readonly heldOut: HeldOut;
  readonly actual: number;
  /** Exact, 10^-10. */
  readonly actualMargin: bigint;
  readonly scored: Scored | Failed['error'];
}

export function isScored(scored: Score['scored']): scored is Scored {
  return !('code' in scored);
}

/** Purchases within 1.96 standard deviations of what is expected, model error included; they cannot be fewer than none. */
export function predictionInterval({ prediction: { purchases, variance }, modelError }: Tested): Interval {
  const found = normal(purchases, Math.hypot(Math.sqrt(variance), (modelError?.tau ?? 0) * purchases));
  return { ...found, low: Math.max(0, found.low) };
}

/** The margin that was predicted of all customers, in currency units. */
export function predictedMargin({ prediction: { margin } }: Tested): number | null {
  return margin?.reduce((sum, part) => sum + part, 0) ?? null;
}

/** The purchases of all customers in a holdout. */
export function actualPurchases({ daily }: Holdout): number {
  return daily.reduce((sum, count) => sum + count, 0);
}

/** @param name the same at all origins, whatever k or limit is found */
export function scoreOf(name: string, trial: Trial, holdout: Holdout, heldOut: HeldOut): Score {
  const actual = actualPurchases(holdout);
  return {
    name,
    heldOut,
    actual,
    actualMargin: holdout.margin,
    scored: isTested(trial) ? scoredOf(trial, actual) : trial.error,
  };
}

function scoredOf(tested: Tested, actual: number): Scored {
  const { note, prediction, accuracy } = tested;
  const interval = predictionInterval(tested);
  return {
    customers: note.customers,
    purchases: prediction.purchases,
    interval,
    held: actual >= interval.low && actual <= interval.high,
    margin: predictedMargin(tested),
    accuracy,
    fittedAs: note.name,
  };
}

/** How one model did over the origins that it fits, as means. NaN where there is nothing to take the mean of. */
export interface Summary {
  readonly name: string;
  readonly fitted: number;
  readonly failed: number;
  /** Mean |ln(predicted / actual)| of all purchases, and of the margin; over origins where both are above 0. */
  readonly logPurchases: number;
  readonly logMargin: number;
  readonly mae: number;
  readonly rmse: number;
  /** Prediction intervals that hold what happened. */
  readonly held: number;
  /** Mean of half the width of the interval, as a share of what is predicted. */
  readonly halfWidth: number;
}

/** One summary a name, in the order in which the names come first. */
export function summariesOf(scores: readonly Score[]): readonly Summary[] {
  return [...new Set(scores.map(({ name }) => name))].map((name) =>
    summaryOf(
      name,
      scores.filter((score) => score.name === name),
    ),
  );
}

function summaryOf(name: string, scores: readonly Score[]): Summary {
  const fits = scores.flatMap(({ scored, ...score }) => (isScored(scored) ? [{ ...score, ...scored }] : []));
  return {
    name,
    fitted: fits.length,
    failed: scores.length - fits.length,
    logPurchases: meanLogRatio(fits.map(({ purchases, actual }) => [purchases, actual])),
    logMargin: meanLogRatio(fits.map(({ margin, actualMargin }) => [margin ?? 0, currencyUnits(actualMargin)])),
    mae: mean(fits.map(({ accuracy }) => accuracy.mae)),
    rmse: mean(fits.map(({ accuracy }) => accuracy.rmse)),
    held: fits.filter(({ held }) => held).length,
    halfWidth: mean(
      fits.flatMap(({ interval: { low, high }, purchases }) => (purchases > 0 ? [(high - low) / (2 * purchases)] : [])),
    ),
  };
}

/** An exact margin, 10^-10, as what is predicted. */
export function currencyUnits(margin: bigint): number {
  return Number(margin) / 10 ** MARGIN_SCALE;
}

function meanLogRatio(pairs: readonly (readonly [predicted: number, actual: number])[]): number {
  return mean(
    pairs.flatMap(([predicted, actual]) =>
      predicted > 0 && actual > 0 ? [Math.abs(Math.log(predicted / actual))] : [],
    ),
  );
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}
