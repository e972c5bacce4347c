import type { Decimal } from '../../../base/decimal.ts';
import type { Subscriber } from '../../../data/contracts.ts';
import type { ContractPeriod } from '../../../report/contracts.ts';
import type { Found } from '../../../report/found.ts';
import type { Assumptions } from '../../../report/methodology.ts';
import type { FittedContracts } from '../../../valuation/contracts/fit.ts';
import type { ContractSettings } from '../../../valuation/contracts/terms.ts';
import type { CashTotals } from '../cash-flows.ts';

/** Why the CLV of one subscriber is what it is. */
export interface ContractExplanation extends Found<Omit<Assumptions, 'top'>> {
  readonly id: string;
  readonly settings: ContractSettings;
  readonly period: ContractPeriod;
  readonly fitted: FittedContracts;
  readonly subscriber: Subscriber;
  readonly segment: readonly string[];
  /** Paid periods of the last run, and whether it reaches the as-of date. */
  readonly tenure: number;
  readonly alive: boolean;
  /** A period, in currency units. */
  readonly margin: Decimal;
  /** Retention of the next renewal. */
  readonly retentionNext: number;
  readonly factor: number;
  /** Minor units. */
  readonly clv: bigint;
  readonly totals: CashTotals;
}
