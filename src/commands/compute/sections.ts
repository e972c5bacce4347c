import type { ListName } from '../../cli/output/section-option.ts';

/** The lists of `clv compute`, by what is valued. */
export const SECTIONS = {
  purchases: [
    ...['customers', ['segments', '--by'], 'summary', 'concentration', 'clv_distribution', 'activity', 'frequencies'],
    ...['buying_rates', 'stopping_chances'],
  ],
  contract: ['customers', ['segments', '--by'], 'summary', 'tenures'],
  survivors: ['tenures', 'cohorts', 'survival'],
} as const satisfies Record<string, readonly ListName[]>;
