import type { Restated } from '../../../data/books/close.ts';
import type { ContractStatementBasis } from '../../../report/statement/contract-methodology.ts';
import type { ContractsMoved } from '../../../valuation/contracts/ladder/between.ts';
import type { Intervals } from '../../../valuation/found.ts';
import type { Recurring } from '../../../valuation/subscriptions/recurring.ts';

/** Everything a statement of subscriptions found, ready to be reported; the population is that of the closing. */
export interface ContractStatementFound extends ContractStatementBasis {
  readonly whole: ContractsMoved;
  /** One statement a period; none without a series. */
  readonly series: readonly ContractsMoved[];
  /** Recurring revenue by the periods of the series, or over the whole time. */
  readonly recurring: Recurring;
  /** Of the closing; null where there are none. */
  readonly intervals: Intervals | null;
  /** Of an opening that a close reported: the customers whose value is another on the rows of now. */
  readonly restated: AsyncIterable<Restated> | null;
}
