import type { Day } from '../../base/calendar.ts';
import type { Population } from '../../data/customers.ts';
import type { Found } from '../../report/found.ts';
import type { Assumptions } from '../../report/methodology.ts';
import type { GroupNote, ValuationNotes } from '../../valuation/found.ts';
import type { Explained } from './explained.ts';

/** A state as typed may have no date. */
type ExplanationAssumptions = Omit<Assumptions, 'asOf' | 'top'> & { readonly asOf: Day | null };

/** Why one CLV is what it is. */
export interface Explanation
  extends Explained,
    Found<ExplanationAssumptions, Population | null>,
    Pick<ValuationNotes, 'source'> {
  /** The models that value it. */
  readonly group: Omit<GroupNote, 'prospectValue'>;
}
