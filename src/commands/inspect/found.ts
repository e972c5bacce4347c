/** Records and money, 10^-4. */
export interface Counted {
  readonly records: number;
  readonly amount: bigint;
}

/** A file, and how its text is read. Unknown where it could not be read so far. */
export interface InspectedFile {
  readonly name: string;
  readonly bytes: number | null;
  readonly records: number | null;
  readonly rejected: number | null;
  readonly sha256: string | null;
  /** Null for typed columns. */
  readonly encoding: string | null;
  readonly delimiter: string | null;
  readonly headerLine: number | null;
  /** What stands above the header, a line each. */
  readonly notes: readonly string[];
}

export interface NearestLayout {
  readonly name: string;
  readonly title: string;
  readonly matched: number;
  readonly asked: number;
  readonly missing: readonly string[];
  readonly unwanted: readonly string[];
}

export interface InspectedColumn {
  readonly name: string;
  readonly takenAs: string;
  readonly examples: readonly string[];
  /** Null where the column was not looked at. */
  readonly distinct: number | null;
  /** Whether there are more than `distinct`. */
  readonly more: boolean;
  readonly blanks: number | null;
}

/** A value of a column that decides about money. */
export interface InspectedValue extends Counted {
  readonly column: string;
  /** Null: all that are not told apart. */
  readonly value: string | null;
  /** What the reading makes of it, or its words say; null: nothing. */
  readonly is: string | null;
}

/** Something for which `clv compute` would refuse the files. */
export interface Problem {
  readonly code: string;
  readonly message: string;
  readonly remedy: string;
  readonly file: string | null;
  readonly line: number | null;
  readonly column: number | null;
  /** Whether an option in the lines decides it. */
  readonly decided: boolean;
}

export interface InspectedDecision {
  readonly code: string;
  readonly about: string;
  readonly ways: readonly { readonly options: string; readonly means: string }[];
  /** Nothing in the files speaks for one of the ways: there is a line for each. */
  readonly even: boolean;
  readonly also: readonly string[];
}

export interface Reject {
  readonly code: string;
  readonly message: string;
  readonly records: number;
  readonly file: string;
  readonly line: number | null;
}

/** Records that are no transactions though nothing is wrong with them. */
export interface Apart extends Counted {
  readonly kind: string;
  readonly column: string | null;
  readonly value: string | null;
  readonly reason: string | null;
}

export interface SuspectIds {
  readonly nobody: readonly (Counted & { readonly id: string })[];
  readonly lost: (Counted & { readonly ids: number; readonly example: string }) | null;
  readonly alike: readonly {
    readonly kind: string;
    readonly groups: number;
    readonly ids: number;
    readonly example: readonly string[];
  }[];
}

/** What is in the files. */
export interface Inspection {
  readonly digits: number;
  readonly files: readonly InspectedFile[];
  readonly layout: { readonly name: string; readonly title: string; readonly refused: string | null } | null;
  readonly nearest: readonly NearestLayout[];
  /** The columns of the roles, as options name them; null where they are not known. */
  readonly roles: { readonly customer: string; readonly date: string; readonly amount: string } | null;
  readonly columns: readonly InspectedColumn[];
  /** Records by which the columns are described, and whether these are all. */
  readonly lookedAt: { readonly records: number; readonly complete: boolean } | null;
  readonly dates: {
    readonly format: string | null;
    readonly formats: readonly string[];
    readonly first: string | null;
    readonly last: string | null;
  };
  readonly customers: { readonly all: number; readonly repeat: number; readonly withoutPurchase: number } | null;
  /** Transactions. */
  readonly totals: Counted | null;
  readonly decimalMark: string | null;
  /** The sign or code that amounts carry. */
  readonly sign: string | null;
  readonly currencies: readonly InspectedValue[];
  readonly values: readonly InspectedValue[];
  readonly refunds: readonly (Counted & { readonly column: string })[];
  readonly negative: Counted | null;
  readonly repeats: readonly { readonly what: string; readonly records: number; readonly amount: string }[];
  readonly ids: SuspectIds | null;
  readonly apart: readonly Apart[];
  readonly rejects: readonly Reject[];
  readonly problems: readonly Problem[];
  readonly warnings: readonly { readonly code: string; readonly message: string }[];
  readonly decisions: readonly InspectedDecision[];
  /** Complete lines; more than one where the user decides. None: something has to be cured first. */
  readonly lines: readonly { readonly line: string; readonly means: readonly string[] }[];
}
