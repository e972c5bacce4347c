import type { Day } from '../../base/calendar.ts';
import type { ContractLengths } from '../../cli/contract-lengths.ts';
import type { CustomerTimelines } from '../../data/subscriptions/movements.ts';
import type { MovementRules } from '../../engine/subscriptions/recurring/movements.ts';
import type { Found } from '../../report/found.ts';
import type { Recurring } from '../../valuation/subscriptions/recurring.ts';
import type { MrrAsked } from './asked.ts';

/** What recurring revenue stands on. */
export interface MrrAssumptions extends Omit<MrrAsked, 'by' | 'lengths'> {
  readonly lengths: ContractLengths | null;
  readonly asOf: Day;
  readonly currency: string | null;
  readonly digits: number;
  /** Segment columns, as the header names them. */
  readonly by: readonly string[];
  /** Whether rows are lines of invoices with days of service. */
  readonly isLines: boolean;
  /** The file of the rates, where currencies are converted. */
  readonly ratesFile: string | null;
  readonly amounts: string | null;
}

/** Everything that `clv mrr` found, ready to be reported. */
export interface MrrFound extends Found<MrrAssumptions> {
  readonly recurring: Recurring;
  /** All customers once more, for lists that are not kept. */
  readonly timelines: () => AsyncIterable<readonly CustomerTimelines[]>;
  readonly movements: MovementRules;
}
