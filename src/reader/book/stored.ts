import { taggedJson, untagged } from '../../base/tagged-json.ts';
import type { LoadResult, Transactions } from '../transactions.ts';
import type { Described } from '../understood.ts';

/** How the rows of all files of a book are read. */
export interface StoredReading {
  readonly mapping: Transactions['mapping'];
  readonly described: Described;
  readonly ids: StoredIds;
  readonly round: number | null;
}

/** How ids are compared. */
export interface StoredIds {
  readonly foldEmail: boolean;
  readonly foldIds: boolean;
  readonly alias: { readonly customers: ReadonlyMap<string, string>; readonly sha256: string } | null;
}

/** What reading one file of a book has found, but for what the book counts itself. */
export interface StoredResult extends Omit<LoadResult, 'files' | 'table' | 'totals' | 'roundedAmounts' | 'inBook'> {
  readonly tables: Transactions['tables'];
  readonly rates: string | null;
  /** Whether ids that stand for nobody, or for one customer twice, are taken as they are. */
  readonly idsAsIs: boolean;
}

/** What a book keeps of a reading, as text. */
export function stored(value: StoredReading | StoredResult): string {
  return taggedJson(value);
}

/** The value of a text that `stored` wrote. */
export function unstored<T extends StoredReading | StoredResult>(text: string): T {
  return untagged(text) as T;
}
