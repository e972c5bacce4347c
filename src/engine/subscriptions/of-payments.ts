import type { Day } from '../../base/calendar.ts';
import type { ServiceLine } from '../../data/subscriptions/lines.ts';
import type { Payment, PaymentBlock, TermRules } from '../../data/subscriptions/payments.ts';
import type { SubscriptionAsOf } from '../../data/subscriptions/terms.ts';
import { type LineReading, lineOf } from './lines/lines-of-rows.ts';
import { termsOfLines } from './lines/terms-of-lines.ts';
import {
  type CustomerRows,
  customersOf,
  type PaymentRow,
  paymentsOf,
  type SubscriptionRows,
} from './payments-of-rows.ts';
import { restated } from './restated.ts';
import { decisionsOf, standingOf } from './standing.ts';
import { TermsOfPayments } from './terms-of-payments.ts';

/**
 * The subscriptions of customers, some customers at a time, each with all of its subscriptions.
 * @param blocks rows up to the as-of date @param asOf the end of this day
 * @throws ClvError E318, E319, E320; of lines E321, E324
 */
export async function* subscriptionsOf(
  blocks: AsyncIterable<PaymentBlock>,
  rules: TermRules,
  asOf: Day,
): AsyncIterable<readonly (readonly SubscriptionAsOf[])[]> {
  for await (const customers of customersOf(blocks)) {
    yield customers.map((one) => one.subscriptions.map((rows) => subscriptionOf(one, rows, rules, asOf)));
  }
}

/** A subscription as of a day, of its rows up to that day. @throws ClvError E318, E319, E320; of lines E321, E324 */
export function subscriptionOf(
  { customer, group }: Pick<CustomerRows, 'customer' | 'group'>,
  { subscription, rows }: SubscriptionRows,
  asked: TermRules,
  asOf: Day,
): SubscriptionAsOf {
  const known = rows.filter(({ day }) => day <= asOf);
  const own = asked.ownLength?.(known);
  const rules = own ? { ...asked, lengthOf: () => own } : asked;
  const { service } = rules;
  const terms = service
    ? termsOfLines(customer, linesOf(customer, known, { ...rules, ...service }), rules.graceOf, service, asOf)
    : termsOf(customer, paymentsOf(customer, known, rules), rules);
  const standing = standingOf(terms, asOf);
  const segment = rows[0]!.segment;
  return { customer, subscription, group, segment, terms, standing, decisions: decisionsOf(terms, asOf) };
}

/**
 * A subscription as of a later day than one that it is known at: where nothing was paid between them, the terms are those. What
 * lines pay for is told by the day.
 */
export function subscriptionLater(
  customer: Pick<CustomerRows, 'customer' | 'group'>,
  rows: SubscriptionRows,
  rules: TermRules,
  asOf: Day,
  known: { readonly at: SubscriptionAsOf; readonly rules: TermRules; readonly asOf: Day } | null,
): SubscriptionAsOf {
  const isSame =
    known?.rules === rules && rules.service === null && !rows.rows.some(({ day }) => day > known.asOf && day <= asOf);
  if (!isSame) return subscriptionOf(customer, rows, rules, asOf);
  const { terms } = known.at;
  const { segment } = rows.rows[0]!;
  return { ...known.at, segment, standing: standingOf(terms, asOf), decisions: decisionsOf(terms, asOf) };
}

/** The rows that are lines with days of service. @throws ClvError E321 */
function linesOf(customer: string, rows: readonly PaymentRow[], reading: LineReading): readonly ServiceLine[] {
  return rows.flatMap((row) => lineOf({ customer, ...row, ...row.service! }, reading) ?? []);
}

function termsOf(customer: string, payments: readonly Payment[], rules: TermRules): SubscriptionAsOf['terms'] {
  const terms = new TermsOfPayments(customer, rules);
  for (const payment of rules.refunds === 'restate' ? restated(customer, payments) : payments) terms.add(payment);
  return terms.done();
}
