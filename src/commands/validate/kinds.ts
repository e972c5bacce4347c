import { checkInput, kindOf } from '../../cli/kinds.ts';
import type { ValidateOptions } from './options.ts';

/** `clv validate`: the way of the kind that is asked for. */
export async function validateKind(
  files: readonly string[],
  options: ValidateOptions,
  typed: readonly string[],
): Promise<void> {
  checkInput(files, options);
  const kind = kindOf(options, typed);
  if (kind === 'survivors') {
    const { validateSurvivors } = await import('./contracts/run-survivors.ts');
    return validateSurvivors(options, typed);
  }
  if (kind === 'contract') {
    const { validateContracts } = await import('./contracts/run.ts');
    return validateContracts(files, options, typed);
  }
  const { validate } = await import('./run.ts');
  return validate(files, options);
}
