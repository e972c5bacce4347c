/** The lists of `clv cohorts`. */
export const SECTIONS = ['cohorts', 'ages'] as const;
