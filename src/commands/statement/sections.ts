/** The lists of `clv statement`. */
export const SECTIONS = [
  'lines',
  ['segments', '--by'],
  ['series', '--every'],
  'restatements',
  ['recurring_revenue', '--contract'],
] as const;
