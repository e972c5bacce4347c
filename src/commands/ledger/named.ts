import { ClvError } from '../../base/errors.ts';
import { type Book, type BookAdd, liveAdds } from '../../data/books/book.ts';

/** Digits of a hash that name a file. */
const LEAST_DIGITS = 6;

/** The file of a book that is meant: by its name, or by the first digits of its hash. E492. */
export function addNamed(book: Book, asked: string): BookAdd {
  const adds = liveAdds(book);
  const isHash = new RegExp(`^[0-9a-f]{${LEAST_DIGITS},64}$`, 'i').test(asked);
  const found = adds.filter(
    ({ file }) => file.name === asked || (isHash && file.sha256.startsWith(asked.toLowerCase())),
  );
  if (found.length === 1) return found[0]!;
  const files = (found.length > 0 ? found : adds).map(
    ({ number, file }) => `${number} ${file.name} (${file.sha256.slice(0, 12)})`,
  );
  throw new ClvError('E492', { count: found.length, asked, files: files.join(', ') || 'none' }, { file: book.name });
}
