import { AMOUNT_SCALE, MARGIN_SCALE } from '../../../base/money.ts';
import type { Contracts } from '../../../data/contracts.ts';
import type { Flows, Period, Realised } from '../../../data/movement.ts';
import type { SubscriptionAsOf } from '../../../data/subscriptions/terms.ts';
import { renewalsDue } from '../../../engine/contracts/renewals.ts';
import { subscriptionLater, subscriptionOf } from '../../../engine/subscriptions/of-payments.ts';
import { type CustomerRows, customersOf } from '../../../engine/subscriptions/payments-of-rows.ts';
import type { Ledger } from '../../../ledger/ledger.ts';
import { splitSegment } from '../../../ledger/steps/sql.ts';
import { readPaymentsBetween } from '../../../ledger/steps/subscriptions/payments.ts';
import { type ContractReading, type Cost, costsOf, SubscribersOf } from '../subscribers.ts';

/** How payments are read as of both dates. */
export interface Readings {
  readonly opening: ContractReading;
  readonly closing: ContractReading;
}

/** A subscription at both dates. */
export interface SubscriptionMove {
  /** Its cell at the opening and at the closing; −1 where it had never had a term. */
  readonly before: number;
  readonly after: number;
  /** Renewals that fell due in the period, if it ran at the opening. */
  readonly due: number;
}

/** A customer of the closing with its subscriptions. */
export interface CustomerMove {
  /** Null: not there at the opening. */
  readonly before: string | null;
  readonly after: string;
  readonly subscriptions: readonly SubscriptionMove[];
}

/** The subscriptions as of both dates, and what became of each. */
export interface Moves {
  readonly opening: Contracts;
  readonly closing: Contracts;
  readonly customers: readonly CustomerMove[];
  /** Segments by the text of their values. */
  readonly segmentOf: (text: string) => readonly string[];
  readonly realised: Flows;
}

/**
 * Reads what customers of the roll-ups `opening` and `closing` paid as subscriptions of both dates, in one pass.
 * @throws ClvError E318–E320
 */
export async function readMoves(loaded: Ledger['loaded'], period: Period, readings: Readings): Promise<Moves> {
  const { from, to } = period;
  const costs = costsOf(loaded.plan.costs?.rows ?? []);
  const [opening, closing] = [
    new SubscribersOf(readings.opening, costs, from),
    new SubscribersOf(readings.closing, costs, to),
  ];
  const customers: CustomerMove[] = [];
  const realised = { openingCustomers: NOTHING, newCustomers: NOTHING };
  for await (const block of customersOf(readPaymentsBetween(loaded, to))) {
    for (const customer of block) {
      const seen = seenAtBoth(customer, period, readings);
      const before = seen.flatMap(({ before }) => (before ? [before] : []));
      const cells = customer.opening === null ? [] : [...opening.add(before)];
      const after = closing.add(seen.map((one) => one.after));
      const subscriptions = seen.map((one, i) => ({
        before: one.before ? cells.shift()! : -1,
        after: after[i]!,
        due: one.before ? dueOf(one.before, period) : 0,
      }));
      customers.push({ before: customer.opening?.segment ?? null, after: segmentOf(customer), subscriptions });
      const flow = customer.opening === null ? 'newCustomers' : 'openingCustomers';
      realised[flow] = plus(realised[flow], moneyOf(customer, costs.get(customer.customer) ?? [], period));
    }
  }
  return { opening: opening.done(), closing: closing.done(), customers, segmentOf: splitSegment, realised };
}

/** A subscription as of the closing, and as of the opening where it was there. */
interface Seen {
  readonly before: SubscriptionAsOf | null;
  readonly after: SubscriptionAsOf;
}

function seenAtBoth(customer: CustomerRows, { from, to }: Period, readings: Readings): readonly Seen[] {
  const { opening } = customer;
  return customer.subscriptions.map((one) => {
    const wasThere = opening !== null && one.rows[0]!.day <= from;
    const rules = readings.opening.terms;
    const at = wasThere ? subscriptionOf(customer, one, rules, from) : null;
    return {
      before: at && { ...at, ...opening },
      after: subscriptionLater(customer, one, readings.closing.terms, to, at && { at, rules, asOf: from }),
    };
  });
}

function segmentOf({ subscriptions }: CustomerRows): string {
  return subscriptions[0]!.rows[0]!.segment;
}

function dueOf({ standing: { state, last } }: SubscriptionAsOf, { from, to }: Period): number {
  return state === 'ended' || last === null ? 0 : renewalsDue(last, from, to);
}

const NOTHING: Realised = { revenue: 0n, margin: 0n };

function plus(one: Realised, other: Realised): Realised {
  return { revenue: one.revenue + other.revenue, margin: one.margin + other.margin };
}

/** What a customer brought in the period, less its costs: exact, 10^-4 and 10^-10. */
function moneyOf({ subscriptions }: CustomerRows, costs: readonly Cost[], { from, to }: Period): Realised {
  const isWithin = ({ day }: { readonly day: number }): boolean => day > from && day <= to;
  const rows = subscriptions.flatMap((one) => one.rows.filter(isWithin));
  const cost = costs.filter(isWithin).reduce((sum, one) => sum + one.cost, 0n);
  return {
    revenue: rows.reduce((sum, { amount }) => sum + amount, 0n),
    margin: rows.reduce((sum, { margin }) => sum + margin, -cost * 10n ** BigInt(MARGIN_SCALE - AMOUNT_SCALE)),
  };
}
