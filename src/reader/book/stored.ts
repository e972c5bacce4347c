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

/** Values that JSON has no word for, under a name that no object of ours has. */
const TAGS = { bigint: '$integer', map: '$map', set: '$set' } as const;

/** A value as JSON, with whole numbers of any size, maps and sets. */
export function stored(value: StoredReading | StoredResult): string {
  return JSON.stringify(value, (_, one: unknown) => {
    if (typeof one === 'bigint') return { [TAGS.bigint]: String(one) };
    if (one instanceof Map) return { [TAGS.map]: [...one] };
    if (one instanceof Set) return { [TAGS.set]: [...one] };
    return one;
  });
}

/** The value of a text that `stored` wrote. */
export function unstored<T extends StoredReading | StoredResult>(text: string): T {
  return JSON.parse(text, (_, one: unknown) => {
    if (typeof one !== 'object' || one === null) return one;
    const [[tag, value] = [], ...others] = Object.entries(one) as [string, never][];
    if (others.length > 0) return one;
    if (tag === TAGS.bigint) return BigInt(value!);
    if (tag === TAGS.map) return new Map(value);
    if (tag === TAGS.set) return new Set(value);
    return one;
  }) as T;
}
