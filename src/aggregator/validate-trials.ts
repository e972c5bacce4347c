import type { Day } from '../base/calendar.ts';
import type { Population } from '../data/customers.ts';
import type { Backtest } from '../valuation/backtest/found.ts';
import type { Valuation } from './compute.ts';
import type { Assumptions } from './methodology.ts';

/** Everything a validation found, ready to be reported. */
export interface Validation extends Omit<Backtest, 'spendFailure'> {
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
}
