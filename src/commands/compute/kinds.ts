import { checkInput, kindOf } from '../../cli/kinds.ts';
import type { ComputeOptions } from './options.ts';

/** `clv compute`: the way of the kind that is asked for. */
export async function computeKind(
  files: readonly string[],
  options: ComputeOptions,
  typed: readonly string[],
): Promise<void> {
  checkInput(files, options);
  const kind = kindOf(options, typed);
  if (kind === 'survivors') {
    const { computeSurvivors } = await import('./survivors/run.ts');
    return computeSurvivors(options, typed);
  }
  if (kind === 'contract') {
    const { computeContracts } = await import('./contracts/run.ts');
    return computeContracts(files, options, typed);
  }
  const { compute } = await import('./run.ts');
  return compute(files, options);
}
