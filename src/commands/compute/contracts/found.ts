import type { ContractCells } from '../../../data/contracts.ts';
import type { Totals } from '../../../data/customers.ts';
import type { LengthNote } from '../../../report/contracts.ts';
import type { CustomerSource } from '../../../report/customers.ts';
import type { Found } from '../../../report/found.ts';
import type { ContractsValuation } from '../../../valuation/contracts/by-fit.ts';
import type { ValueAt } from '../../../valuation/contracts/subscribers.ts';
import type { ContractTerms } from '../../../valuation/contracts/terms.ts';
import type { Intervals } from '../../../valuation/found.ts';

/** Everything a valuation of subscriptions found, ready to be reported. */
export interface ContractResult extends Found {
  readonly settings: Pick<ContractTerms, 'timing' | 'growth' | 'cost'>;
  readonly lengths: readonly LengthNote[];
  /** What a period brings from now on. */
  readonly valueAt: ValueAt;
  readonly cells: ContractCells;
  readonly valuation: ContractsValuation;
  /** Null where none were asked for, or none can be had. */
  readonly intervals: Intervals | null;
  readonly totals: readonly Totals[];
  /** Null for totals alone. */
  readonly customers: CustomerSource | null;
}
