import type { Day } from '../../base/calendar.ts';
import { AMOUNT_SCALE, MARGIN_SCALE } from '../../base/money.ts';
import type { Contracts } from '../../data/contracts.ts';
import type { TermRules } from '../../data/subscriptions/payments.ts';
import type { Standing, SubscriptionAsOf, Term } from '../../data/subscriptions/terms.ts';
import { PaceOf } from '../../engine/subscriptions/pace.ts';
import { paidIn } from '../../engine/subscriptions/standing.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { type CellKey, CellsOf } from './cells.ts';

export { defaultGrace } from '../../engine/subscriptions/lengths.ts';

/** What a period of a subscription brings from now on: the mean of its run, the last payment, or the price of the next. */
export type ValueAt = 'mean' | 'last' | 'next';

/** What a period brings where it is not the mean of the run. @param paid the last paid term of the run */
export type PriceNow = (
  paid: Term,
  standing: Pick<Standing, 'state' | 'last'>,
) => { readonly margin: bigint; readonly periods: number };

/** How payments are read as subscriptions, and what they bring. */
export interface ContractReading {
  readonly terms: TermRules;
  /** Null: the mean of the run. */
  readonly priceNow: PriceNow | null;
}

/** A cost of a customer on a day, exact, 10^-4. */
export type Cost = NonNullable<Ledger['loaded']['plan']['costs']>['rows'][number];

/** Costs by customer. */
export type CostsOf = ReadonlyMap<string, readonly Cost[]>;

/** Counts the subscriptions of customers as of a day, a customer at a time. */
export class SubscribersOf {
  readonly #asOf: Day;
  readonly #priceNow: PriceNow | null;
  readonly #costs: CostsOf;
  readonly #cells: CellsOf;
  readonly #pace: PaceOf;
  readonly #starts = [0];
  #counts = { payments: 0, extra: 0, returned: 0, earlierRuns: 0, late: 0, ahead: 0 };

  constructor({ terms, priceNow }: ContractReading, costs: CostsOf, asOf: Day) {
    this.#asOf = asOf;
    this.#pace = new PaceOf(terms.service !== null);
    this.#priceNow = priceNow;
    this.#costs = costs;
    this.#cells = new CellsOf(asOf);
  }

  /** @param subscriptions of one customer @returns the cell of each; −1 where it has never had a term */
  add(subscriptions: readonly SubscriptionAsOf[]): readonly number[] {
    const bearer = bearerOf(subscriptions);
    const cells = subscriptions.map((one) => {
      const spent = one === bearer ? spentOn(one, this.#costs, this.#asOf) : 0n;
      this.#pace.add(one);
      this.#count(one);
      return this.#cells.add(one, keyOf(one, this.#priceNow, spent));
    });
    this.#starts.push(this.#cells.size);
    return cells;
  }

  done(): Contracts {
    const starts = Int32Array.from(this.#starts);
    return { ...this.#cells.done(), starts, ...this.#counts, pace: this.#pace.done() };
  }

  #count({ terms, standing }: SubscriptionAsOf): void {
    const { payments, extra, returned, earlierRuns, late, ahead } = this.#counts;
    this.#counts = {
      payments: payments + terms.runs.reduce((sum, run) => sum + run.terms.length, terms.extra.payments),
      extra: extra + terms.extra.payments,
      returned: returned + (standing.earlierRuns > 0 ? 1 : 0),
      earlierRuns: earlierRuns + standing.earlierRuns,
      late: late + (standing.state === 'late' ? 1 : 0),
      ahead: ahead + terms.ahead,
    };
  }
}

function keyOf(one: SubscriptionAsOf, priceNow: PriceNow | null, spent: bigint): Pick<CellKey, 'margin' | 'periods'> {
  const run = one.terms.runs.at(-1);
  const paid = run ? paidIn(run) : [];
  const last = paid.at(-1);
  if (priceNow && last) return priceNow(last, one.standing);
  return { margin: paid.reduce((sum, { margin }) => sum + margin, -spent), periods: paid.length };
}

/** Costs of a customer are borne by the subscription that runs longest, or began first. */
function bearerOf(subscriptions: readonly SubscriptionAsOf[]): SubscriptionAsOf | undefined {
  const running = subscriptions.filter(({ standing }) => standing.state !== 'ended');
  const some = running.length > 0 ? running : subscriptions;
  const since = ({ standing }: SubscriptionAsOf): number => standing.runStart ?? Number.POSITIVE_INFINITY;
  return some.reduce((first, one) => (since(one) < since(first) ? one : first), some[0]!);
}

export function costsOf(rows: readonly Cost[]): CostsOf {
  const costs = new Map<string, Cost[]>();
  for (const cost of rows) {
    const known = costs.get(cost.customer);
    if (known) known.push(cost);
    else costs.set(cost.customer, [cost]);
  }
  return costs;
}

/** What was spent on a customer in the last run, exact, 10^-10. */
function spentOn({ customer, standing }: SubscriptionAsOf, costs: CostsOf, asOf: Day): bigint {
  const since = standing.runStart ?? Number.POSITIVE_INFINITY;
  const own = (costs.get(customer) ?? []).filter(({ day }) => day >= since && day <= asOf);
  return own.reduce((sum, { cost }) => sum + cost, 0n) * 10n ** BigInt(MARGIN_SCALE - AMOUNT_SCALE);
}
