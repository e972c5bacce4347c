import { checkNoGroups } from '../../cli/groups.ts';
import { kindOf } from '../../cli/kinds.ts';
import type { WhatifOptions } from './options.ts';

/** `clv whatif`: the way of the kind that is asked for. */
export async function whatifKind(
  files: readonly string[],
  options: WhatifOptions,
  typed: readonly string[],
): Promise<void> {
  if (kindOf(options, typed) === 'contract') {
    const { whatifContracts } = await import('./run-contracts.ts');
    return whatifContracts(files, options, typed);
  }
  checkNoGroups(options);
  const { whatif } = await import('./run.ts');
  return whatif(files, options);
}
