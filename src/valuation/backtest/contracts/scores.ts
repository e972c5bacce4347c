import { MARGIN_SCALE } from '../../../base/money.ts';
import type { RenewalHoldout } from '../../../data/contracts.ts';
import { decidedBy, renewalsMade } from '../../../engine/contracts/holdout.ts';
import { type Interval, normal } from '../../../engine/intervals.ts';
import type { Failed } from '../found.ts';
import type { HeldOut } from '../rolling.ts';
import { type ContractTested, type ContractTrial, isContractTested } from './trials.ts';

/** What happened in a holdout. Periods are those of each customer after the date, index 0 the first. */
export interface Happened {
  /** Customers running at the date. */
  readonly customers: number;
  /** By period: customers whose renewal was decided, and those who made it. */
  readonly decided: Float64Array;
  readonly renewals: Float64Array;
  /** Customers who made every renewal that was decided. */
  readonly survivors: number;
  /** By period, exact, 10^-10; null where there is no money. */
  readonly margin: readonly bigint[] | null;
}

export function happenedIn({ outcomes, margin }: RenewalHoldout): Happened {
  const customers = sum(outcomes.count);
  return { customers, decided: decidedBy(outcomes), ...renewalsMade(outcomes), margin };
}

/** How near a model came, all periods together. Errors are predicted / actual − 1; NaN or infinite where nothing happened. */
export interface ContractScored {
  readonly survivors: number;
  readonly renewals: number;
  /** In currency units; null where there is no money. */
  readonly margin: number | null;
  readonly survivorsError: number;
  readonly renewalsError: number;
  readonly marginError: number;
  /** Mean over the periods of |error| of the renewals; periods without a renewal do not count. */
  readonly meanError: number;
  /** 95 %, of the renewals, error of the model included; they cannot be fewer than none. */
  readonly interval: Interval;
  /** Whether the renewals made lie in it. */
  readonly held: boolean;
}

export function scoredContract(
  { prediction, variance, modelError }: ContractTested,
  happened: Happened,
): ContractScored {
  const renewals = sum(prediction.renewals);
  const margin = happened.margin && sum(prediction.margin);
  const errors = Array.from(happened.renewals, (actual, j) => Math.abs(errorOf(prediction.renewals[j]!, actual)));
  const actual = sum(happened.renewals);
  const found = normal(renewals, Math.hypot(Math.sqrt(variance), (modelError?.tau ?? 0) * renewals));
  const interval = { ...found, low: Math.max(0, found.low) };
  const finite = errors.filter(Number.isFinite);
  return {
    survivors: prediction.survivors,
    renewals,
    margin,
    survivorsError: errorOf(prediction.survivors, happened.survivors),
    renewalsError: errorOf(renewals, actual),
    marginError: margin === null ? Number.NaN : errorOf(margin, currencyUnits(total(happened.margin!))),
    meanError: sum(finite) / finite.length,
    interval,
    held: actual >= interval.low && actual <= interval.high,
  };
}

/** How far a prediction is off, as a share of what happened. */
export function errorOf(predicted: number, actual: number): number {
  return predicted / actual - 1;
}

/** An exact margin, 10^-10, in currency units. */
export function currencyUnits(margin: bigint): number {
  return Number(margin) / 10 ** MARGIN_SCALE;
}

/** The last periods of a survivor table as it was at an origin, the oldest cohort being fitted up to a period. */
export interface HeldPeriods {
  readonly fitted: number;
  readonly held: number;
}

/** A model at an origin: how near it came, or why it could not be fitted, beside what happened. */
export interface ContractScore {
  readonly name: string;
  readonly heldOut: HeldOut | HeldPeriods;
  readonly happened: Happened;
  readonly scored: ContractScored | Failed['error'];
}

export function isContractScored(scored: ContractScore['scored']): scored is ContractScored {
  return !('code' in scored);
}

export function contractScoreOf(
  trial: ContractTrial,
  happened: Happened,
  heldOut: ContractScore['heldOut'],
): ContractScore {
  const scored = isContractTested(trial) ? scoredContract(trial, happened) : trial.error;
  return { name: trial.name, heldOut, happened, scored };
}

/** How one model did over the origins that it fits: means of the size of its errors. NaN where there is nothing to take the mean of. */
export interface ContractSummary {
  readonly name: string;
  readonly fitted: number;
  readonly failed: number;
  readonly survivors: number;
  readonly renewals: number;
  readonly margin: number;
  readonly byPeriod: number;
}

/** One summary a name, in the order in which the names come first. */
export function contractSummaries(scores: readonly ContractScore[]): readonly ContractSummary[] {
  return [...new Set(scores.map(({ name }) => name))].map((name) => {
    const all = scores.filter((score) => score.name === name);
    const fits = all.flatMap(({ scored }) => (isContractScored(scored) ? [scored] : []));
    const mean = (of: (scored: ContractScored) => number): number => {
      const sizes = fits.map((scored) => Math.abs(of(scored))).filter(Number.isFinite);
      return sum(sizes) / sizes.length;
    };
    return {
      name,
      fitted: fits.length,
      failed: all.length - fits.length,
      survivors: mean(({ survivorsError }) => survivorsError),
      renewals: mean(({ renewalsError }) => renewalsError),
      margin: mean(({ marginError }) => marginError),
      byPeriod: mean(({ meanError }) => meanError),
    };
  });
}

export function sum(values: Iterable<number>): number {
  let all = 0;
  for (const value of values) all += value;
  return all;
}

export function total(values: readonly bigint[]): bigint {
  return values.reduce((all, value) => all + value, 0n);
}
