import type { ListName } from '../../cli/output/section-option.ts';

const ORIGINS = [
  ['origins', '--origins'],
  ['summary', '--origins'],
] as const;

/** The lists of `clv validate`, by what is predicted. */
export const SECTIONS = {
  purchases: ['models', 'deciles', 'weekly', 'fit', 'ahead', 'frequency', 'recency', 'alive', ...ORIGINS],
  contract: ['models', 'periods', ...ORIGINS],
} as const satisfies Record<string, readonly ListName[]>;
