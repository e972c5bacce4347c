import type { Day } from '../../base/calendar.ts';
import { AMOUNT_SCALE, MARGIN_SCALE } from '../../base/money.ts';
import type { Contracts, RenewalHoldout } from '../../data/contracts.ts';
import type { TermRules } from '../../data/subscriptions/payments.ts';
import type { SubscriptionAsOf, Term } from '../../data/subscriptions/terms.ts';
import { RenewalsOf } from '../../engine/contracts/renewals.ts';
import { subscriptionOf, subscriptionsOf } from '../../engine/subscriptions/of-payments.ts';
import { PaceOf } from '../../engine/subscriptions/pace.ts';
import { customersOf } from '../../engine/subscriptions/payments-of-rows.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readCustomerPayments } from '../../ledger/steps/subscriptions/payments.ts';
import { type CellKey, CellsOf } from './cells.ts';

export { defaultGrace } from '../../engine/subscriptions/lengths.ts';

type Loaded = Ledger['loaded'];
type Cost = NonNullable<Loaded['plan']['costs']>['rows'][number];

/** What a period of a subscription brings from now on: the mean of its run, the last payment, or the price of the next. */
export type PriceNow = (last: Term) => { readonly margin: bigint; readonly periods: number };

/** How payments are read as subscriptions, and what they bring. */
export interface ContractReading {
  readonly terms: TermRules;
  /** Null: the mean of the run. */
  readonly priceNow: PriceNow | null;
}

/**
 * The subscriptions of the customers that are rolled up, in one pass over their payments.
 * @param asOf the end of this day @throws ClvError E318–E320
 */
export async function readSubscriptions(
  loaded: Loaded,
  { terms, priceNow }: ContractReading,
  asOf: Day,
): Promise<Contracts> {
  const cells = new CellsOf(asOf);
  const pace = new PaceOf();
  const costs = costsOf(loaded.plan.costs?.rows ?? []);
  const starts = [0];
  let [payments, extra, returned, earlierRuns, late] = [0, 0, 0, 0, 0];
  for await (const customers of subscriptionsOf(readCustomerPayments(loaded, asOf), terms, asOf)) {
    for (const subscriptions of customers) {
      const bearer = bearerOf(subscriptions);
      for (const one of subscriptions) {
        const spent = one === bearer ? spentOn(one, costs, asOf) : 0n;
        cells.add(one, keyOf(one, priceNow, spent));
        pace.add(one);
        payments += one.terms.runs.reduce((sum, run) => sum + run.terms.length, one.terms.extra.payments);
        extra += one.terms.extra.payments;
        if (one.standing.earlierRuns > 0) returned++;
        earlierRuns += one.standing.earlierRuns;
        if (one.standing.state === 'late') late++;
      }
      starts.push(cells.size);
    }
  }
  return {
    ...cells.done(),
    starts: Int32Array.from(starts),
    payments,
    extra,
    returned,
    earlierRuns,
    late,
    pace: pace.done(),
  };
}

function keyOf(one: SubscriptionAsOf, priceNow: PriceNow | null, spent: bigint): Pick<CellKey, 'margin' | 'periods'> {
  const paid = paidTerms(one);
  const last = paid.at(-1);
  if (priceNow && last) return priceNow(last);
  return { margin: paid.reduce((sum, { margin }) => sum + margin, -spent), periods: paid.length };
}

/** The paid terms of the last run. */
function paidTerms({ terms }: SubscriptionAsOf): readonly Term[] {
  return (terms.runs.at(-1)?.terms ?? []).filter(({ kind, counts }) => kind === 'paid' && counts);
}

/** Costs of a customer are borne by the subscription that runs longest, or began first. */
function bearerOf(subscriptions: readonly SubscriptionAsOf[]): SubscriptionAsOf | undefined {
  const running = subscriptions.filter(({ standing }) => standing.state !== 'ended');
  const some = running.length > 0 ? running : subscriptions;
  const since = ({ standing }: SubscriptionAsOf): number => standing.runStart ?? Number.POSITIVE_INFINITY;
  return some.reduce((first, one) => (since(one) < since(first) ? one : first), some[0]!);
}

function costsOf(rows: readonly Cost[]): ReadonlyMap<string, readonly Cost[]> {
  const costs = new Map<string, Cost[]>();
  for (const cost of rows) {
    const known = costs.get(cost.customer);
    if (known) known.push(cost);
    else costs.set(cost.customer, [cost]);
  }
  return costs;
}

/** What was spent on a customer in the last run, exact, 10^-10. */
function spentOn(
  { customer, standing }: SubscriptionAsOf,
  costs: ReadonlyMap<string, readonly Cost[]>,
  asOf: Day,
): bigint {
  const since = standing.runStart ?? Number.POSITIVE_INFINITY;
  const own = (costs.get(customer) ?? []).filter(({ day }) => day >= since && day <= asOf);
  return own.reduce((sum, { cost }) => sum + cost, 0n) * 10n ** BigInt(MARGIN_SCALE - AMOUNT_SCALE);
}

/** What the subscriptions that ran at a date did after it. @throws ClvError E318–E320 */
export async function readRenewals(
  loaded: Loaded,
  { terms }: ContractReading,
  asOf: Day,
  until: Day,
): Promise<RenewalHoldout> {
  const renewals = new RenewalsOf(until);
  for await (const customers of customersOf(readCustomerPayments(loaded, until))) {
    for (const customer of customers) {
      for (const rows of customer.subscriptions) {
        const then = subscriptionOf(customer, rows, terms, asOf);
        if (then.standing.state === 'ended' || then.standing.paidPeriods === 0) continue;
        renewals.add(then, subscriptionOf(customer, rows, terms, until));
      }
    }
  }
  return renewals.done();
}
