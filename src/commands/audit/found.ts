import type { Audit } from '../../data/audit.ts';
import type { Population } from '../../data/customers.ts';
import type { Opportunity } from '../../data/opportunity.ts';
import type { Input } from '../../report/input.ts';
import type { Assumptions } from '../../report/methodology.ts';
import type { ModelNote, SpendNote } from '../../valuation/found.ts';
import type { Periods } from './periods.ts';

/** Everything an audit found, ready to be reported. */
export interface AuditFound {
  readonly assumptions: Assumptions;
  readonly input: Input;
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly population: Population;
  readonly periods: Periods;
  readonly every: Opportunity;
  /** Null where the customers could not be valued. */
  readonly model: { readonly model: ModelNote & { readonly source: string | null }; readonly spend: SpendNote } | null;
  readonly audit: Audit;
}
