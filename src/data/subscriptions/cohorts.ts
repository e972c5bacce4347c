/** Customers by the calendar period of their first paid term, at the end of a calendar period (the last one: the as-of date). */
export interface CohortStanding {
  /** Numbers of calendar periods, as opportunity.periodOf. */
  readonly cohort: number;
  readonly period: number;
  /** Customers of the cohort, and those of them with a subscription that runs then, late ones included. */
  readonly customers: number;
  readonly running: number;
}

/** Cohorts of subscribers, by cohort, then period. */
export interface SubscriberCohorts {
  readonly standings: readonly CohortStanding[];
  /** The cohort of each customer, customers in the order of their ids; null where none has had a paid term. */
  readonly cohortOf: readonly (number | null)[];
}
