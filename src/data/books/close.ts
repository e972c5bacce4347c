import type { Day } from '../../base/calendar.ts';
import type { Reported } from '../movement.ts';

/**
 * A close of a book: the valuation of a day as it was reported. How it was made, the commands alone know: it is kept as text
 * (cli/closes.ts).
 */

/** What a close is made of, besides what the book knows itself. */
export interface NewClose {
  readonly asOf: Day;
  /** An instant, ISO 8601 in UTC. */
  readonly closedAt: string;
  /** Of the program that made it. */
  readonly version: string;
  /** The options as they were typed. */
  readonly options: string;
  /** What they and the data decided, in full. */
  readonly choices: string;
  /** What was taken as margin, and how it is told. */
  readonly margins: string;
  /** The parameters, as a file of `--save-model` has them. */
  readonly model: string;
  /** ISO code; null where none was given. */
  readonly currency: string | null;
  /** Decimals of its minor unit. */
  readonly digits: number;
  /** Segment columns. */
  readonly by: readonly string[];
  readonly customers: number;
  /** Customer equity in minor units. */
  readonly equity: bigint;
  readonly expectedActive: number;
  /** Exact, 10^-4 and 10^-10. */
  readonly revenue: bigint;
  readonly margin: bigint;
}

export interface Close extends NewClose {
  readonly number: number;
  /** The number of the last change of the book then. */
  readonly lastChange: number;
  /** Hash of what the rows up to its day add up to. */
  readonly sha256: string;
  readonly segments: readonly Reported[];
}

/** The last close; null: there is none. */
export function lastClose({ closes }: { readonly closes: readonly Close[] }): Close | null {
  return closes.at(-1) ?? null;
}

/** Customers whose value at the day of a close is another on the rows of now; both in minor units. */
export interface Restated {
  readonly length: number;
  readonly id: readonly string[];
  readonly reported: BigInt64Array;
  readonly now: BigInt64Array;
}

/** A customer whose CLV is another in `b` than in `a`: exact decimal texts, null where there is no such customer. */
export interface Change {
  readonly id: string;
  readonly a: string | null;
  readonly b: string | null;
  readonly change: string;
}

/** Some customers, and the sum of the changes of their CLVs as exact decimal text. */
export interface ChangedPart {
  readonly customers: number;
  readonly change: string;
}

/** What became of the customers between two valuations. */
export interface Changes {
  readonly came: ChangedPart;
  readonly gone: ChangedPart;
  readonly changed: ChangedPart;
  readonly same: ChangedPart;
  /** The largest changes, the largest first. */
  readonly largest: readonly Change[];
}
