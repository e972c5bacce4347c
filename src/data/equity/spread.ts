/** How customer equity spreads over the customers. CLV in minor units. */

/** The customers of the highest CLV, so many, and what they are worth together. */
export interface Best {
  readonly customers: number;
  readonly clv: bigint;
}

/** Customers whose CLV is above one bound and not above another; null: no bound. */
export interface SizeBin {
  readonly above: bigint | null;
  readonly upTo: bigint | null;
  readonly customers: number;
  readonly clv: bigint;
}

/** What is asked of the valued customers only where it is looked at. */
export interface Spread {
  /** None of the customers, those at every hundredth of them, and the fewest who hold `most` of the equity. */
  best(): Promise<{ readonly points: readonly Best[]; readonly holders: Best | null }>;
  sizes(): Promise<readonly SizeBin[]>;
}

/** The part of customer equity whose holders are counted, as percent. */
export const MOST_OF_EQUITY = 80n;
