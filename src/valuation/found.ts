import type { Day } from '../base/calendar.ts';
import type { SpendFrom } from '../data/states.ts';
import type { EquityIntervals } from '../engine/intervals.ts';
import type { Clock } from '../models/clock/clock.ts';

/** How much faster than in the mean of the year customers buy in each month, and what that was learned from. */
export type SeasonNote = Pick<Clock, 'factors' | 'learned'>;

/** What a fitted model says of itself. */
export interface ModelNote {
  readonly name: string;
  /** k of a model of regular purchases. */
  readonly regularity?: number | undefined;
  /** Where it was chosen: why it is this one, in plain words. */
  readonly chosen?: string;
  /** The model that was asked for where this one is its limit at an edge of its parameters, and what it takes of all customers. */
  readonly limit?: { readonly of: string; readonly takes: string } | undefined;
  /** The clock of the months that it runs on; null where one was asked for and there are too few data. */
  readonly season?: SeasonNote | null;
  /** Unit of the parameters where it is not the week. */
  readonly timeUnit?: string | undefined;
  readonly parameterNames: readonly string[];
  readonly parameters: readonly number[];
  /** Null for parameters that came without them. */
  readonly standardErrors: readonly number[] | null;
  readonly covariance: readonly (readonly number[])[] | null;
  readonly logLikelihood: number;
  readonly customers: number;
}

export interface SpendNote extends ModelNote {
  /** The purchases that mean margins are taken over. */
  readonly spendFrom: SpendFrom;
  readonly correlation: number | null;
}

/** The models of one group of customers; one nameless group where all are one. */
export interface GroupNote {
  /** Values of the columns that models are fitted by. */
  readonly name: readonly string[];
  /** True for a group too small for models of its own: these are those of all customers. */
  readonly pooled: boolean;
  readonly model: ModelNote;
  readonly spend: SpendNote;
  readonly prospectValue: number;
}

/** How far equity may be trusted, as the engine found it. */
export interface Intervals {
  /** Segment values, in the order of `equity.segments`. */
  readonly segments: readonly (readonly string[])[];
  readonly equity: EquityIntervals;
  /** Variance of the outcome given the parameters, or null where it is infinite. */
  readonly outcomeVariance: number | null;
  /** Null where the interval of the outcome leaves it out. */
  readonly modelError: ModelError | null;
}

/** The relative standard deviation τ of what a model expects of all customers together, and where it comes from. */
export interface ModelError {
  readonly tau: number;
  readonly source: 'given' | 'usual' | 'learned' | 'saved';
  /** Earlier days of the log that it was learned from: purchases expected and seen in so many days after each. */
  readonly origins: readonly {
    readonly asOf: Day;
    readonly days: number;
    readonly expected: number;
    readonly actual: number;
  }[];
}

/** What is told of a valuation of all customers. */
export interface ValuationNotes {
  /** The file of the parameters, where they were not fitted to these data. */
  readonly source: string | null;
  readonly groups: readonly GroupNote[];
  /** The sum of P(alive). */
  readonly expectedActive: number;
  /** Null where none are asked for, or none can be had. */
  readonly intervals: Intervals | null;
}
