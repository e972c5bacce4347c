import { type Day, dayOf } from '../../base/calendar.ts';
import { type Opportunity, periodOf } from '../../data/opportunity.ts';
import type { CohortStanding, SubscriberCohorts } from '../../data/subscriptions/cohorts.ts';
import type { Run, SubscriptionAsOf } from '../../data/subscriptions/terms.ts';

/** Counts who is still there of those who began in a calendar period, a customer at a time. */
export class CohortsOf {
  readonly #every: Opportunity;
  readonly #asOf: Day;
  /** Of each cohort, customers running at the end of each period from its own on. */
  readonly #cohorts = new Map<number, { customers: number; running: number[] }>();
  readonly #cohortOf: (number | null)[] = [];

  constructor(every: Opportunity, asOf: Day) {
    this.#every = every;
    this.#asOf = asOf;
  }

  /** @param subscriptions of one customer as of the day */
  add(subscriptions: readonly SubscriptionAsOf[]): void {
    const runs = subscriptions.flatMap(({ terms }) => terms.runs);
    const first = firstPaid(runs);
    if (first === null) {
      this.#cohortOf.push(null);
      return;
    }
    const [cohort, last] = [periodOf(first, this.#every), periodOf(this.#asOf, this.#every)];
    this.#cohortOf.push(cohort);
    const known = this.#cohorts.get(cohort) ?? { customers: 0, running: new Array<number>(last - cohort + 1).fill(0) };
    this.#cohorts.set(cohort, known);
    known.customers++;
    for (let period = cohort; period <= last; period++)
      if (runs.some((run) => runsOn(run, this.#endOf(period)))) known.running[period - cohort]!++;
  }

  done(): SubscriberCohorts {
    const cohorts = [...this.#cohorts].sort(([a], [b]) => a - b);
    const standings = cohorts.flatMap(([cohort, { customers, running }]) =>
      running.map((there, i): CohortStanding => ({ cohort, period: cohort + i, customers, running: there })),
    );
    return { standings, cohortOf: this.#cohortOf };
  }

  #endOf(period: number): Day {
    return Math.min(lastDayOf(period, this.#every), this.#asOf);
  }
}

/** The last day of a calendar period. */
function lastDayOf(period: number, { months }: Opportunity): Day {
  const next = (period + 1) * months;
  return dayOf(Math.floor(next / 12), (next % 12) + 1, 1) - 1;
}

/** The day of the first payment that opened a paid term, given back or not. */
function firstPaid(runs: readonly Run[]): Day | null {
  const paid = runs.flatMap(({ terms }) => terms.filter(({ kind }) => kind === 'paid').map((term) => term.paid));
  return paid.length === 0 ? null : paid.reduce((first, day) => Math.min(first, day));
}

/** Whether a run goes on at the end of a day: it has begun, and neither is its grace over nor was all given back. */
function runsOn({ terms, refunded }: Run, day: Day): boolean {
  if (terms[0]!.from > day) return false;
  const counted = terms.filter(({ counts }) => counts);
  if (counted.length === 0) return false;
  const last = counted.at(-1)!;
  return refunded === null ? day <= last.until + last.grace : day < refunded;
}
