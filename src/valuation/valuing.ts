import { Decimal } from '../base/decimal.ts';
import { DEFAULT_HORIZON, type Horizon } from '../base/units.ts';
import type { Opportunity } from '../data/opportunity.ts';
import type { SavedModel } from '../data/saved-model.ts';
import type { SpendFrom } from '../data/states.ts';
import type { BuyingModel } from '../models/model.ts';
import { auto } from '../models/registry.ts';
import { gammaGamma } from '../models/spend/gamma-gamma.ts';
import type { SpendModel } from '../models/spend/spend.ts';

/** Told what takes time, as a person sees it, where it starts. */
export type Say = (stage: string) => void;

/** How the model error is found: learned from earlier days of the log, left out, or given as a fraction. */
export type ModelErrorKind = 'auto' | 'none' | number;

/** Whether purchases are taken to come by the months of the year: always, never, or where there are data enough. */
export type SeasonKind = 'auto' | 'month' | 'none';

/** How customers are valued. */
export interface Valuing {
  readonly model: BuyingModel;
  /** Purchase occasions that the model counts; null: purchases at any time. */
  readonly opportunity: Opportunity | null;
  readonly spend: SpendModel;
  /** The purchases that mean margins are taken over: all but the first of each customer, or all. */
  readonly spendFrom: SpendFrom;
  /** True where neither those nor the model of spend were named: what has a finite mean is taken. */
  readonly spendChosen: boolean;
  /** Effective rate a year, as a fraction. */
  readonly discountRate: Decimal;
  readonly horizon: Horizon;
  /** What prediction intervals take as the error of the model, a fraction, or where they learn it. */
  readonly modelError: ModelErrorKind;
  /** Whether purchases are taken to come by the months of the year. */
  readonly season: SeasonKind;
  /** Parameters to value by instead of fitting them; null: they are fitted. */
  readonly saved: SavedModel | null;
  /** Of customers fitted by groups: the models that were chosen for them before, where `model` chooses and they are not all alike. */
  readonly held?: readonly { readonly name: readonly string[]; readonly model: BuyingModel }[];
  /** Decimals of the minor unit that values are rounded to. */
  readonly digits: number;
}

/**
 * How customers are valued unless it is said otherwise: by the model that their purchases tell (`--model auto`) and gamma–gamma, on
 * a clock of months where there are data enough, the mean margin over all purchases, 10 % a year, for a lifetime (3 years where
 * nobody stops), in cents.
 */
export function valuing(asked: Partial<Valuing> = {}): Valuing {
  return {
    model: auto,
    opportunity: null,
    spend: gammaGamma,
    spendFrom: 'all',
    spendChosen: false,
    discountRate: new Decimal('0.1'),
    horizon: DEFAULT_HORIZON,
    modelError: 'auto',
    season: 'auto',
    saved: null,
    digits: 2,
    ...asked,
  };
}
