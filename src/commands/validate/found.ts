import type { Day } from '../../base/calendar.ts';
import type { Found } from '../../report/found.ts';
import type { Assumptions } from '../../report/methodology.ts';
import type { Backtest } from '../../valuation/backtest/found.ts';

/** Everything a validation found, ready to be reported. */
export interface Validation extends Omit<Backtest, 'spendFailure'>, Omit<Found, 'assumptions'> {
  /** What was assumed, as of the day before the holdout. */
  readonly assumptions: Pick<
    Assumptions,
    'asOf' | 'currency' | 'digits' | 'margin' | 'spendFrom' | 'roundedAmounts' | 'decimalMark'
  >;
  /** The last day of the holdout, and its length as it was asked for. */
  readonly until: Day;
  readonly span: string;
}
