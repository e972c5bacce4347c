import type { CohortFound } from '../../aggregator/acquisition/cohorts.ts';
import type { AcquisitionCost } from '../../data/acquisition/cohorts.ts';
import type { Opportunity } from '../../data/opportunity.ts';
import type { Found } from '../../report/found.ts';
import type { ValuationNotes } from '../../valuation/found.ts';

/** Everything that was found of cohorts, ready to be reported. */
export interface CohortsFound extends Found {
  readonly every: Opportunity;
  /** Null where the customers could not be valued. */
  readonly valued: Pick<ValuationNotes, 'groups' | 'source'> | null;
  /** Customers without any purchase last. */
  readonly cohorts: readonly CohortFound[];
  /** Null where no costs are given. */
  readonly acquisition: {
    readonly costs: readonly AcquisitionCost[];
    /** Those that belong to no cohort. */
    readonly left: readonly AcquisitionCost[];
  } | null;
}
