/** Which of the valued customers are listed. */

export const COMPARISONS = ['<=', '>=', '!=', '<', '>', '='] as const;
export type Comparison = (typeof COMPARISONS)[number];

/** A value that a column is held against, as the ledger keeps it: a day, a whole number or minor units, a double, units of 10^-4, a text. */
export type Held =
  | { readonly type: 'day' | 'double'; readonly value: number }
  | { readonly type: 'long' | 'amount'; readonly value: bigint }
  | { readonly type: 'text'; readonly value: string };

export interface Condition {
  /** The name of a column of the list; of a segment column, its position among those. */
  readonly column: string | number;
  readonly comparison: Comparison;
  readonly held: Held;
}

/** The customers that are listed: those who fulfil every condition. */
export interface Chosen {
  /** As it was typed. */
  readonly text: string;
  readonly customers: number;
  /** The sum of their CLVs in minor units. */
  readonly clv: bigint;
}
