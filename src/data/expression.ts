/** Amounts as arithmetic over columns, by position: sums, products, and the first of several that is not blank (or not zero). */
export type Expression =
  | { readonly kind: 'column'; readonly column: number }
  | { readonly kind: 'sum'; readonly terms: readonly Term[] }
  | { readonly kind: 'product'; readonly factors: readonly Expression[] }
  | { readonly kind: 'first'; readonly options: readonly Expression[]; readonly notZero: boolean };

export interface Term {
  readonly minus: boolean;
  readonly of: Expression;
}

/** The columns that an expression reads, each once, in order. */
export function columnsOf(expression: Expression): readonly number[] {
  switch (expression.kind) {
    case 'column':
      return [expression.column];
    case 'sum':
      return unique(expression.terms.flatMap(({ of }) => columnsOf(of)));
    case 'product':
      return unique(expression.factors.flatMap(columnsOf));
    case 'first':
      return unique(expression.options.flatMap(columnsOf));
  }
}

function unique(columns: readonly number[]): readonly number[] {
  return [...new Set(columns)];
}
