import type { Length } from '../../data/subscriptions/lengths.ts';
import { fitsLength, median, nearestLength } from './pace.ts';
import { MONTHLY } from './plan-lengths.ts';

/** Subscriptions alike: so many gaps between payments, their lower median in days (0 without any), and the most paid on a day. */
export interface PaidAlike {
  readonly gaps: number;
  readonly gap: number;
  /** Exact, 10^-4. */
  readonly price: bigint;
  readonly count: number;
  /** One of the customers, for errors. */
  readonly customer: string;
}

/** Gaps that tell the length of a subscription by themselves: a single one may be a lapse and a return. */
const TELLING = 2;

/** How a length is told: by the gaps of the subscription, or by those of others who pay as much. */
export type ToldBy = 'gaps' | 'price';

/**
 * The length of each subscription by its own payments: that nearest to the median of its gaps. One with too few of them has the
 * length of all others who pay as much, where that is one; else that of its single gap, or none.
 */
export class OwnLengths {
  /** Lengths by the price of those whose gaps tell it. */
  readonly #byPrice = new Map<bigint, Set<Length>>();

  constructor(alike: readonly PaidAlike[]) {
    for (const { gaps, gap, price } of alike) {
      if (gaps < TELLING) continue;
      const known = this.#byPrice.get(price) ?? new Set<Length>();
      this.#byPrice.set(price, known.add(nearestLength(gap, MONTHLY)));
    }
  }

  /** Whether the gaps of every subscription that has enough of them fit one length. */
  static isOne(alike: readonly PaidAlike[]): boolean {
    const telling = alike.filter(({ gaps }) => gaps >= TELLING);
    return MONTHLY.some((length) => telling.every(({ gap }) => fitsLength(gap, length)));
  }

  /** Null where nothing tells it. */
  told({ gaps, gap, price }: Pick<PaidAlike, 'gaps' | 'gap' | 'price'>): readonly [Length, ToldBy] | null {
    if (gaps >= TELLING) return [nearestLength(gap, MONTHLY), 'gaps'];
    const others = [...(this.#byPrice.get(price) ?? [])];
    if (others.length === 1) return [others[0]!, 'price'];
    return gaps === 0 ? null : [nearestLength(gap, MONTHLY), 'gaps'];
  }

  /** Of a subscription by its rows, in order of days. */
  of(rows: readonly { readonly day: number; readonly amount: bigint }[]): Length | null {
    const paid = new Map<number, bigint>();
    for (const { day, amount } of rows) if (amount > 0n) paid.set(day, (paid.get(day) ?? 0n) + amount);
    const days = [...paid.keys()];
    const gaps = days.slice(1).map((day, i) => day - days[i]!);
    const price = [...paid.values()].reduce((most, one) => (one > most ? one : most), 0n);
    return this.told({ gaps: gaps.length, gap: gaps.length === 0 ? 0 : median(gaps), price })?.[0] ?? null;
  }
}
