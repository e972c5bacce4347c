/** Small symmetric matrices, dense, as rows. Everything goes through the Cholesky factor, which tells definiteness. */
export type Matrix = number[][];

/** Lower factor L with L Lᵀ = matrix, or null if it is not (numerically) positive definite. */
export function cholesky(matrix: Matrix): Matrix | null {
  const n = matrix.length;
  const lower: Matrix = matrix.map(() => new Array<number>(n).fill(0));
  for (let i = 0; i < n; i++) {
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i]![j]!;
      for (let k = 0; k < j; k++) sum -= lower[i]![k]! * lower[j]![k]!;
      if (i !== j) lower[i]![j] = sum / lower[j]![j]!;
      else if (sum > 1e-14 * matrix[i]![i]!) lower[i]![i] = Math.sqrt(sum);
      else return null;
    }
  }
  return lower;
}

/** Solves L Lᵀ x = right. */
export function solve(lower: Matrix, right: readonly number[]): number[] {
  const n = lower.length;
  const x = [...right];
  for (let i = 0; i < n; i++) {
    for (let k = 0; k < i; k++) x[i]! -= lower[i]![k]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  for (let i = n - 1; i >= 0; i--) {
    for (let k = i + 1; k < n; k++) x[i]! -= lower[k]![i]! * x[k]!;
    x[i]! /= lower[i]![i]!;
  }
  return x;
}

export function inverse(lower: Matrix): Matrix {
  return lower.map((_, i) =>
    solve(
      lower,
      lower.map((_, j) => (i === j ? 1 : 0)),
    ),
  );
}
