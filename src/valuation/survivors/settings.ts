import type { Decimal } from '../../base/decimal.ts';
import type { ContractTerms } from '../contracts/terms.ts';

/** Customers of a cohort that are still there after 0, 1, 2 … periods. */
export interface SurvivorCohort {
  readonly name: string | null;
  readonly survivors: readonly number[];
}

export interface SurvivorSettings extends ContractTerms {
  /** One rate a period that is given, for the model of one rate. */
  readonly retention: Decimal | null;
  /** Margin of a customer a period, in currency units. */
  readonly marginPerPeriod: Decimal;
}
