/** What rows of payments and lines of invoices have in common, column by column, in the order of customer and subscription. */
export interface RowBlock {
  readonly length: number;
  readonly customer: readonly string[];
  /** '' without a column of subscriptions. */
  readonly subscription: readonly string[];
  /** Of the payment, or of the invoice. */
  readonly day: Int32Array;
  readonly plan: readonly string[];
  /** ISO code; '' where no column says it. */
  readonly currency: readonly string[];
  /** The greatest of the rows, as the ledger joins its columns; '' without segment columns. */
  readonly segment: readonly string[];
  /** Exact, 10^-4; below zero of a refund or credit. */
  readonly amount: readonly bigint[];
}
