import type { Horizon } from '../../base/units.ts';
import type { Movement, Period } from '../../data/movement.ts';
import type { Intervals, ValuationNotes } from '../found.ts';

/** Models that customers are valued by at a date, and the file of their parameters, where they were not fitted to the data. */
export type DatedModels = Pick<ValuationNotes, 'groups' | 'source'>;

/** What happened between two dates, whatever customers are valued by. */
export interface MovedBetween {
  readonly period: Period;
  readonly movement: Movement;
  readonly expectedActive: { readonly opening: number; readonly closing: number };
  /** Customer equity of the opening by the models, margins and rate of the closing, in minor units. */
  readonly recast: bigint;
  /** Nominal margin expected of the opening customers within the period, in currency units. */
  readonly expectedMargin: number;
  /** Standard error of the line model_change in currency units, or null where there is none. */
  readonly modelChangeError: number | null;
}

/** The same of customers who buy. */
export interface Moved extends MovedBetween {
  /** The span that customers were valued for at both dates. */
  readonly horizon: Horizon;
  readonly opening: DatedModels;
  readonly closing: DatedModels;
  /** Of the equity of the closing; null where none are asked for, or none can be had. */
  readonly intervals: Intervals | null;
}
