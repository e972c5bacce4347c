import { bdw } from './bdw.ts';
import { sbg } from './sbg.ts';
import type { SurvivalModel } from './survival.ts';

/** Every model of contracts in which customers differ, the default first. */
export const SURVIVAL_MODELS: readonly SurvivalModel[] = [sbg, bdw];

export function survivalModel(name: string): SurvivalModel | undefined {
  return SURVIVAL_MODELS.find((model) => model.name === name);
}
