import type { ListName } from '../../cli/output/section-option.ts';

const FIRST = ['summary', ['segments', '--by'], 'restatements'] as const;

/** The lists of `clv close`, of the first close of a book and of those after another. */
export const SECTIONS = {
  first: FIRST,
  later: [...FIRST, 'lines', ['lines_by_segment', '--by']],
} as const satisfies Record<string, readonly ListName[]>;
