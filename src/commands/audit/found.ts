import type { Audit } from '../../data/audit.ts';
import type { Opportunity } from '../../data/opportunity.ts';
import type { Found } from '../../report/found.ts';
import type { ModelNote, SpendNote } from '../../valuation/found.ts';
import type { Periods } from './periods.ts';

/** Everything an audit found, ready to be reported. */
export interface AuditFound extends Found {
  readonly periods: Periods;
  readonly every: Opportunity;
  /** Null where the customers could not be valued. */
  readonly model: { readonly model: ModelNote & { readonly source: string | null }; readonly spend: SpendNote } | null;
  readonly audit: Audit;
}
