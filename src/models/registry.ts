import type { Opportunity } from '../data/opportunity.ts';
import { bgNbd } from './beta-geometric/bg-nbd.ts';
import { bgCnbdK, mbgCnbdK } from './beta-geometric/cnbd-k.ts';
import { mbgNbd } from './beta-geometric/mbg-nbd.ts';
import { bgBb } from './bg-bb/family.ts';
import { ggomNbd } from './ggom-nbd/ggom-nbd.ts';
import { withLimits } from './limits.ts';
import type { BuyingModel } from './model.ts';
import { paretoNbd } from './pareto-nbd/pareto-nbd.ts';
import { MOST_REGULAR } from './regularity.ts';

/** Every model of buying, the default first. A new one is a file and a line here. */
export const BUYING_MODELS: readonly BuyingModel[] = [
  paretoNbd,
  bgNbd,
  mbgNbd,
  { ...ggomNbd, limits: [paretoNbd] },
  bgCnbdK,
  mbgCnbdK,
];

/** @returns the model of that name, the limits of others included */
export function buyingModel(name: string): BuyingModel | undefined {
  return withLimits(BUYING_MODELS).find((model) => model.name === name) ?? ofRegularity(name);
}

/** The model whose name ends in its k, mbg-cnbd-2 or a limit of it, as output names it. */
function ofRegularity(name: string): BuyingModel | undefined {
  const k = Number(/-([1-9]\d?)$/.exec(name)?.[1] ?? 0);
  if (k < 1 || k > MOST_REGULAR) return undefined;
  const models = BUYING_MODELS.flatMap((model) => (model.ofRegularity ? [model.ofRegularity(k)] : []));
  return withLimits(models).find((model) => model.name === name);
}

/** Models that count purchase occasions of a given length in days, instead of purchases at any time. */
export const OCCASION_MODELS: readonly { readonly name: string; of(days: number, unit: string): BuyingModel }[] = [
  { name: 'bg-bb', of: bgBb },
];

/** @returns the model of that name that counts occasions, the limits of others included */
export function occasionModel(name: string, { days, text }: Opportunity): BuyingModel | undefined {
  return withLimits(OCCASION_MODELS.map((model) => model.of(days, text))).find((model) => model.name === name);
}

/**
 * `--model auto`: MBG/CNBD-k where purchases come more regularly than by chance, k by likelihood, and where they do not
 * Pareto/NBD or its limit.
 */
export const auto: BuyingModel = { ...mbgCnbdK, name: 'auto', whenOne: paretoNbd };
