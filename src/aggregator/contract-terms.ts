import type { Decimal } from '../base/decimal.ts';
import type { Terms } from '../engine/contract-value.ts';
import { ratePerPeriod, type Timing } from '../engine/timing.ts';
import type { SurvivalModel } from '../models/survival.ts';

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
  return { model, parameters, rates, periods, timing, rate, digits };
}

/** A base valued with one rate for all, against what it is worth where customers may differ. Money in minor units. */
export interface OneRate {
  /** A period; null where each segment has its own. */
  readonly retention: Decimal | null;
  readonly equity: bigint;
  readonly differing: bigint;
}
