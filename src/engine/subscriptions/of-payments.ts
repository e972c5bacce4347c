import type { Day } from '../../base/calendar.ts';
import type { Payment, PaymentBlock, TermRules } from '../../data/subscriptions/payments.ts';
import type { SubscriptionAsOf } from '../../data/subscriptions/terms.ts';
import { customersOf, paymentsOf } from './payments-of-rows.ts';
import { restated } from './restated.ts';
import { decisionsOf, standingOf } from './standing.ts';
import { TermsOfPayments } from './terms-of-payments.ts';

/**
 * The subscriptions of customers, some customers at a time, each with all of its subscriptions.
 * @param blocks rows up to the as-of date @param asOf the end of this day
 * @throws ClvError E318, E319, E320
 */
export async function* subscriptionsOf(
  blocks: AsyncIterable<PaymentBlock>,
  rules: TermRules,
  asOf: Day,
): AsyncIterable<readonly (readonly SubscriptionAsOf[])[]> {
  for await (const customers of customersOf(blocks)) {
    yield customers.map(({ customer, group, subscriptions }) =>
      subscriptions.map(({ subscription, rows }): SubscriptionAsOf => {
        const terms = termsOf(customer, paymentsOf(customer, rows, rules), rules);
        const standing = standingOf(terms, asOf);
        return { customer, subscription, group, segment: rows[0]!.segment, terms, standing, decisions: decisionsOf(terms, asOf) };
      }),
    );
  }
}

function termsOf(customer: string, payments: readonly Payment[], rules: TermRules): SubscriptionAsOf['terms'] {
  const terms = new TermsOfPayments(customer, rules);
  for (const payment of rules.refunds === 'restate' ? restated(customer, payments) : payments) terms.add(payment);
  return terms.done();
}
