import type { BuyingModel } from './model.ts';
import { paretoNbd } from './pareto-nbd.ts';

/** Every model of buying. A new one is a file and a line here. */
export const BUYING_MODELS: readonly BuyingModel[] = [paretoNbd];

export function buyingModel(name: string): BuyingModel | undefined {
  return BUYING_MODELS.find((model) => model.name === name);
}
