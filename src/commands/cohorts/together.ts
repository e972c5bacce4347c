import { type CohortFound, costOfCustomer } from '../../aggregator/acquisition/cohorts.ts';
import { quotientText } from '../../aggregator/past-money.ts';
import { AMOUNT_SCALE, MARGIN_SCALE, unitsText } from '../../base/money.ts';
import { FIGURE_DIGITS } from '../../data/report.ts';
import type { CohortsFound } from './found.ts';
import { marginsOf } from './lists.ts';

/** All cohorts together, in minor units. */
interface Together {
  readonly customers: number;
  readonly withoutPurchase: number;
  readonly margin: bigint;
  /** Null where customers are not valued. */
  readonly equity: bigint | null;
  /** The cohorts with a cost; null where there are none. */
  readonly won: { readonly customers: number; readonly cac: string; readonly ltvToCac: string | null } | null;
}

export function together(found: CohortsFound): Together {
  const { cohorts, valued, assumptions } = found;
  const { digits } = assumptions;
  const count = (some: readonly CohortFound[]): number => some.reduce((all, { customers }) => all + customers, 0);
  const sum = (parts: readonly bigint[]): bigint => parts.reduce((all, part) => all + part, 0n);
  const costed = cohorts.flatMap((cohort) => (cohort.cost === null ? [] : [{ ...cohort, cost: cohort.cost }]));
  const cost = sum(costed.map((one) => one.cost));
  const customers = count(costed);
  const worth = costed.map(({ margin, clv }) => margin + clv * 10n ** BigInt(MARGIN_SCALE - digits));
  return {
    customers: count(cohorts),
    withoutPurchase: count(cohorts.filter(({ ages }) => ages.length === 0)),
    margin: sum(marginsOf(found)),
    equity: valued && sum(cohorts.map(({ clv }) => clv)),
    won:
      costed.length === 0
        ? null
        : {
            customers,
            cac: unitsText(costOfCustomer({ cost, customers }, digits)!, digits),
            ltvToCac:
              valued && quotientText(sum(worth), cost * 10n ** BigInt(MARGIN_SCALE - AMOUNT_SCALE), FIGURE_DIGITS),
          },
  };
}
