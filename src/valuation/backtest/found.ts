import type { Holdout } from '../../data/holdout.ts';
import type { Prediction } from '../../engine/holdout.ts';
import type { Accuracy } from '../../engine/holdout-accuracy.ts';
import type { Conditional } from '../../engine/holdout-conditional.ts';
import type { Decile } from '../../engine/holdout-deciles.ts';
import type { ModelError, ModelNote, SpendNote } from '../found.ts';
import type { Frequencies } from '../frequencies.ts';

/** A model that was fitted before the holdout, and how it did. */
export interface Tested {
  readonly name: string;
  readonly note: ModelNote & { readonly source: string | null };
  readonly prediction: Prediction;
  /** Null where it is left out of the interval. */
  readonly modelError: ModelError | null;
  readonly accuracy: Accuracy;
  readonly deciles: readonly Decile[];
  readonly conditional: Conditional;
  /** Customers by repeat purchases up to the as-of date, 0 to 6, then 7 and more, as they are and as the model expects them. */
  readonly frequencies: Frequencies;
  /** The same by their purchases in the holdout; expected null where the model has no formula of them. */
  readonly frequenciesAhead: Omit<Frequencies, 'expected'> & { readonly expected: Float64Array | null };
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

/** Models that were fitted before a holdout, and what happened in it. */
export interface Backtest {
  readonly holdout: Holdout;
  readonly trials: readonly Trial[];
  /** Null where the spend could not be fitted. */
  readonly spend: SpendNote | null;
  readonly spendFailure: Failed['error'] | null;
}
