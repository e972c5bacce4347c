import type { Day } from '../base/calendar.ts';
import { ClvError } from '../base/errors.ts';
import { type Variant, type VariantValues, variant } from '../base/message-text.ts';
import type { SavedModel, SavedParameters } from '../data/saved-model.ts';
import type { SpendStates, States } from '../data/states.ts';
import { Clock } from '../models/clock/clock.ts';
import { clocked } from '../models/clock/clocked.ts';
import type { BuyingModel, Estimate } from '../models/model.ts';
import { BUYING_MODELS, buyingModel, occasionModel } from '../models/registry.ts';
import type { SpendEstimate } from '../models/spend/estimate.ts';
import { spendCorrelation } from '../models/spend/gamma-gamma-likelihood.ts';
import { SPEND_MODELS, type SpendModel, spendModel } from '../models/spend/spend.ts';

/** Models whose parameters were fitted earlier, for these states. Their likelihood is that of the saved parameters here. */
export interface Reused {
  readonly model: BuyingModel;
  readonly fit: Estimate;
  readonly spend: { readonly model: SpendModel; readonly fit: SpendEstimate };
  readonly source: string;
}

/** The models that a file names. E262 */
export function modelsOf(saved: SavedModel, file: string): { model: BuyingModel; spend: SpendModel } {
  const { opportunity } = saved;
  const model = opportunity === null ? buyingModel(saved.name) : occasionModel(saved.name, opportunity);
  if (!model) throw unusable(file, 'no model', { name: saved.name, names: namesOf(BUYING_MODELS) });
  if (model.ofRegularity) throw unusable(file, 'no k', { name: saved.name, example: model.ofRegularity(2).name });
  const spend = spendModel(saved.spend.name);
  if (!spend) throw unusable(file, 'no model of spend', { name: saved.spend.name, names: namesOf(SPEND_MODELS) });
  return { model, spend };
}

export function unusable<V extends Variant<'E262'>>(
  file: string,
  fault: V,
  ...values: VariantValues<'E262', V>
): ClvError {
  return new ClvError('E262', variant('E262', fault, ...values), { file });
}

/**
 * A saved model for the states it values. @param asOf the day that they are as of, for its clock
 * @throws ClvError E262 (missing or impossible parameters), E112 a clock without a day
 */
export function reuse(saved: SavedModel, states: States, spendStates: SpendStates, asOf: Day | null): Reused {
  const { file, season } = saved;
  const { model: timeless, spend } = modelsOf(saved, file);
  if (season && asOf === null) throw new ClvError('E112', { option: '--use-model with a season', other: '--as-of' });
  const model = season ? clocked(timeless, new Clock(season), asOf!) : timeless;
  const parameters = ordered(saved, model.parameterNames, file);
  mustBeOfFit(saved.name, model, parameters, file);
  const spendParameters = ordered(saved.spend, spend.parameterNames, file);
  if (!Number.isFinite(spend.populationMean(spendParameters)) || spend.populationMean(spendParameters) <= 0) {
    throw unusable(file, 'no mean');
  }
  return {
    model,
    fit: {
      parameters,
      covariance: covariance(saved, model.parameterNames),
      logLikelihood: model.logLikelihood(states, parameters),
      customers: total(states.count),
    },
    spend: {
      model: spend,
      fit: {
        parameters: spendParameters,
        covariance: covariance(saved.spend, spend.parameterNames),
        logLikelihood: spend.logLikelihood(spendStates, spendParameters),
        customers: total(spendStates.count),
        correlation: spendCorrelation(spendStates),
      },
    },
    source: file,
  };
}

export function namesOf(models: readonly { readonly name: string }[]): string {
  return models.map((model) => model.name).join(', ');
}

/** Every parameter of all models here is above zero. */
export function ordered(saved: SavedParameters, names: readonly string[], file: string): number[] {
  return names.map((name) => {
    const value = saved.parameters.get(name);
    if (value === undefined) throw unusable(file, 'no parameter', { name, model: saved.name });
    if (!(value > 0)) throw unusable(file, 'parameter out of range', { name, model: saved.name, value });
    return value;
  });
}

/** Parameters that no search reaches would be of no customers at all, and its integrals are not made for them. E262 */
function mustBeOfFit(
  name: string,
  { parameterNames, ranges = [] }: Pick<BuyingModel, 'parameterNames' | 'ranges'>,
  parameters: readonly number[],
  file: string,
): void {
  const at = ranges.findIndex(({ low, high }, i) => parameters[i]! < low || parameters[i]! > high);
  if (at < 0) return;
  const values = { name: parameterNames[at]!, model: name, value: parameters[at]!, ...ranges[at]! };
  throw unusable(file, 'parameter of no fit', values);
}

/** In the model's order; null where none was saved. */
export function covariance(saved: SavedParameters, names: readonly string[]): Estimate['covariance'] {
  const given = [...saved.parameters.keys()];
  const at = names.map((name) => given.indexOf(name));
  return saved.covariance && at.map((i) => at.map((j) => saved.covariance![i]![j]!));
}

function total(counts: Float64Array): number {
  return counts.reduce((sum, count) => sum + count, 0);
}
