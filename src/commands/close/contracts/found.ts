import type { Close, NewClose, Restated } from '../../../data/books/close.ts';
import type { Totals } from '../../../data/customers.ts';
import type { LengthNote } from '../../../report/contracts.ts';
import type { Found } from '../../../report/found.ts';
import type { Assumptions } from '../../../report/methodology.ts';
import type { StatementAssumptions } from '../../../report/statement/found.ts';
import type { ContractsValuation } from '../../../valuation/contracts/by-fit.ts';
import type { ContractsMoved } from '../../../valuation/contracts/ladder/between.ts';
import type { ValueAt } from '../../../valuation/contracts/subscribers.ts';
import type { ContractTerms } from '../../../valuation/contracts/terms.ts';
import type { Intervals } from '../../../valuation/found.ts';

/** Everything a close of subscriptions found. */
export interface ContractCloseFound extends Found<Assumptions> {
  /** The number under which it is kept. */
  readonly number: number;
  readonly kept: NewClose;
  readonly settings: Pick<ContractTerms, 'timing' | 'growth' | 'cost'>;
  readonly lengths: readonly LengthNote[];
  /** What a period brings from now on. */
  readonly valueAt: ValueAt;
  readonly valuation: ContractsValuation;
  readonly intervals: Intervals | null;
  readonly totals: readonly Totals[];
  /** What moved since the close before; null: there is none. */
  readonly since: ContractsSince | null;
}

/** The statement since a close. */
export interface ContractsSince {
  readonly close: Close;
  readonly assumptions: StatementAssumptions;
  readonly moved: ContractsMoved;
  readonly restated: AsyncIterable<Restated>;
}
