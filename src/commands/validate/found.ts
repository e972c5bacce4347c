import type { Day } from '../../base/calendar.ts';
import type { Found } from '../../report/found.ts';
import type { Assumptions } from '../../report/methodology.ts';
import type { Backtest } from '../../valuation/backtest/found.ts';

/** What was assumed, as of the day before the holdout. */
type ValidationAssumptions = Pick<
  Assumptions,
  'asOf' | 'currency' | 'digits' | 'margin' | 'spendFrom' | 'roundedAmounts' | 'decimalMark' | 'season'
>;

/** Everything a validation found, ready to be reported. */
export interface Validation extends Omit<Backtest, 'spendFailure'>, Found<ValidationAssumptions> {
  /** The last day of the holdout, and its length as it was asked for. */
  readonly until: Day;
  readonly span: string;
}
