import { ClvError } from '../base/errors.ts';
import { variant } from '../base/message-text.ts';
import { CONTRACT_MODELS, contractModel } from '../models/contracts/registry.ts';
import { BUYING_MODELS, buyingModel } from '../models/registry.ts';
import { optionError, unknownName } from './option-values.ts';
import { WRITING_NAMES } from './shared-options.ts';

/** What a command looks at: purchases, payments of subscriptions, or a table of survivors. */
export type InputKind = 'purchases' | 'contract' | 'survivors';

const OUTPUT = ['--currency', '--interval', '--section', ...WRITING_NAMES];
const COST = ['--retention-cost', '--retention-cost-timing'];
/** How payments are read as subscriptions. */
const PAYMENTS = [
  ...['--plan', '--subscription', '--one-off', '--value-at', '--price-book'],
  ...['--period-start', '--period-end-column', '--period-end'],
];
const WHAT_IF = ['--set', '--scenarios', '--campaign-cost', '--acquisition-cost'];
const MARKET = ['--us', '--market', '--market-equity', '--market-customers', '--market-avg-clv', '--includes-us'];
const HOLDOUT = ['--holdout', '--models'];
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
  ...[
    '--sheet',
    '--calendar',
    '--layout',
    '--where',
    '--minus',
    '--zero',
    '--net',
    '--order',
    '--lines',
    '--once',
    '--alias',
  ],
  ...[
    '--currency-column',
    '--only-currency',
    '--rates',
    '--fold-email',
    '--fold-ids',
    '--fill-down',
    '--stop-at',
    '--as-is',
  ],
  '--left-out',
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
    '--fields',
    '--only',
  ],
];

/** What was typed that tells the kinds apart. */
export interface KindOptions {
  readonly contract?: string | undefined;
  readonly survivors?: string | undefined;
  readonly model: string;
}

/** The options, of all commands, that contracts can do something with; whatever else is typed is an error. */
const TAKES = {
  contract: new Set([
    ...OUTPUT,
    ...CONTRACT,
    ...HOLDOUT,
    ...FILES,
    '--origins',
    ...WHAT_IF,
    ...MARKET,
    '--from',
    '--to',
    '--every',
    '--from-discount-rate',
    '--id',
    '--by-period',
    '--grace',
    '--retention-file',
    '--use-model',
    '--model-error',
    '--save-model',
    '--fit-by',
    ...PAYMENTS,
  ]),
  survivors: new Set([
    ...OUTPUT,
    ...CONTRACT,
    ...HOLDOUT,
    ...WHAT_IF,
    ...['--survivors', '--margin-per-period', '--price-per-period', '--cohort', '--by-period', '--origins'],
  ]),
};
/** What only contracts can do something with. */
const CONTRACTS_ONLY = new Set([
  ...['--timing', '--growth', '--retention', '--retention-file', '--grace', '--margin-per-period', ...COST],
  ...['--cohort', '--price-per-period'],
  ...PAYMENTS,
]);

/**
 * The kind that the options ask for, when all that was typed fits it.
 * @param typed the options on the command line, by their long names
 * @throws ClvError E101 a model of the wrong kind, E122 options that do not go together
 */
export function kindOf(options: KindOptions, typed: readonly string[]): InputKind {
  const kind =
    options.survivors !== undefined ? 'survivors' : options.contract !== undefined ? 'contract' : 'purchases';
  for (const option of typed) checkOption(option, kind);
  if (typed.includes('--model')) checkModel(options.model, kind);
  return kind;
}

/** Files of transactions or a table of survivors, one of them. E122, E123. */
export function checkInput(files: readonly string[], { survivors }: Pick<KindOptions, 'survivors'>): void {
  if (survivors !== undefined && files.length > 0)
    throw new ClvError('E122', { option: '--survivors', ...variant('E122', 'survivors and files') });
  if (survivors === undefined && files.length === 0) throw new ClvError('E123', variant('E123', 'input'));
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
