import { checkNoGroups } from '../../cli/groups.ts';
import { checkInput, kindOf } from '../../cli/kinds.ts';
import type { WhatifOptions } from './options.ts';

/** `clv whatif`: the way of the kind that is asked for. */
export async function whatifKind(
  files: readonly string[],
  options: WhatifOptions,
  typed: readonly string[],
): Promise<void> {
  checkInput(files, options);
  const kind = kindOf(options, typed);
  if (kind === 'survivors') {
    const { whatifSurvivors } = await import('./run-survivors.ts');
    return whatifSurvivors(options, typed);
  }
  if (kind === 'contract') {
    const { whatifContracts } = await import('./run-contracts.ts');
    return whatifContracts(files, options, typed);
  }
  checkNoGroups(options);
  const { whatif } = await import('./run.ts');
  return whatif(files, options);
}
