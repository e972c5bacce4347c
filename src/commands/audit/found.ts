import type { Audit } from '../../data/audit.ts';
import type { Opportunity } from '../../data/opportunity.ts';
import type { Fact, Json } from '../../data/report.ts';
import type { CohortStanding } from '../../data/subscriptions/cohorts.ts';
import type { Found } from '../../report/found.ts';
import type { Periods } from './periods.ts';

/** Everything an audit found, ready to be reported. */
export interface AuditFound extends Found {
  /** Null where none are compared: a payment of a subscription is for longer than the day on which it comes. */
  readonly periods: Periods | null;
  readonly every: Opportunity;
  /** Null where the customers could not be valued. */
  readonly model: Json;
  readonly audit: Audit;
  /** Where payments are of subscriptions: what they are read and valued by, and who is still there. */
  readonly subscribers: Subscribers | null;
}

export interface Subscribers {
  readonly notes: { readonly [key: string]: Json };
  readonly facts: readonly Fact[];
  readonly cohorts: readonly CohortStanding[];
  /** What the customers of each cohort are worth, in minor units; null where they could not be valued. */
  readonly equity: ReadonlyMap<number, bigint> | null;
}
