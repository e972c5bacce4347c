import { columns, unknownName } from '../../../cli/option-values.ts';
import { CONTRACT_MODELS, contractModel } from '../../../models/contracts/registry.ts';
import type { SurvivalModel } from '../../../models/contracts/survival.ts';
import type { ValidateOptions } from '../options.ts';

/** Models that are compared: those of `--models`, the one of `--model`, or all. E101. */
export function contractModels(
  { model, models }: Pick<ValidateOptions, 'model' | 'models'>,
  typed: readonly string[],
): readonly SurvivalModel[] {
  if (models === undefined) return typed.includes('--model') ? [contractModel(model)!] : CONTRACT_MODELS;
  if (models === 'all') return CONTRACT_MODELS;
  const names = CONTRACT_MODELS.map(({ name }) => name);
  return columns('--models', models).map(
    (name) => contractModel(name) ?? unknownName('--models', name, 'no model of contracts', names, 'all, or some'),
  );
}
