import { checkNoGroups } from '../../cli/groups.ts';
import { kindOf } from '../../cli/kinds.ts';
import type { StatementOptions } from './options.ts';

/** `clv statement`: the way of the kind that is asked for. */
export async function statementKind(
  files: readonly string[],
  options: StatementOptions,
  typed: readonly string[],
): Promise<void> {
  if (kindOf(options, typed) === 'contract') {
    const { statementOfContracts } = await import('./contracts/run.ts');
    return statementOfContracts(files, options, typed);
  }
  checkNoGroups(options);
  const { statement } = await import('./run.ts');
  return statement(files, options, typed);
}
