import { ClvError } from '../base/errors.ts';
import { variant } from '../base/message-text.ts';
import type { Factors } from '../data/states.ts';
import { customerBounds } from '../engine/customers/bounds.ts';
import type { Uncertainty } from '../engine/gradients.ts';
import type { Valued } from '../engine/valued.ts';
import type { BuyingModel } from '../models/model.ts';
import { BUYING_MODELS } from '../models/registry.ts';
import { SPEND_MODELS, type SpendModel } from '../models/spend/spend.ts';
import type { ModelError } from './found.ts';
import type { Valuing } from './valuing.ts';

/** Whether a model has what the interval of one customer needs: a choice of k has it where it comes to k = 1. */
const hasIntervals = ({ pairs, buyAgain }: BuyingModel): boolean => pairs !== undefined && buyAgain !== undefined;
const hasLaw = ({ law }: SpendModel): boolean => law !== undefined;

/** @throws ClvError E122 where the models cannot tell what a single customer may bring */
export function checkCustomerIntervals(model: BuyingModel, spend: SpendModel): void {
  if (!hasIntervals(model))
    refuse(
      '--model',
      model,
      BUYING_MODELS.filter((one) => hasIntervals(one) && !one.ofRegularity),
    );
  if (!hasLaw(spend)) refuse('--spend', spend, SPEND_MODELS.filter(hasLaw));
}

/** The same of what is asked for, before time goes into a fit. A choice of k is not known by then. */
export function checkAskedModels({ model, spend }: Pick<Valuing, 'model' | 'spend'>): void {
  if (!model.ofRegularity) checkCustomerIntervals(model, spend);
}

function refuse(
  option: string,
  { name }: { readonly name: string },
  others: readonly { readonly name: string }[],
): never {
  const models = others.map((other) => other.name).join(', ');
  throw new ClvError('E122', {
    option: '--customer-intervals',
    ...variant('E122', 'no law of a customer', { choice: `${option} ${name}`, option, models }),
  });
}

/** Factors with what the intervals of each customer are made of. */
export function boundedFactors(valued: Valued, known: Uncertainty | null, modelError: ModelError | null): Factors {
  return { ...valued.factors, bounds: customerBounds(valued, known, modelError?.tau ?? 0) };
}
