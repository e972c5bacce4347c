import type { SpendFrom, States } from '../data/states.ts';
import type { BuyingModel, PurchaseWindow } from '../models/model.ts';
import { acrossEdge, withinDoubt } from './across-edge.ts';
import { type SpendFactors, spendFactors } from './factors.ts';
import type { Valued } from './valued.ts';

type Matrix = readonly (readonly number[])[];

/** Steps of the central differences, relative to the parameter. */
const STEP = 1e-4;

/** How the values of a valuation change with its parameters, and how sure those are. */
export interface Uncertainty {
  readonly buyingCovariance: Matrix;
  readonly spendCovariance: Matrix;
  /** Of each parameter of buying the derivatives of the expected purchases of every state. */
  readonly buying: readonly Float64Array[];
  /** Of each parameter of spend those of the expected margin. */
  readonly spending: readonly SpendFactors[];
  /** Parameters inside the edge at which the model has its limit, as far as they are likely; none where it is no limit. */
  readonly inside: readonly (readonly number[])[];
  /** The expected purchases of every state by each of those. */
  readonly across: readonly Float64Array[];
  /** The same by parameters that are as likely where no edge is near, but some of them are told badly; none where all are told well. */
  readonly doubtful: readonly Float64Array[];
}

/** Null where parameters came without their covariance. */
export function uncertaintyOf({
  states,
  model,
  general,
  fit,
  window,
  spend,
  spendFrom,
}: Omit<Valued, 'cells' | 'factors'>): Uncertainty | null {
  const [buyingCovariance, spendCovariance] = [fit.covariance, spend.fit.covariance];
  if (!buyingCovariance || !spendCovariance) return null;
  const purchasesBy = (by: BuyingModel, parameters: readonly number[]): Float64Array =>
    by.purchases(states, parameters, by.pAlive(states, parameters), window);
  const rough = model.clocked?.inDays() ?? model;
  const inside = general ? acrossEdge(general, states, { model, ...fit }) : [];
  return {
    buyingCovariance,
    spendCovariance,
    buying: purchaseGradients(model, states, fit.parameters, window),
    spending: spendGradients(states, spend, spendFrom),
    inside,
    across: inside.map((parameters) => purchasesBy(general!, parameters)),
    doubtful: general ? [] : withinDoubt(rough, states, fit).map((parameters) => purchasesBy(rough, parameters)),
  };
}

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

/** Those of who is alive as likely as it is: what the parameters say of P(alive) is left out. */
export function livingGradients({ states, model, fit, window, factors: { pAlive } }: Valued): Float64Array[] {
  return gradients(fit.parameters, (other) => model.purchases(states, other, pAlive, window));
}

/** The derivatives of the expected margin per purchase of every state, for each parameter of spend. */
function spendGradients(states: States, { fit, credibility }: Valued['spend'], spendFrom: SpendFrom): SpendFactors[] {
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

/** Those of what is expected of a customer without a purchase that counts in a mean. */
export function populationGradient({ fit, credibility }: Valued['spend']): number[] {
  return gradients(fit.parameters, (other) => Float64Array.of(credibility(0, other).base)).map(([slope]) => slope!);
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
