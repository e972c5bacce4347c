import type { Day } from '../../base/calendar.ts';
import type { CustomerTimelines, Step, Timeline } from '../../data/subscriptions/movements.ts';
import type { SubscriptionState } from '../../data/subscriptions/terms.ts';
import { type MovementRules, stepsOf } from '../../engine/subscriptions/recurring/movements.ts';
import { type RetentionRates, RetentionWindow } from '../../engine/subscriptions/recurring/retention-rates.ts';
import { type PeriodRow, RollForward } from '../../engine/subscriptions/recurring/roll-forward.ts';
import type { Spans } from '../../engine/subscriptions/recurring/spans.ts';

/** Renewals decided at the as-of date, and the subscriptions that run. */
export interface DecisionSums {
  readonly renewed: number;
  readonly decided: number;
  readonly renewedButOpen: number;
  readonly running: number;
  readonly late: number;
}

/** A customer at the end of the as-of date. Money is minor units. */
export interface RecurringCustomer {
  readonly customer: string;
  /** Of a single subscription; '' of a customer. */
  readonly subscription: string;
  readonly value: bigint;
  readonly state: SubscriptionState;
  readonly paidPeriods: number | null;
  readonly paidUntil: Day | null;
  /** Exact money that is not recurring, 10^-4. */
  readonly extra: bigint;
}

/** The roll-forward of recurring revenue. */
export interface Recurring {
  readonly periods: readonly PeriodRow[];
  readonly segments: readonly { readonly segment: string; readonly periods: readonly PeriodRow[] }[];
  readonly rates: RetentionRates;
  /** Null where terms are those of invoice lines. */
  readonly decisions: DecisionSums | null;
  /** Customers who ever had a subscription, and those who are worth most now. */
  readonly customers: number;
  /** Movements of all of them. */
  readonly events: number;
  readonly top: readonly RecurringCustomer[];
  /** Payments besides the one of their due day: how many, and exact money, 10^-4. */
  readonly extra: Timeline['extra'];
  /** Lines of invoices whose service has not begun. */
  readonly pending: number;
}

export interface RecurringPlan {
  readonly spans: Spans;
  readonly window: { readonly from: Day; readonly to: Day };
  readonly movements: MovementRules;
  /** Customers to be shown. */
  readonly top: number;
}

/** Sums what moved of all customers, in one pass over them. */
export async function rollForward(
  timelines: AsyncIterable<readonly CustomerTimelines[]>,
  { spans, window, movements, top }: RecurringPlan,
): Promise<Recurring> {
  const ladder = new RollForward(spans);
  const retention = new RetentionWindow(window.from, window.to);
  const best: RecurringCustomer[] = [];
  let decisions: DecisionSums | null = null;
  let [customers, events, pending, extra] = [0, 0, 0, { payments: 0, amount: 0n }];
  for await (const block of timelines) {
    for (const one of block) {
      const steps = stepsOf(one.subscriptions, movements);
      for (const step of steps) {
        ladder.add(step);
        events += step.movements.length;
      }
      for (const { late } of one.subscriptions) for (const span of late) ladder.addLate(span);
      retention.add(steps);
      for (const subscription of one.subscriptions) {
        decisions = addDecisions(decisions, subscription);
        pending += subscription.pending;
        extra = both(extra, subscription.extra);
      }
      const found = customerOf(one, steps);
      customers++;
      keepBest(best, found, top);
    }
  }
  return {
    periods: ladder.periods(),
    segments: ladder.segments(),
    rates: retention.rates(),
    decisions,
    customers,
    events,
    top: best,
    extra,
    pending,
  };
}

const both = (a: Timeline['extra'], b: Timeline['extra']): Timeline['extra'] => ({
  payments: a.payments + b.payments,
  amount: a.amount + b.amount,
});

function addDecisions(sums: DecisionSums | null, { decisions, state }: Timeline): DecisionSums | null {
  if (decisions === null) return sums;
  const { renewed, decided, renewedButOpen, running, late } = sums ?? NO_DECISIONS;
  return {
    renewed: renewed + decisions.made,
    decided: decided + decisions.made + (decisions.lost ? 1 : 0),
    renewedButOpen: renewedButOpen + decisions.madeOpen,
    running: running + (state === 'ended' ? 0 : 1),
    late: late + (state === 'late' ? 1 : 0),
  };
}

const NO_DECISIONS: DecisionSums = { renewed: 0, decided: 0, renewedButOpen: 0, running: 0, late: 0 };

/** A customer is active where any subscription is, else late, paused or ended; its paid periods are those of all of them. */
export function customerOf({ customer, subscriptions }: CustomerTimelines, steps: readonly Step[]): RecurringCustomer {
  const states = subscriptions.map(({ state }) => state);
  const until = subscriptions.flatMap(({ paidUntil }) => (paidUntil === null ? [] : [paidUntil]));
  const periods = subscriptions.flatMap(({ paidPeriods }) => (paidPeriods === null ? [] : [paidPeriods]));
  return {
    customer,
    subscription: subscriptions.length === 1 ? subscriptions[0]!.subscription : '',
    value: steps.at(-1)?.after ?? 0n,
    state: STATES.find((state) => states.includes(state))!,
    paidPeriods: periods.length === 0 ? null : periods.reduce((sum, one) => sum + one),
    paidUntil: until.length === 0 ? null : until.reduce((last, one) => Math.max(last, one)),
    extra: subscriptions.reduce((sum, { extra }) => sum + extra.amount, 0n),
  };
}

const STATES: readonly SubscriptionState[] = ['active', 'late', 'paused', 'ended'];

/** Keeps the customers of the highest value, the first of those with as much. */
function keepBest(best: RecurringCustomer[], one: RecurringCustomer, most: number): void {
  if (one.value === 0n || (best.length >= most && one.value <= (best.at(-1)?.value ?? 0n))) return;
  const at = best.findIndex(({ value }) => value < one.value);
  best.splice(at < 0 ? best.length : at, 0, one);
  if (best.length > most) best.pop();
}
