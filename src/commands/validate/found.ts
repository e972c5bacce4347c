import type { Day } from '../../base/calendar.ts';
import type { Found } from '../../report/found.ts';
import type { Assumptions } from '../../report/methodology.ts';
import type { Backtest, Tested } from '../../valuation/backtest/found.ts';
import type { Score, Summary } from '../../valuation/backtest/scores.ts';

/** What was assumed, as of the day before the holdout. */
type ValidationAssumptions = Pick<
  Assumptions,
  'asOf' | 'currency' | 'digits' | 'margin' | 'spendFrom' | 'roundedAmounts' | 'decimalMark' | 'season'
>;

/** How the models did at several origins, the earliest first. */
export interface Rolling {
  /** Days from one origin to the next. */
  readonly step: number;
  readonly scores: readonly Score[];
  readonly summaries: readonly Summary[];
}

/** Everything a validation found at its last origin, and at all where there are several. Ready to be reported. */
export interface Validation extends Omit<Backtest, 'spendFailure'>, Found<ValidationAssumptions> {
  /** The last day of the holdout, and its length in words. */
  readonly until: Day;
  readonly span: string;
  readonly rolling: Rolling | null;
}

/** The best model, why, and how it did at the last origin; null where it failed there. */
export interface Verdict {
  readonly name: string;
  readonly reason: string;
  readonly tested: Tested | null;
}
