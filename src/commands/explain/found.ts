import type { Day } from '../../base/calendar.ts';
import type { Population } from '../../data/customers.ts';
import type { Found } from '../../report/found.ts';
import type { Assumptions } from '../../report/methodology.ts';
import type { GroupNote, ValuationNotes } from '../../valuation/found.ts';
import type { Explained } from './explained.ts';

/** Why one CLV is what it is. */
export interface Explanation extends Explained, Pick<Found, 'input' | 'warnings'>, Pick<ValuationNotes, 'source'> {
  readonly assumptions: Omit<Assumptions, 'asOf' | 'top'> & { readonly asOf: Day | null };
  /** The models that value it. */
  readonly group: Omit<GroupNote, 'prospectValue'>;
  /** Null without transactions. */
  readonly population: Population | null;
}
