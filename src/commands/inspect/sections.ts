/** The lists of `clv inspect`, of files and of a book. */
export const SECTIONS = {
  files: ['columns', 'values', 'currencies', 'problems', 'decisions'],
  book: ['book', 'columns', 'adds'],
} as const;
