/**
 * A layout says what the columns and rows of one system's export mean: data, not code. Those of the program are JSON files in
 * src/layouts; a user's own has the same form (schema.ts checks it). Every part can be overridden by an option.
 *
 * Columns are named as the header has them; case, blanks, underscores, hyphens and a leading * do not matter.
 * Values are compared as whole texts without case; `*` in them stands for any text that is not blank, `?` for one character,
 * and the value '' for a blank cell.
 */
export interface Layout {
  /** Lower case letters, digits and hyphens, e.g. shopify-orders. */
  readonly name: string;
  /** The export as a person calls it, e.g. "Shopify, orders". */
  readonly title: string;
  /** The documents or repositories that the columns, cell texts and values were found in. */
  readonly sources: readonly string[];
  readonly match: Match;
  /** The encoding that the system writes, for files that are no UTF-8: the match must do without letters beyond ASCII. */
  readonly encoding?: string | undefined;
  /** Names that a column has in other versions or languages of the export, by the name that this layout uses. */
  readonly names?: Readonly<Record<string, readonly string[]>> | undefined;
  /** Why no customer can be valued from this export, and what to export instead: it is recognised and refused. */
  readonly refuse?: { readonly reason: string; readonly remedy: string } | undefined;
  readonly customer?: CustomerPart | undefined;
  readonly date?: DatePart | undefined;
  /** Columns added and subtracted, or multiplied: see expression.ts. Exact decimals. */
  readonly amount?: string | undefined;
  /** The amount without tax and shipping, for --net. */
  readonly net?: string | undefined;
  /** Columns of these amounts that say what was given back of the row, where their names do not tell it. */
  readonly refunded?: readonly string[] | undefined;
  /** What the amounts hold, in words for the methodology, e.g. "what was paid less refunds, with tax and shipping". */
  readonly holds?: string | undefined;
  readonly net_holds?: string | undefined;
  /** Rows whose amount counts with the other sign. Each condition is one case; its columns must all match. */
  readonly minus?: readonly Condition[] | undefined;
  /** Rows that stay a purchase but are worth nothing, as fully refunded orders are. */
  readonly zero?: readonly Condition[] | undefined;
  /** Which rows count. The rules are asked in order; every value of their columns must be listed. */
  readonly rows?: readonly RowRule[] | undefined;
  readonly order?: OrderPart | undefined;
  /** The column of the currency code: one value, or --only-currency, or --rates. `A|B`: the first that is not blank. */
  readonly currency?: string | undefined;
  /** A column whose repeated values are repeated rows: the first counts, equal later ones are dropped and counted. */
  readonly once?: string | undefined;
  /** A column that stands once above its rows: a blank cell takes the last value above. */
  readonly fill_down?: string | undefined;
  /** What tells the payments of subscriptions, or the lines of their invoices, where options do not say. */
  readonly subscription?: SubscriptionPart | undefined;
  /** The first row at which the table ends: footers and totals follow. */
  readonly stop?: { readonly column: string; readonly values: readonly string[] } | undefined;
}

/** How the export is told from others: by the names in its header, which is looked for in the first 40 records. */
export interface Match {
  readonly columns: readonly string[];
  /** Columns that it must not have. */
  readonly without?: readonly string[] | undefined;
}

/** The values by column of which one must match; all columns must. */
export type Condition = Readonly<Record<string, readonly string[]>>;

export interface CustomerPart {
  /** The first of them that is not blank and not nobody is the customer. */
  readonly columns: readonly string[];
  /** Values that are no customer, as `0` for all guests. */
  readonly nobody?: readonly string[] | undefined;
  /** E-mail addresses are compared in lower case. */
  readonly fold_email?: boolean | undefined;
  /** The id ends before this text, as `..` before the number of a renewal. */
  readonly up_to?: string | undefined;
  /** Rows, as refunds, that name the customer in other columns. */
  readonly unless?: { readonly when: Condition; readonly columns: readonly string[] } | undefined;
}

export interface DatePart {
  /** The first of them that is not blank. */
  readonly columns: readonly string[];
  /** The formats that the system writes, as --date-format takes them; found among all when absent. */
  readonly formats?: readonly string[] | undefined;
  /** For dates without a year: the field of a line above the header that holds the first day of the business year. From 1. */
  readonly year?: { readonly line: number; readonly field: number } | undefined;
}

export interface RowRule {
  readonly column: string;
  /** Only rows that match are asked; the others go on to the next rule. */
  readonly when?: Condition | undefined;
  /** Values of the rows that count. */
  readonly count?: readonly string[] | undefined;
  /** Values of those that are left out, with the reason in words. */
  readonly leave_out?: Readonly<Record<string, string>> | undefined;
  /** Rows whose value sorts before that of another column are left out, as days that are written YYYY-MM-DD. */
  readonly before?: { readonly column: string; readonly reason: string } | undefined;
}

/** Columns by name; those that the export does not have are absent. */
export interface SubscriptionPart {
  readonly id?: string | undefined;
  readonly plan?: string | undefined;
  /** The first day of service of a line, and the day after its last. */
  readonly start?: string | undefined;
  readonly end?: string | undefined;
}

export interface OrderPart {
  /** The key of an order: its lines stand together. */
  readonly column: string;
  /** `parts`: every line has an amount of its own. `total`: the first has that of the order; it is blank or equal on the others. */
  readonly lines: 'parts' | 'total';
}
