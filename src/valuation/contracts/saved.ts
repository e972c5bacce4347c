import { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import type { ContractFit } from '../../data/contracts.ts';
import type { SavedContract, SavedContracts } from '../../data/saved-model.ts';
import { constantRetention } from '../../models/contracts/constant-retention.ts';
import { CONTRACT_MODELS } from '../../models/contracts/registry.ts';
import type { SurvivalModel } from '../../models/contracts/survival.ts';
import { withLimits } from '../../models/limits.ts';
import type { Estimate } from '../../models/model.ts';
import { covariance, namesOf, ordered, unusable } from '../saved-model.ts';

/** A model of contracts whose parameters were fitted earlier. */
export interface SavedSurvival {
  readonly model: SurvivalModel;
  /** The model that was asked for, of which this may be a limit. */
  readonly general: SurvivalModel;
  readonly parameters: readonly number[];
  readonly covariance: Estimate['covariance'];
  readonly rate: Decimal | null;
  readonly across: readonly (readonly number[])[];
  readonly file: string;
}

/** A fit as it is named in a file. */
function nameOf(length: string, group: readonly string[]): string {
  return [length, ...group].join(' · ');
}

/** Whether there is a saved model of a fit. */
export function isSaved({ contracts }: Pick<SavedContracts, 'contracts'>, { length, group }: ContractFit): boolean {
  return contracts.some((one) => nameOf(one.length, one.group) === nameOf(length.text, group));
}

/** The saved model of a fit. @throws ClvError E262, E336 */
export function savedSurvival(
  { file, contracts, fitBy }: SavedContracts,
  { length, group }: ContractFit,
): SavedSurvival {
  const fit = nameOf(length.text, group);
  const found = contracts.find((one) => nameOf(one.length, one.group) === fit);
  if (found) return survivalOf(found, file);
  const known = contracts.map((one) => nameOf(one.length, one.group)).join(', ');
  const by = fitBy.length > 0 ? ` (--fit-by ${fitBy.join(',')})` : '';
  throw new ClvError('E336', { fit, known, fitBy: by }, { file });
}

/** Every model that can be in a file. */
const MODELS = withLimits(CONTRACT_MODELS);

function survivalOf(saved: SavedContract, file: string): SavedSurvival {
  const names = (): string => [...new Set(namesOf(MODELS).split(', '))].join(', ');
  const model = MODELS.find(({ name }) => name === saved.name);
  if (!model) throw unusable(file, 'no model', { name: saved.name, names: names() });
  const general = saved.limitOf === null ? model : MODELS.find(({ name }) => name === saved.limitOf);
  if (!general) throw unusable(file, 'no limit', { what: 'model', name: saved.limitOf!, names: names() });
  const parameters = ordered(saved, model.parameterNames, file);
  const [first] = parameters;
  if (model.parameterNames.length === 1 && !(first! < 1))
    throw unusable(file, 'rate out of range', { name: model.parameterNames[0]!, model: model.name, value: first! });
  return {
    model,
    general,
    parameters,
    covariance: covariance(saved, model.parameterNames),
    rate: model === constantRetention ? rateOf(saved, first!) : null,
    across: saved.across.filter(({ length }) => length === general.parameterNames.length),
    file,
  };
}

/** Exact where the file has it so. */
function rateOf({ rate }: SavedContract, parameter: number): Decimal {
  const exact = rate !== null && /^0\.\d+$/.test(rate) ? new Decimal(rate) : null;
  return exact?.toNumber() === parameter ? exact : new Decimal(parameter);
}
