import { asInClose } from '../../cli/closes/choices.ts';
import { openingClose } from '../../cli/closes/which.ts';
import { checkGroups } from '../../cli/groups.ts';
import { kindOf } from '../../cli/kinds.ts';
import type { StatementOptions } from './options.ts';

/** `clv statement`: the way of the kind that is asked for, or that the close is of which it opens with. */
export async function statementKind(
  files: readonly string[],
  options: StatementOptions,
  typed: readonly string[],
): Promise<void> {
  const close = await openingClose(files, options.from, typed);
  const taken = asInClose(close, options, typed);
  if (kindOf(taken.options, taken.named) === 'contract') {
    const { statementOfContracts } = await import('./contracts/run.ts');
    return statementOfContracts(files, taken, close);
  }
  checkGroups(taken.options);
  const { statement } = await import('./run.ts');
  return statement(files, taken, { close, typed });
}
