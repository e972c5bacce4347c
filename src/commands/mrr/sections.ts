/** The lists of `clv mrr`. */
export const SECTIONS = ['months', ['segments', '--by'], 'customers', 'events'] as const;
