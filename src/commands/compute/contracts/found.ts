import type { ContractCells } from '../../../data/contracts.ts';
import type { Totals } from '../../../data/customers.ts';
import type { ContractPeriod } from '../../../report/contracts.ts';
import type { CustomerSource } from '../../../report/customers.ts';
import type { Found } from '../../../report/found.ts';
import type { ContractSettings } from '../../../valuation/contracts/terms.ts';
import type { ContractValuation } from '../../../valuation/contracts/value.ts';

/** Everything a valuation of subscriptions found, ready to be reported. */
export interface ContractResult extends Found {
  readonly settings: ContractSettings;
  readonly period: ContractPeriod;
  readonly cells: ContractCells;
  readonly valuation: ContractValuation;
  readonly totals: readonly Totals[];
  /** Null for totals alone. */
  readonly customers: CustomerSource | null;
}
