import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { optionError, unknownName } from '../../cli/option-values.ts';
import { CONTRACT_MODELS, contractModel } from '../../models/contracts/registry.ts';
import { BUYING_MODELS, buyingModel } from '../../models/registry.ts';
import type { ComputeOptions } from './options.ts';

/** `clv compute`: the way of the kind that is asked for. */
export async function computeKind(
  files: readonly string[],
  options: ComputeOptions,
  typed: readonly string[],
): Promise<void> {
  const kind = kindOf(files, options, typed);
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

/** What `clv compute` values: purchases, payments of subscriptions, or a table of survivors. */
export type InputKind = 'purchases' | 'contract' | 'survivors';

const OUTPUT = ['--currency', '--interval', '--section', '--format', '--output', '--quiet', '--fail-on', '--no-color'];
const COST = ['--retention-cost', '--retention-cost-timing'];
const CONTRACT = [
  '--contract',
  '--model',
  '--discount-rate',
  '--horizon',
  '--timing',
  '--growth',
  '--retention',
  ...COST,
];

const FILES = [
  ...['--customer', '--date', '--amount', '--delimiter', '--encoding', '--date-format', '--decimal-mark', '--timezone'],
  '--sheet',
  ...[
    '--round-amounts',
    '--rejects',
    '--max-rejects',
    '--margin',
    '--margins',
    '--costs',
    '--as-of',
    '--by',
    '--segment-from',
    '--top',
    '--customers',
  ],
];

/** The options that contracts can do something with; whatever else is typed is an error. */
const TAKES = {
  contract: new Set([...OUTPUT, ...CONTRACT, ...FILES, '--grace', '--retention-file']),
  survivors: new Set([...OUTPUT, ...CONTRACT, '--survivors', '--margin-per-period']),
};
/** What only contracts can do something with. */
const CONTRACTS_ONLY = new Set([
  ...['--timing', '--growth', '--retention', '--retention-file', '--grace', '--margin-per-period', ...COST],
]);

/**
 * The kind that the options ask for, when all that was typed fits it.
 * @param typed the options on the command line, by their long names
 * @throws ClvError E101 a model of the wrong kind, E122 options that do not go together, E123 nothing to value
 */
function kindOf(files: readonly string[], options: ComputeOptions, typed: readonly string[]): InputKind {
  if (options.survivors !== undefined && files.length > 0)
    throw new ClvError('E122', { option: '--survivors', ...variant('E122', 'survivors and files') });
  if (options.survivors === undefined && files.length === 0) throw new ClvError('E123', variant('E123', 'input'));
  const kind =
    options.survivors !== undefined ? 'survivors' : options.contract !== undefined ? 'contract' : 'purchases';
  for (const option of typed) checkOption(option, kind);
  if (typed.includes('--model')) checkModel(options.model, kind);
  return kind;
}

function checkOption(option: string, kind: InputKind): void {
  if (kind !== 'purchases') {
    if (TAKES[kind].has(option)) return;
    throw new ClvError('E122', { option, ...variant('E122', 'kind', { kind }) });
  }
  if (!CONTRACTS_ONLY.has(option)) return;
  throw new ClvError('E122', { option, ...variant('E122', 'purchases') });
}

/** An unknown name is told by the kind itself. */
function checkModel(name: string, kind: InputKind): void {
  const names = (models: readonly { readonly name: string }[]): string => models.map((model) => model.name).join(', ');
  if (kind === 'purchases' && contractModel(name)) {
    optionError('--model', name, 'model of contracts', { names: names(BUYING_MODELS) });
  }
  if (kind !== 'purchases' && !contractModel(name)) {
    const fault = buyingModel(name) ? 'model of buying' : 'no model of contracts';
    unknownName(
      '--model',
      name,
      fault,
      CONTRACT_MODELS.map((model) => model.name),
    );
  }
}
