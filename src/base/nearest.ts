import { distance } from 'fastest-levenshtein';

/** Changes of a letter that a slip of the hand takes, at most, where a name is not long. */
const SLIP = 2;
/** Short names are all near each other: of three letters one may differ, of fewer none but in its case. */
const SHORT = 3;

/** The first of the names that are nearest to what was typed, by changes of a letter whatever its case; null where none is near. */
export function nearest(typed: string, names: Iterable<string>): string | null {
  const text = typed.toLowerCase();
  const limit = text.length <= SHORT ? Number(text.length === SHORT) : Math.max(SLIP, Math.floor(text.length / 3));
  let best: string | null = null;
  let least = limit + 1;
  for (const name of names) {
    const changes = Math.abs(name.length - text.length) < least ? distance(text, name.toLowerCase()) : least;
    if (changes < least) [best, least] = [name, changes];
  }
  return best;
}

/** The end of a remedy: a question, where a name is near. @param before what stands before a name that is typed */
export function didYouMean(typed: string, names: Iterable<string>, before = ''): string {
  const name = nearest(typed, names);
  return name === null ? '' : `; did you mean "${before}${name}"?`;
}
