import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { checkInput, kindOf } from '../../cli/kinds.ts';
import type { ExplainOptions } from './options.ts';

/** `clv explain`: the way of the kind that is asked for. @throws ClvError E123 payments of nobody */
export async function explainKind(
  files: readonly string[],
  options: ExplainOptions,
  typed: readonly string[],
): Promise<void> {
  const kind = kindOf(options, typed);
  if (kind === 'survivors') {
    checkInput(files, options);
    const { explainSurvivors } = await import('./survivors/run.ts');
    return explainSurvivors(options, typed);
  }
  if (kind === 'contract') {
    if (files.length === 0) throw new ClvError('E123', variant('E123', 'payments'));
    const { explainContract } = await import('./contracts/run.ts');
    return explainContract(files, options, typed);
  }
  const { explain } = await import('./run.ts');
  return explain(files, options);
}
