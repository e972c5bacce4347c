import type { Decimal } from '../../base/decimal.ts';
import type { ContractTerms } from './terms.ts';

export interface ContractSettings extends ContractTerms {
  /** Of the model of one rate: that rate a period, those of the segments, or null to estimate it. */
  readonly retention: Decimal | SegmentRates | null;
}

/** Rates a period that a file gives by segment; null: none for this one. */
export interface SegmentRates {
  readonly file: string;
  readonly of: (segment: readonly string[]) => Decimal | null;
  /** All that have one. */
  readonly segments: readonly (readonly string[])[];
}
