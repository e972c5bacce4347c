import type { Day } from '../base/calendar.ts';
import type { Period } from './movement.ts';
import type { Opportunity } from './opportunity.ts';

/** What a ledger tells of past profitability. Exact: amounts in 10^-4, profit (margin after costs) in 10^-10. */

/** Past money of some customers. */
export interface Sums {
  readonly customers: number;
  readonly purchases: number;
  /** Net of refunds, the rows below zero; refunds are negative. */
  readonly revenue: bigint;
  readonly refunds: bigint;
  readonly costs: bigint;
  readonly profit: bigint;
  /** Customers who made a profit, those who made a loss, and the sum of these losses, negative. */
  readonly profitable: number;
  readonly unprofitable: number;
  readonly losses: bigint;
  /** Customers with a CLV, and its sum in minor units. */
  readonly valued: number;
  readonly clv: bigint;
}

export interface SegmentSums extends Sums {
  readonly segment: readonly string[];
}

/** Cumulative profit of the most profitable customers. */
export interface CurvePoint {
  readonly customers: number;
  readonly profit: bigint;
}

/** Purchases and money of some customers in a period. */
export interface PeriodSums {
  readonly purchases: number;
  readonly revenue: bigint;
  readonly profit: bigint;
}

/** Customers by whether they bought in two periods; `neither`: money without a purchase (refunds, costs). */
export const FLOWS = ['both', 'lapsed', 'new', 'reactivated', 'neither'] as const;

export interface Flow {
  readonly group: (typeof FLOWS)[number];
  readonly customers: number;
  readonly earlier: PeriodSums;
  readonly later: PeriodSums;
}

/** Customers of a first purchase in one calendar period (null: without any purchase), in another. */
export interface CohortCell extends PeriodSums {
  /** Number of the calendar period, as opportunity.periodOf. */
  readonly cohort: number | null;
  readonly period: number;
  /** Customers with a purchase in the period. */
  readonly active: number;
}

/** The standings of a figure: at or above the mean of all, below it but above zero, zero or less; without a CLV. */
export const STANDINGS = ['above_mean', 'below_mean', 'none', 'not_valued'] as const;
export type Standing = (typeof STANDINGS)[number];

/** Customers by past profit and by CLV. */
export interface Quadrant extends Sums {
  readonly past: Standing;
  readonly future: Standing;
}

/** Customers with their past money, column by column. */
export interface AuditedBlock {
  readonly length: number;
  readonly id: readonly string[];
  /** One list a segment column. */
  readonly segment: readonly (readonly string[])[];
  /** Null for customers without any purchase. */
  readonly firstPurchase: readonly (Day | null)[];
  readonly lastPurchase: readonly (Day | null)[];
  readonly purchases: Int32Array;
  readonly revenue: readonly bigint[];
  readonly refunds: readonly bigint[];
  readonly costs: readonly bigint[];
  readonly profit: readonly bigint[];
  /** Minor units; null where there is none. */
  readonly clv: readonly (bigint | null)[];
  readonly past: readonly string[];
  readonly future: readonly string[];
}

/** Customers whose past profit is above the mean and whose CLV is not, and the reverse. */
export type Contrast = 'fallen' | 'risen';

/** How the past is looked at. */
export interface AuditPlan {
  readonly asOf: Day;
  /** Two periods that meet; the later ends at the as-of date. Null where none are compared: there are no flows. */
  readonly earlier: Period | null;
  readonly later: Period | null;
  /** The calendar periods of cohorts. */
  readonly every: Opportunity;
  /** Whether the customers have been valued. */
  readonly valued: boolean;
}

/** Every customer with a transaction up to the as-of date, in groups that each add up to the whole. */
export interface Audit {
  readonly whole: Sums;
  /** Ten groups of equally many customers, the most profitable first. */
  readonly customerDeciles: readonly Sums[];
  /** Groups 1 to k: the fewest customers who make k tenths of the profit; none where there is no profit. */
  readonly profitDeciles: readonly Sums[];
  readonly curve: readonly CurvePoint[];
  readonly flows: readonly Flow[];
  readonly cohorts: readonly CohortCell[];
  readonly segments: readonly SegmentSums[];
  readonly quadrants: readonly Quadrant[];
  /** By profit descending, then id. */
  readonly customers: AsyncIterable<AuditedBlock>;
  /** Fallen by profit, risen by CLV, descending, then id. */
  readonly contrasts: Readonly<Record<Contrast, AsyncIterable<AuditedBlock>>>;
}
