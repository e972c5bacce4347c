/** The lists of `clv whatif`. */
export const SECTIONS = ['scenarios', 'tornado'] as const;
