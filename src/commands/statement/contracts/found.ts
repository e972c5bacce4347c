import type { LengthNote } from '../../../report/contracts.ts';
import type { Found } from '../../../report/found.ts';
import type { StatementAssumptions } from '../../../report/statement/found.ts';
import type { ContractsMoved } from '../../../valuation/contracts/ladder/between.ts';
import type { ValueAt } from '../../../valuation/contracts/subscribers.ts';
import type { ContractTerms } from '../../../valuation/contracts/terms.ts';
import type { Intervals } from '../../../valuation/found.ts';
import type { Recurring } from '../../../valuation/subscriptions/recurring.ts';

/** Everything a statement of subscriptions found, ready to be reported; the population is that of the closing. */
export interface ContractStatementFound extends Found<StatementAssumptions> {
  readonly settings: Pick<ContractTerms, 'timing' | 'growth' | 'cost'>;
  readonly lengths: readonly LengthNote[];
  /** What a period brings from now on. */
  readonly valueAt: ValueAt;
  readonly whole: ContractsMoved;
  /** One statement a period; none without a series. */
  readonly series: readonly ContractsMoved[];
  /** Recurring revenue by the periods of the series, or over the whole time. */
  readonly recurring: Recurring;
  /** Of the closing; null where there are none. */
  readonly intervals: Intervals | null;
}
