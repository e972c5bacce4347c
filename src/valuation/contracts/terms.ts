import { Decimal, ZERO } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { ratePerPeriod, type Timing } from '../../engine/contracts/timing.ts';
import type { KeepingCost, Terms } from '../../engine/contracts/value.ts';
import { constantRetention } from '../../models/contracts/constant-retention.ts';
import type { SurvivalModel } from '../../models/contracts/survival.ts';

import type { SavedSurvival } from './saved.ts';

export { retentionPerPeriod, TIMINGS, type Timing } from '../../engine/contracts/timing.ts';
export type { KeepingCost } from '../../engine/contracts/value.ts';

/** How contracts are valued, whatever they are counted from. */
export interface ContractTerms {
  readonly model: SurvivalModel;
  /** Annual effective rates. */
  readonly discountRate: Decimal;
  readonly growth: Decimal;
  readonly periodsPerYear: number;
  /** When customers pay; the next payment is not yet grown. */
  readonly timing: Timing;
  /** Payments counted; null: for life. */
  readonly horizonPeriods: number | null;
  /** Decimals of the minor unit. */
  readonly digits: number;
  readonly interval: boolean;
  /** What it costs to keep a customer, a period. */
  readonly cost: KeepingCost | null;
}

/** Whether customers are valued by one rate for all, which differing ones are held against; else it is the other way about. */
export function isOneRate({ model }: Pick<ContractTerms, 'model'>): boolean {
  return model === constantRetention;
}

/**
 * What a customer brings a period, as far as an interval is concerned: a cost that comes with the margin is taken off it. Null
 * where the cost comes at another time, or the margin grows: their values move apart then, and no interval is given.
 */
export function netOfCost({ cost, timing, growth }: ContractTerms): Decimal | null {
  if (cost === null) return ZERO;
  return cost.timing === timing && growth.isZero() ? cost.amount : null;
}

/** @param rate retention a period, the same for all; null: as the model says */
export function termsOf(
  settings: ContractTerms,
  model: SurvivalModel,
  parameters: readonly number[],
  rate: Decimal | null,
): Terms {
  const { timing, digits, horizonPeriods: periods, periodsPerYear } = settings;
  const discount = ratePerPeriod(settings.discountRate, periodsPerYear);
  const rates = { discount, growth: ratePerPeriod(settings.growth, periodsPerYear) };
  return { model, parameters, rates, periods, timing, rate, digits, cost: settings.cost };
}

/** A base valued with one rate for all, against what it is worth where customers may differ. Money in minor units. */
export interface OneRate {
  /** A period; null where each segment has its own. */
  readonly retention: Decimal | null;
  readonly equity: bigint;
  readonly differing: bigint;
}

const UNFIT = new Set(['E121', 'E302', 'E303', 'E311']);

/** What a model that is only compared with finds, or null where the data do not carry it. */
export function unlessUnfit<T>(find: () => T): T | null {
  try {
    return find();
  } catch (error) {
    if (error instanceof ClvError && UNFIT.has(error.code)) return null;
    throw error;
  }
}

export interface ContractSettings extends ContractTerms {
  /** Parameters fitted earlier, instead of a fit. */
  readonly saved?: SavedSurvival | null;
  /** Of the model of one rate: that rate a period, those of the segments, or null to estimate it. */
  readonly retention: Decimal | SegmentRates | null;
}

/** Whether each segment has a rate of its own. */
export function isBySegment({ retention }: Pick<ContractSettings, 'retention'>): boolean {
  return retention !== null && !(retention instanceof Decimal);
}

/** Rates a period that a file gives by segment; null: none for this one. */
export interface SegmentRates {
  readonly file: string;
  readonly of: (segment: readonly string[]) => Decimal | null;
  /** All that have one. */
  readonly segments: readonly (readonly string[])[];
}
