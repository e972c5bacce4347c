import { bdw } from './bdw.ts';
import { constantRetention } from './constant-retention.ts';
import { sbg } from './sbg.ts';
import type { SurvivalModel } from './survival.ts';

/** Every model of contracts in which customers differ, the default first. */
export const SURVIVAL_MODELS: readonly SurvivalModel[] = [sbg, bdw];

/** All models of contracts: those in which customers differ, and the one in which they do not. */
export const CONTRACT_MODELS: readonly SurvivalModel[] = [...SURVIVAL_MODELS, constantRetention];

export function survivalModel(name: string): SurvivalModel | undefined {
  return SURVIVAL_MODELS.find((model) => model.name === name);
}

export function contractModel(name: string): SurvivalModel | undefined {
  return CONTRACT_MODELS.find((model) => model.name === name);
}
