/** The lists of `clv diff`. */
export const SECTIONS = ['differences', 'changes', 'customers'] as const;
