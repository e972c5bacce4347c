import type { Cells, Factors, SpendFrom, SpendStates, States } from '../data/states.ts';
import type { BuyingModel, Estimate, PurchaseWindow } from '../models/model.ts';
import type { Credibility, SecondMoment, SpendLaw } from '../models/spend/estimate.ts';

/** What a valuation was made of, for asking what it would have been under other parameters. */
export interface Valued {
  readonly states: States;
  readonly cells: Cells;
  readonly model: BuyingModel;
  readonly fit: Estimate;
  /** The model that was asked for, where the one that values is its limit. */
  readonly general?: BuyingModel | undefined;
  readonly window: PurchaseWindow;
  readonly spend: {
    readonly fit: Estimate;
    /** What the variance of purchases needs; null where it is infinite. */
    secondMoment(purchases: number): SecondMoment | null;
    /** Absent where the model has none. */
    law?(purchases: number): SpendLaw;
    credibility(purchases: number, parameters: readonly number[]): Credibility;
    /** A fit to other customers, from these parameters. */
    refit(states: SpendStates): Estimate;
  };
  readonly spendFrom: SpendFrom;
  readonly factors: Factors;
}
