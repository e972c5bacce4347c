import { asInClose } from '../../cli/closes/choices.ts';
import { bookBefore } from '../../cli/closes/which.ts';
import { checkGroups } from '../../cli/groups.ts';
import { kindOf } from '../../cli/kinds.ts';
import { lastClose } from '../../data/books/close.ts';
import type { CloseOptions } from './options.ts';

/**
 * `clv close`: take what is not typed from the close before, and go the way of its kind.
 * @param typed the options on the command line, by their long names
 * @param words the same with their values, to be typed again
 * @param version of this program
 */
export async function closeKind(
  file: string,
  options: CloseOptions,
  typed: readonly string[],
  words: string,
  version: string,
): Promise<void> {
  const book = await bookBefore(file);
  const before = lastClose(book);
  const asked = { file, book, before, taken: asInClose(before, options, typed), typed, words, version };
  if (kindOf(asked.taken.options, asked.taken.named) === 'contract') {
    const { closeContracts } = await import('./contracts/run.ts');
    return closeContracts(asked);
  }
  checkGroups(asked.taken.options);
  const { close } = await import('./run.ts');
  return close(asked);
}
