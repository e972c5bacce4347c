import type { Day } from '../../base/calendar.ts';
import { type Opportunity, periodOf } from '../../data/opportunity.ts';
import type { Change, CustomerTimelines, Timeline } from '../../data/subscriptions/movements.ts';
import type { TermRules } from '../../data/subscriptions/payments.ts';
import type { LineReading } from '../../engine/subscriptions/lines/lines-of-rows.ts';
import { pricesOf, timelinesOfLines } from '../../engine/subscriptions/lines/of-lines.ts';
import type { Monthly } from '../../engine/subscriptions/monthly-value.ts';
import { subscriptionsOf } from '../../engine/subscriptions/of-payments.ts';
import type { PaceOf } from '../../engine/subscriptions/pace.ts';
import { type ChurnDate, timelineOf } from '../../engine/subscriptions/timeline.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readLines } from '../../ledger/steps/subscriptions/lines.ts';
import { readPayments } from '../../ledger/steps/subscriptions/payments.ts';

/** How rows become recurring revenue. */
export interface RecurringRules {
  readonly terms: TermRules;
  readonly monthly: Monthly;
  readonly churnDate: ChurnDate;
  /** Whether a subscription is looked at by itself, and not as one of its customer's. */
  readonly bySubscription: boolean;
  /** Only the ends of calendar periods are compared; null: every day. */
  readonly netOf: Opportunity | null;
}

/** Customers with their subscriptions at the end of a day, some at a time. */
export type Timelines = AsyncIterable<readonly CustomerTimelines[]>;

/** Gives all customers at the end of a day. @param pace looks on at subscriptions of payments */
export type WalkTimelines = (pace?: PaceOf) => Timelines;

/** What gives all customers at the end of a day, as often as it is asked. @throws ClvError E318 to E321, E324 as they are walked */
export async function timelinesAt(loaded: Ledger['loaded'], rules: RecurringRules, asOf: Day): Promise<WalkTimelines> {
  const { terms, churnDate, monthly } = rules;
  if (terms.service === null) return (pace) => seen(ofPayments(loaded, rules, asOf, pace), rules);
  const lines: LineReading = { ...terms, ...terms.service };
  const prices = await pricesOf(readLines(loaded, asOf), lines, { monthly });
  const how = { monthly, graceOf: terms.graceOf, churnDate, prices, asOf };
  return () => seen(timelinesOfLines(readLines(loaded, asOf), lines, how), rules);
}

async function* ofPayments(
  loaded: Ledger['loaded'],
  { terms, monthly, churnDate }: RecurringRules,
  asOf: Day,
  pace?: PaceOf,
): Timelines {
  for await (const customers of subscriptionsOf(readPayments(loaded, asOf), terms, asOf)) {
    if (pace) for (const one of customers.flat()) pace.add(one);
    yield customers.map(
      (subscriptions): CustomerTimelines => ({
        customer: subscriptions[0]!.customer,
        subscriptions: subscriptions.map((one) => timelineOf(one, asOf, monthly, churnDate)),
      }),
    );
  }
}

/** Customers, or their subscriptions each by itself; on every day, or at the ends of periods alone. */
async function* seen(timelines: Timelines, { bySubscription, netOf }: RecurringRules): Timelines {
  for await (const customers of timelines) {
    yield customers.flatMap(({ customer, subscriptions }) => {
      const all = netOf ? subscriptions.map((one) => atPeriodEnds(one, netOf)) : subscriptions;
      if (!bySubscription) return [{ customer, subscriptions: all }];
      return all.map((one) => ({ customer, subscriptions: [one] }));
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
