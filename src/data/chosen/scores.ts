/** Columns of scores, in the order in which they are listed. */
export const SCORE_NAMES = ['r', 'f', 'm', 'clv_decile'] as const;

export interface ScoreColumn {
  readonly name: (typeof SCORE_NAMES)[number];
  /** The values that part the scores, the first score first. */
  readonly cuts: readonly string[];
  /** The score, as an expression over the table `valued` of a ledger. */
  readonly sql: string;
}

/** The names of the columns, before the customers are valued: their scores are asked for by them. */
export const UNREAD_SCORES: Scores = {
  parts: 0,
  columns: SCORE_NAMES.map((name) => ({ name, cuts: [], sql: name })),
};

/** Scores of customers: so many of recency, frequency and money each. */
export interface Scores {
  readonly parts: number;
  readonly columns: readonly ScoreColumn[];
}
