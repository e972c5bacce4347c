import { ClvError } from '../base/errors.ts';
import { variant } from '../base/message-text.ts';
import type { Factors } from '../data/states.ts';
import { nextPurchaseOf } from '../engine/customers/next-purchase.ts';
import type { Valued } from '../engine/valued.ts';
import type { BuyingModel } from '../models/model.ts';
import { BUYING_MODELS } from '../models/registry.ts';

/** E122 where a model does not tell when a customer buys next, before time goes into a fit. */
export function checkAskedNext({ name, buyAgain }: BuyingModel): void {
  if (buyAgain) return;
  const models = BUYING_MODELS.filter((model) => model.buyAgain).map((model) => model.name);
  throw new ClvError('E122', {
    option: '--next-purchase',
    ...variant('E122', 'no time of a purchase', { model: name, models: models.join(', ') }),
  });
}

/** Factors with when the customers of each state buy next. */
export function withNextPurchase(factors: Factors, { states, model, fit }: Valued): Factors {
  checkAskedNext(model);
  return { ...factors, next: nextPurchaseOf(states, model, fit.parameters, factors.pAlive) };
}
