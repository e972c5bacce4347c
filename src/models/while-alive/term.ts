import type { Matrix } from '../numeric/symmetric.ts';

/** The logarithm of one factor of a likelihood, with its derivatives in the parameters of that factor alone. */
export interface Term {
  readonly value: number;
  readonly gradient: readonly number[];
  readonly hessian: Matrix;
}
