import type { Day } from '../../base/calendar.ts';
import { type Opportunity, periodOf } from '../../data/opportunity.ts';
import type { Change, CustomerTimelines, Timeline } from '../../data/subscriptions/movements.ts';
import type { TermRules } from '../../data/subscriptions/payments.ts';
import type { Monthly } from '../../engine/subscriptions/monthly-value.ts';
import { subscriptionsOf } from '../../engine/subscriptions/of-payments.ts';
import { type ChurnDate, timelineOf } from '../../engine/subscriptions/timeline.ts';
import { readPayments } from '../../ledger/steps/subscriptions/payments.ts';
import type { Loaded } from '../../ledger/store.ts';

/** How payments become recurring revenue. */
export interface RecurringRules {
  readonly terms: TermRules;
  readonly monthly: Monthly;
  readonly churnDate: ChurnDate;
  /** Whether a subscription is looked at by itself, and not as one of its customer's. */
  readonly bySubscription: boolean;
  /** Only the ends of calendar periods are compared; null: every day. */
  readonly netOf: Opportunity | null;
}

/** Customers with their subscriptions at the end of a day, some at a time; it can be walked again by asking again. */
export async function* timelinesOf(
  loaded: Loaded,
  rules: RecurringRules,
  asOf: Day,
): AsyncIterable<readonly CustomerTimelines[]> {
  const { monthly, churnDate, netOf } = rules;
  for await (const customers of subscriptionsOf(readPayments(loaded, asOf), rules.terms, asOf)) {
    yield customers.flatMap((subscriptions): CustomerTimelines[] => {
      const timelines = subscriptions.map((one) => {
        const timeline = timelineOf(one, asOf, monthly, churnDate);
        return netOf ? atPeriodEnds(timeline, netOf) : timeline;
      });
      const { customer } = subscriptions[0]!;
      if (rules.bySubscription) return timelines.map((one) => ({ customer, subscriptions: [one] }));
      return [{ customer, subscriptions: timelines }];
    });
  }
}

/** A subscription seen at the ends of periods alone: of the changes in one only the last is left. */
function atPeriodEnds(timeline: Timeline, every: Opportunity): Timeline {
  const changes: Change[] = [];
  for (const change of timeline.changes) {
    const before = changes.at(-1);
    if (before && periodOf(before.day, every) === periodOf(change.day, every)) {
      changes[changes.length - 1] = { ...change, fx: before.fx + change.fx };
    } else changes.push(change);
  }
  return { ...timeline, changes };
}
