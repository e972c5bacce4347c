import type { Decimal } from '../../../base/decimal.ts';
import type { ContractFit, Subscriber } from '../../../data/contracts.ts';
import type { Terms } from '../../../engine/contracts/value.ts';
import type { LengthNote } from '../../../report/contracts.ts';
import type { Found } from '../../../report/found.ts';
import type { Assumptions } from '../../../report/methodology.ts';
import type { FittedContracts } from '../../../valuation/contracts/fit.ts';
import type { ValueAt } from '../../../valuation/contracts/subscribers.ts';
import type { ContractSettings, ContractTerms } from '../../../valuation/contracts/terms.ts';
import type { CashTotals } from '../cash-flows.ts';

/** Why a subscription is worth what it is. */
export interface ExplainedSubscription {
  /** As the rows name it; '' without a column of subscriptions. */
  readonly id: string;
  readonly fit: ContractFit;
  readonly settings: ContractSettings;
  readonly fitted: FittedContracts;
  readonly terms: Terms;
  /** Paid periods of the last run, whether it goes on, and the chance that the next renewal may still be made. */
  readonly tenure: number;
  readonly alive: boolean;
  readonly chance: number;
  /** A period, in currency units. */
  readonly margin: Decimal;
  /** Retention of the next renewal. */
  readonly retentionNext: number;
  readonly factor: number;
  /** Minor units. */
  readonly clv: bigint;
}

/** Why the CLV of one subscriber is what it is. */
export interface ContractExplanation extends Found<Omit<Assumptions, 'top'>> {
  readonly id: string;
  readonly settings: Pick<ContractTerms, 'timing' | 'growth' | 'cost'>;
  readonly lengths: readonly LengthNote[];
  readonly valueAt: ValueAt;
  readonly subscriber: Subscriber;
  readonly segment: readonly string[];
  /** At least one, unless nothing recurring was ever paid. */
  readonly subscriptions: readonly ExplainedSubscription[];
  /** Minor units. */
  readonly clv: bigint;
  readonly totals: CashTotals;
}
