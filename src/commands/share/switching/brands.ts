import { apportion } from '../../../aggregator/shares.ts';
import type { Decimal } from '../../../base/decimal.ts';
import { ClvError } from '../../../base/errors.ts';
import { variant } from '../../../base/message-text.ts';
import { AMOUNT_SCALE, halfEvenUnits, unitsText } from '../../../base/money.ts';
import type { LastBought, Switching } from '../../../data/market.ts';
import {
  discountedPurchases,
  hasOneSteadyState,
  longRun,
  moved,
  type PurchaseSpan,
} from '../../../engine/switching.ts';
import type { Brand } from '../market.ts';

export interface SwitchingTerms extends PurchaseSpan {
  readonly purchasesPerYear: Decimal;
  /** Null where the sizes in the file say it. */
  readonly population: number | null;
  readonly digits: number;
}

/** The brands of a switching file, and what was taken where the file does not say. */
export interface SwitchingBrands {
  readonly brands: readonly Brand[];
  readonly population: number;
  /** How the customers divide over the brands that they bought last, in proportion. */
  readonly weights: readonly bigint[];
  readonly mixSource: LastBought['source'] | 'steady state';
  /** Whether the long run is the same whatever was bought last. */
  readonly oneSteadyState: boolean;
}

/** Parts of a whole: 10^-15 is what a double can tell of a share. */
const FINEST = 1e15;

/**
 * Equity of each brand: its contribution × its discounted purchases by a customer of the market × the population, rounded
 * once. Customers are those who bought it last. Errors E123 no population, E275 nothing that tells what was bought last.
 */
export function switchingBrands(switching: Switching, terms: SwitchingTerms): SwitchingBrands {
  const { brands, matrix, lastBought, contribution } = switching;
  const limit = longRun(matrix);
  const oneSteadyState = hasOneSteadyState(limit);
  if (!lastBought && !oneSteadyState) throw new ClvError('E275');
  const weights = lastBought?.weights ?? limit[0]!.map(finest);
  const population = terms.population ?? lastBought?.customers ?? null;
  if (population === null) throw new ClvError('E123', variant('E123', 'population'));
  const whole = weights.reduce((sum, weight) => sum + weight, 0n);
  const mix = weights.map((weight) => Number(weight) / Number(whole));
  const all = BigInt(population);
  const customers = apportion(
    weights.map((weight) => weight * all),
    whole,
    all,
  );
  const purchases = discountedPurchases(matrix, mix, terms);
  const steady = moved(mix, limit);
  return {
    brands: brands.map((name, j) => {
      const each = contribution ? Number(unitsText(contribution[j]!, AMOUNT_SCALE)) : 1;
      const equity = BigInt(halfEvenUnits(population * each * purchases[j]!, terms.digits));
      return { name, customers: Number(customers[j]!), revenue: null, equity, steady: finest(steady[j]!) };
    }),
    population,
    weights,
    mixSource: lastBought?.source ?? 'steady state',
    oneSteadyState,
  };
}

function finest(share: number): bigint {
  return BigInt(Math.round(share * FINEST));
}
