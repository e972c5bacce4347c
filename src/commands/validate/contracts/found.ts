import type { Fact, Json } from '../../../data/report.ts';
import type { Found } from '../../../report/found.ts';
import type { Assumptions } from '../../../report/methodology.ts';
import type { LengthBacktest } from '../../../valuation/backtest/contracts/by-length.ts';
import type { ContractScore, ContractSummary, Happened } from '../../../valuation/backtest/contracts/scores.ts';
import type { ContractTrial } from '../../../valuation/backtest/contracts/trials.ts';

/** How models of contracts did at several origins, the earliest first. */
export interface ContractRolling {
  /** How far one origin is from the next. */
  readonly step: number;
  readonly unit: 'day' | 'period';
  readonly scores: readonly ContractScore[];
  readonly summaries: readonly ContractSummary[];
}

/** Everything a validation of contracts found at its last origin, and at all where there are several. */
export interface ContractValidation extends Pick<Found, 'warnings'> {
  readonly money: Pick<Assumptions, 'currency' | 'digits'>;
  readonly methodology: { readonly [key: string]: Json };
  readonly input: Json;
  /** What is held out, as the document has it, and its length in words. */
  readonly holdout: { readonly [key: string]: Json };
  readonly span: string;
  /** What a person reads of what the figures stand on. */
  readonly facts: readonly Fact[];
  readonly trials: readonly ContractTrial[];
  readonly happened: Happened;
  /** Each length by itself, where the trials are sums over several. */
  readonly lengths: readonly LengthBacktest[];
  readonly rolling: ContractRolling | null;
}
