import { ClvError } from '../../base/errors.ts';
import type { Horizon } from '../../base/units.ts';
import type { SavedContracts } from '../../data/saved-model.ts';
import { readContractModelFile } from '../../reader/tables/model-file.ts';
import type { LengthNote } from '../../report/contracts.ts';
import type { ContractsValuation, FitValuation } from '../../valuation/contracts/by-fit.ts';
import type { ModelError } from '../../valuation/found.ts';
import { claimModelFile, errorNote, type FittedTo, fittedTo, textOf } from '../saved-model.ts';
import { type PaymentOptions, type PaymentsAsked, paymentsAsked } from './reading.ts';
import { type ContractOptions, contractSettings, type TypedContract } from './terms.ts';

type Options = ContractOptions &
  PaymentOptions & { readonly costs?: string | undefined; readonly useModel?: string | undefined };

/**
 * What was typed of contracts and of how payments are read, with the models of a file where one is given: each length has the
 * grace that it was fitted with.
 * @param typed the options on the command line, by their long names
 * @throws ClvError E101, E111, E122, E123, E337, and those of the file
 */
export async function contractsAsked(
  options: Options,
  horizon: Horizon,
  typed: readonly string[],
): Promise<{ readonly contract: TypedContract; readonly asked: PaymentsAsked }> {
  const contract = contractSettings(options, horizon, typed.includes('--model'));
  const asked = paymentsAsked(options);
  const { useModel } = options;
  if (useModel === undefined) return { contract, asked };
  const other = ['--retention', '--retention-file'].find((option) => typed.includes(option));
  if (other !== undefined) throw new ClvError('E111', { option: '--use-model', other });
  const saved = await readContractModelFile(useModel);
  for (const { length, grace } of saved.contracts)
    if (asked.grace !== null && asked.grace !== grace)
      throw new ClvError('E337', { own: grace, length, asked: asked.grace }, { file: useModel });
  return bySaved({ contract, asked }, saved);
}

/** Subscriptions as asked, by saved models, each length with the grace that it was fitted with. */
export function bySaved<A extends { readonly contract: TypedContract; readonly asked: PaymentsAsked }>(
  { contract, asked, ...rest }: A,
  saved: SavedContracts,
) {
  const savedGrace = new Map(saved.contracts.map(({ length, grace }) => [length, grace]));
  return { ...rest, contract: { ...contract, retention: null, saved }, asked: { ...asked, savedGrace } };
}

/** What `--save-model FILE` keeps of subscriptions. */
interface SavedFrom extends FittedTo {
  readonly fitBy: readonly string[];
  readonly valuation: ContractsValuation;
  readonly lengths: readonly LengthNote[];
  readonly modelError: ModelError | null;
}

/** See `claimModelFile`. E111: rates by segment are in a file already. */
export function openContractModelFile(
  file: string | undefined,
  retentionFile: string | undefined,
): Promise<(from: SavedFrom) => Promise<void>> {
  if (file !== undefined && retentionFile !== undefined)
    throw new ClvError('E111', { option: '--save-model', other: '--retention-file' });
  return claimModelFile(file, documentOf);
}

/** The text of such a file. */
export function contractModelText(from: SavedFrom): string {
  return textOf(documentOf(from));
}

function documentOf({ fitBy, valuation, lengths, modelError, ...from }: SavedFrom): object {
  return {
    $schema: 'urn:clv:contract-model:1.0',
    ...fittedTo(from),
    model: { time_unit: 'period', fit_by: fitBy, contracts: valuation.fits.map((fit) => noteOf(fit, lengths)) },
    ...errorNote(modelError),
  };
}

function noteOf({ fit, valuation: { fitted } }: FitValuation, lengths: readonly LengthNote[]): object {
  const { model, limit, parameterNames, fit: estimate, across, rateOf } = fitted;
  const rate = rateOf(0);
  return {
    contract: fit.length.text,
    group: fit.group,
    grace_days: lengths.find(({ length }) => length.text === fit.length.text)!.grace,
    name: model.name,
    ...(limit && { limit_of: limit.of }),
    parameters: Object.fromEntries(parameterNames.map((name, i) => [name, estimate.parameters[i]])),
    ...(rate && { rate: rate.toFixed() }),
    covariance: estimate.covariance,
    ...(across.length > 0 && { across: across.map(({ parameters }) => parameters) }),
    log_likelihood: estimate.logLikelihood,
    customers: estimate.customers,
  };
}
