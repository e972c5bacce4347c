import { bgNbd } from './beta-geometric/bg-nbd.ts';
import { mbgNbd } from './beta-geometric/mbg-nbd.ts';
import { bgBb } from './bg-bb/bg-bb.ts';
import { ggomNbd } from './ggom-nbd/ggom-nbd.ts';
import type { BuyingModel } from './model.ts';
import { paretoNbd } from './pareto-nbd/pareto-nbd.ts';

/** Every model of buying, the default first. A new one is a file and a line here. */
export const BUYING_MODELS: readonly BuyingModel[] = [paretoNbd, bgNbd, mbgNbd, ggomNbd];

export function buyingModel(name: string): BuyingModel | undefined {
  return BUYING_MODELS.find((model) => model.name === name);
}

/** Models that count purchase occasions of a given length in days, instead of purchases at any time. */
export const OCCASION_MODELS: readonly { readonly name: string; of(days: number, unit: string): BuyingModel }[] = [
  { name: 'bg-bb', of: (days, timeUnit) => ({ ...bgBb(days), timeUnit }) },
];
