import { ClvError } from '../base/errors.ts';
import { columns } from './option-values.ts';

/** The columns of `--by`. E110 for one that is called like what stands beside it in the lists of the command. */
export function segmentColumns(text: string | undefined, taken: readonly string[]): readonly string[] {
  const by = columns('--by', text);
  const twice = by.find((name) => taken.includes(name));
  if (twice !== undefined) throw new ClvError('E110', { column: twice });
  return by;
}
