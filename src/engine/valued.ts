import type { Cells, Factors, SpendFrom, SpendStates, States } from '../data/states.ts';
import type { BuyingModel, Estimate, PurchaseWindow } from '../models/model.ts';
import type { Credibility } from '../models/spend/estimate.ts';

/** What a valuation was made of, for asking what it would have been under other parameters. */
export interface Valued {
  readonly states: States;
  readonly cells: Cells;
  readonly model: BuyingModel;
  readonly fit: Estimate;
  readonly window: PurchaseWindow;
  readonly spend: {
    readonly fit: Estimate;
    /** True for gamma–gamma, whose parameters are p, q, γ: only there is the variance of a purchase known. */
    readonly hasVariance: boolean;
    credibility(purchases: number, parameters: readonly number[]): Credibility;
    /** A fit to other customers, from these parameters. */
    refit(states: SpendStates): Estimate;
  };
  readonly spendFrom: SpendFrom;
  readonly factors: Factors;
}
