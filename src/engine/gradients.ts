import type { SpendFrom, States } from '../data/states.ts';
import type { BuyingModel, PurchaseWindow } from '../models/model.ts';
import { type SpendFactors, spendFactors } from './factors.ts';
import type { Valued } from './valued.ts';

/** Steps of the central differences, relative to the parameter. */
const STEP = 1e-4;

/** The derivatives of the expected purchases of every state, for each parameter. */
export function purchaseGradients(
  model: BuyingModel,
  states: States,
  parameters: readonly number[],
  window: PurchaseWindow,
): Float64Array[] {
  if (model.purchaseGradients) return model.purchaseGradients(states, parameters, window);
  return gradients(parameters, (other) => model.purchases(states, other, model.pAlive(states, other), window));
}

/** The derivatives of the expected margin per purchase of every state, for each parameter of spend. */
export function spendGradients(
  states: States,
  { fit, credibility }: Valued['spend'],
  spendFrom: SpendFrom,
): SpendFactors[] {
  const { parameters } = fit;
  const slopes = (purchases: number): Float64Array[] =>
    gradients(parameters, (other) => {
      const { base, weight } = credibility(purchases, other);
      return Float64Array.of(base, weight);
    });
  return parameters.map((_, i) =>
    spendFactors(
      states,
      (purchases) => {
        const [base, weight] = slopes(purchases)[i]!;
        return { base: base!, weight: weight! };
      },
      spendFrom,
    ),
  );
}

/** For each parameter the derivatives of some figures, by central differences. */
function gradients(parameters: readonly number[], of: (parameters: readonly number[]) => Float64Array): Float64Array[] {
  return parameters.map((parameter, i) => {
    const step = STEP * parameter;
    const above = of(parameters.with(i, parameter + step));
    const below = of(parameters.with(i, parameter - step));
    return above.map((value, k) => (value - below[k]!) / (2 * step));
  });
}
