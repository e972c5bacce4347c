import { type Day, isoOf } from '../../base/calendar.ts';
import type { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { AMOUNT_SCALE, MARGIN_SCALE } from '../../base/money.ts';
import type { PriceBook } from '../../data/subscriptions/price-book.ts';
import type { Term } from '../../data/subscriptions/terms.ts';
import type { PriceNow } from './subscribers.ts';

const RATE_SCALE = MARGIN_SCALE - AMOUNT_SCALE;
/** Most plans that an error names. */
const NAMED = 5;

/** The margin of the last payment. */
export const LAST: PriceNow = ({ margin }) => ({ margin, periods: 1 });

/** Subscriptions whose last payment was another than the book says of its day; money exact, 10^-4. */
export interface Differing {
  readonly count: number;
  readonly paid: bigint;
  readonly listed: bigint;
}

/**
 * What the next payment of each subscription that runs brings: the prices of its plans in a book on its due day, less costs. Of
 * those that have ended, which pay no more, the last payment.
 */
export class NextPrices {
  readonly #book: PriceBook;
  readonly #rate: bigint;
  /** The first due day without a price, by plan. */
  readonly #missing = new Map<string, Day>();
  #differing: Differing = { count: 0, paid: 0n, listed: 0n };

  /** @param margin rate of the margin, to 6 decimals */
  constructor(book: PriceBook, margin: Decimal) {
    this.#book = book;
    this.#rate = BigInt(margin.toFixed(RATE_SCALE).replace('.', ''));
  }

  readonly of: PriceNow = (paid, { state, last }) => {
    if (state === 'ended' || last === null) return LAST(paid, { state, last });
    this.#compare(paid);
    const price = last.plans.reduce((sum, plan) => sum + this.#priceOn(plan, last.until), 0n);
    return { margin: price * this.#rate, periods: 1 };
  };

  get differing(): Differing {
    return this.#differing;
  }

  /** E327 where a plan has no price on a due day. */
  check(): void {
    if (this.#missing.size === 0) return;
    const plans = [...this.#missing].map(([plan, day]) => `${plan === '' ? '(blank)' : plan} on ${isoOf(day)}`);
    const named = plans.slice(0, NAMED).join(', ') + (plans.length > NAMED ? ', …' : '');
    throw new ClvError('E327', { count: plans.length, plans: named });
  }

  #priceOn(plan: string, day: Day): bigint {
    const price = this.#book.priceOn(plan, day);
    const first = this.#missing.get(plan);
    if (price === null && (first === undefined || day < first)) this.#missing.set(plan, day);
    return price ?? 0n;
  }

  #compare({ plans, paid, amount }: Term): void {
    const prices = plans.map((plan) => this.#book.priceOn(plan, paid));
    if (prices.includes(null)) return;
    const listed = prices.reduce<bigint>((sum, price) => sum + price!, 0n);
    if (listed === amount) return;
    const before = this.#differing;
    this.#differing = { count: before.count + 1, paid: before.paid + amount, listed: before.listed + listed };
  }
}
