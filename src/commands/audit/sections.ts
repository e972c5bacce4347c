import type { ListName } from '../../cli/output/section-option.ts';

const DECILES = ['customer_deciles', 'profit_deciles', 'whale_curve'] as const;
const CUSTOMERS = [['segments', '--by'], 'past_and_future', 'customers', 'fallen', 'risen'] as const;

/** The lists of `clv audit`, by what is looked at. */
export const SECTIONS = {
  purchases: [...DECILES, 'identity', 'bridge', 'cohorts', ...CUSTOMERS],
  contract: [...DECILES, 'cohorts', 'retention', ...CUSTOMERS],
} as const satisfies Record<string, readonly ListName[]>;
