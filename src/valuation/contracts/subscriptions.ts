import type { Day } from '../../base/calendar.ts';
import type { Contracts, RenewalHoldout } from '../../data/contracts.ts';
import type { SubscriptionAsOf } from '../../data/subscriptions/terms.ts';
import { RenewalsOf } from '../../engine/contracts/renewals.ts';
import { subscriptionOf, subscriptionsOf } from '../../engine/subscriptions/of-payments.ts';
import { customersOf } from '../../engine/subscriptions/payments-of-rows.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readCustomerPayments } from '../../ledger/steps/subscriptions/payments.ts';
import { type ContractReading, costsOf, SubscribersOf } from './subscribers.ts';

/**
 * The subscriptions of the customers that are rolled up, in one pass over their payments.
 * @param asOf the end of this day @param seen what else looks at the subscriptions of each customer @throws ClvError E318–E320
 */
export async function readSubscriptions(
  { loaded }: Ledger,
  reading: ContractReading,
  asOf: Day,
  seen: (subscriptions: readonly SubscriptionAsOf[]) => void = () => {},
): Promise<Contracts> {
  const subscribers = new SubscribersOf(reading, costsOf(loaded.plan.costs?.rows ?? []), asOf);
  for await (const customers of subscriptionsOf(readCustomerPayments(loaded, asOf), reading.terms, asOf)) {
    for (const subscriptions of customers) {
      subscribers.add(subscriptions);
      seen(subscriptions);
    }
  }
  return subscribers.done();
}

/** What the subscriptions that ran at a date did after it, by the text of their length at the date. @throws ClvError E318–E320 */
export async function readRenewals(
  { loaded }: Ledger,
  { terms }: ContractReading,
  asOf: Day,
  until: Day,
): Promise<ReadonlyMap<string, RenewalHoldout>> {
  const renewals = new Map<string, RenewalsOf>();
  for await (const customers of customersOf(readCustomerPayments(loaded, until))) {
    for (const customer of customers) {
      for (const rows of customer.subscriptions) {
        const then = subscriptionOf(customer, rows, terms, asOf);
        if (then.standing.state === 'ended' || then.standing.paidPeriods === 0) continue;
        const { text } = then.terms.runs.at(-1)!.terms.at(-1)!.length;
        const own = renewals.get(text) ?? new RenewalsOf(until);
        own.add(then, subscriptionOf(customer, rows, terms, until));
        renewals.set(text, own);
      }
    }
  }
  return new Map([...renewals].map(([length, own]) => [length, own.done()]));
}
