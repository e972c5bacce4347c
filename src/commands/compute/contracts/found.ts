import type { ContractCells } from '../../../data/contracts.ts';
import type { Population, Totals } from '../../../data/customers.ts';
import type { CustomerSource } from '../../../report/customers.ts';
import type { Input } from '../../../report/input.ts';
import type { Assumptions } from '../../../report/methodology.ts';
import type { ContractSettings } from '../../../valuation/contracts/settings.ts';
import type { ContractValuation } from '../../../valuation/contracts/value.ts';

/** Everything a valuation of subscriptions found, ready to be reported. */
export interface ContractResult {
  readonly assumptions: Assumptions;
  readonly settings: ContractSettings;
  /** Length of a period as it was written, and the days that a run may miss. */
  readonly period: { readonly text: string; readonly grace: number };
  readonly input: Input;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly population: Population;
  readonly cells: ContractCells;
  readonly valuation: ContractValuation;
  readonly totals: readonly Totals[];
  /** Null for totals alone. */
  readonly customers: CustomerSource | null;
}
