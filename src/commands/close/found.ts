import type { Close, NewClose, Restated } from '../../data/books/close.ts';
import type { Totals } from '../../data/customers.ts';
import type { Found } from '../../report/found.ts';
import type { Assumptions } from '../../report/methodology.ts';
import type { StatementAssumptions } from '../../report/statement/found.ts';
import type { ValuationNotes } from '../../valuation/found.ts';
import type { Moved } from '../../valuation/ladder/found.ts';

/** Everything a close found. */
export interface CloseFound extends Found<Assumptions>, ValuationNotes {
  /** The number under which it is kept. */
  readonly number: number;
  readonly kept: NewClose;
  readonly totals: readonly Totals[];
  /** What moved since the close before; null: there is none. */
  readonly since: Since | null;
}

/** The statement since a close. */
export interface Since {
  readonly close: Close;
  readonly assumptions: StatementAssumptions;
  readonly moved: Moved;
  readonly restated: AsyncIterable<Restated>;
}
