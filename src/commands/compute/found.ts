import type { Scores } from '../../data/chosen/scores.ts';
import type { Totals } from '../../data/customers.ts';
import type { Spread } from '../../data/equity/spread.ts';
import type { CustomerSource } from '../../report/customers.ts';
import type { Found } from '../../report/found.ts';
import type { ValuationNotes } from '../../valuation/found.ts';

/** Everything a valuation found. */
export interface Valuation extends Found, ValuationNotes {
  readonly totals: readonly Totals[];
  /** Whether each customer has intervals of its own. */
  readonly customerIntervals: boolean;
  /** Null where none are asked for. */
  readonly scores: Scores | null;
  readonly spread: Spread;
  /** Null for totals alone. */
  readonly customers: CustomerSource | null;
}
