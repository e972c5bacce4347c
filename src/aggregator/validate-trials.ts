import type { Day } from '../base/calendar.ts';
import type { Population } from '../base/customers.ts';
import type { Holdout } from '../base/holdout.ts';
import type { Prediction } from '../engine/holdout.ts';
import type { Accuracy } from '../engine/holdout-accuracy.ts';
import type { Decile } from '../engine/holdout-deciles.ts';
import type { Valuation } from './compute.ts';
import type { Assumptions } from './methodology.ts';
import type { ModelNote, SpendNote } from './model.ts';

/** A model that was fitted before the holdout, and how it did. */
export interface Tested {
  readonly name: string;
  readonly note: ModelNote & { readonly source: string | null };
  readonly prediction: Prediction;
  readonly accuracy: Accuracy;
  readonly deciles: readonly Decile[];
}

/** A model that could not be fitted. */
export interface Failed {
  readonly name: string;
  readonly error: { readonly code: string; readonly message: string };
}

export type Trial = Tested | Failed;

export function isTested(trial: Trial): trial is Tested {
  return !('error' in trial);
}

/** Everything a validation found, ready to be reported. */
export interface Validation {
  /** As of the day before the holdout. */
  readonly assumptions: Pick<
    Assumptions,
    'asOf' | 'currency' | 'digits' | 'margin' | 'spendFrom' | 'roundedAmounts' | 'decimalMark'
  >;
  readonly input: Valuation['input'];
  readonly warnings: Valuation['warnings'];
  readonly population: Population;
  /** The last day of the holdout, and its length as it was asked for. */
  readonly until: Day;
  readonly span: string;
  readonly holdout: Holdout;
  /** Null where the spend could not be fitted. */
  readonly spend: SpendNote | null;
  /** At least one of them tested. */
  readonly trials: readonly Trial[];
}
