import { Decimal } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { AMOUNT_SCALE, rescale, unitsText } from '../../base/money.ts';
import type { TableSource } from '../../data/inputs.ts';
import type { RetentionWorth, Rival } from '../../data/market.ts';
import { minorUnits, presentValue } from '../../engine/contracts/retention.ts';
import type { Timing } from '../../engine/contracts/timing.ts';

/** What is known of the market beside us. Money is in currency units where it is Decimal. */
export type Market =
  | { readonly kind: 'equity'; readonly equity: Decimal; readonly includesUs: boolean }
  | { readonly kind: 'size'; readonly customers: number; readonly average: Decimal; readonly includesUs: boolean }
  | {
      readonly kind: 'file';
      readonly source: TableSource;
      readonly rivals: readonly Rival[];
      /** Each rival, valued. */
      readonly brands: readonly Brand[];
      readonly terms: RivalTerms;
    };

/** How competitors are valued whose margin and retention are known: as we are, by years. */
export interface RivalTerms {
  readonly timing: Timing;
  /** Payments counted; null: for life. */
  readonly years: number | null;
  readonly discountRate: Decimal;
}

/** A brand of the market, or all but us. */
export interface Brand {
  readonly name: string;
  readonly customers: number | null;
  /** Exact, 10^-4. */
  readonly revenue: bigint | null;
  /** Minor units. */
  readonly equity: bigint;
  /** Share of the purchases in the long run, 10^-15, where customers are known to switch. */
  readonly steady: bigint | null;
}

/** What stands for all others where only a total is known. */
export const REST = 'rest of the market';

/** The brands beside ours. E148: a total with us that is below ours. */
export function othersOf(market: Market, us: Brand, digits: number): readonly Brand[] {
  if (market.kind === 'file') return market.brands;
  const { includesUs } = market;
  const beside = { name: REST, revenue: null, steady: null };
  if (market.kind === 'equity') {
    const total = minorUnits(market.equity, digits);
    return [{ ...beside, customers: null, equity: without(total, us.equity, includesUs, 'customer equity', digits) }];
  }
  const customers = without(BigInt(market.customers), BigInt(us.customers!), includesUs, 'number of customers', 0);
  const total = minorUnits(market.average.times(market.customers), digits);
  const equity = without(total, us.equity, includesUs, 'customer equity', digits);
  return [{ ...beside, customers: Number(customers), equity }];
}

function without(total: bigint, ours: bigint, includesUs: boolean, what: string, digits: number): bigint {
  if (!includesUs) return total;
  if (total >= ours) return total - ours;
  throw new ClvError('E148', { what, total: unitsText(total, digits), ours: unitsText(ours, digits) });
}

/** A competitor valued: customers × the rounded value of one by its parameters, or what is given, rounded once. E276, placed. */
export function brandOf({ name, customers, worth, revenue }: Rival, terms: RivalTerms, digits: number): Brand {
  const known = { name, customers, revenue, steady: null };
  if (worth.basis === 'equity') return { ...known, equity: rescale(worth.equity, AMOUNT_SCALE, digits) };
  const count = BigInt(worth.customers);
  if (worth.basis === 'average_clv') return { ...known, equity: rescale(count * worth.average, AMOUNT_SCALE, digits) };
  return { ...known, equity: count * customerValue(worth, terms, digits) };
}

/** Value of a customer of one retention rate, in minor units (Gupta & Lehmann 2003). E276. */
function customerValue(
  { margin, retention, growth, place }: RetentionWorth,
  { timing, years, discountRate }: RivalTerms,
  digits: number,
): bigint {
  const payment = new Decimal(unitsText(margin, AMOUNT_SCALE));
  const rates = { discount: discountRate, growth };
  try {
    return minorUnits(presentValue({ payment, retention, rates, periods: years, timing }), digits);
  } catch (error) {
    throw error instanceof ClvError ? new ClvError('E276', error.values, place) : error;
  }
}
