import digamma from '@stdlib/math-base-special-digamma';
import gammaln from '@stdlib/math-base-special-gammaln';
import trigamma from '@stdlib/math-base-special-trigamma';

/** ln E[p^i (1 − p)^j] over customers and its derivatives in the parameters of p, the second ones as an upper triangle by rows. */
export interface Moments {
  log(i: number, j: number): number;
  slopes(i: number, j: number): readonly number[];
  bends(i: number, j: number): readonly number[];
}

/** Of p ~ Beta(a, b): ln B(a+i, b+j)/B(a, b), for whole i, j with i + j up to a limit. */
export class BetaMoments implements Moments {
  private readonly tables: readonly (readonly Float64Array[])[];

  constructor(a: number, b: number, most: number) {
    this.tables = [gammaln, digamma, trigamma].map((of) =>
      [a, b, a + b].map((from) => Float64Array.from({ length: most + 1 }, (_, k) => of(from + k) - of(from))),
    );
  }

  log(i: number, j: number): number {
    const [a, b, sum] = this.tables[0]!;
    return a![i]! + b![j]! - sum![i + j]!;
  }

  slopes(i: number, j: number): readonly number[] {
    const [a, b, sum] = this.tables[1]!;
    return [a![i]! - sum![i + j]!, b![j]! - sum![i + j]!];
  }

  bends(i: number, j: number): readonly number[] {
    const [a, b, sum] = this.tables[2]!;
    return [a![i]! - sum![i + j]!, -sum![i + j]!, b![j]! - sum![i + j]!];
  }
}

/** Of one p. */
export function oneMoments(p: number): Moments {
  const [yes, no] = [Math.log(p), Math.log1p(-p)];
  return {
    log: (i, j) => i * yes + j * no,
    slopes: (i, j) => [i / p - j / (1 - p)],
    bends: (i, j) => [-i / p ** 2 - j / (1 - p) ** 2],
  };
}

/** Of a p that is 1 for a share π of the customers and 0 for the others; what cannot be has no weight, and no slope. */
export function atOnceMoments(pi: number): Moments {
  const one = oneMoments(pi);
  const happened = (i: number, j: number): [number, number] => (j > 0 ? [0, 1] : [Math.min(i, 1), 0]);
  return {
    log: (i, j) => one.log(...happened(i, j)),
    slopes: (i, j) => one.slopes(...happened(i, j)),
    bends: (i, j) => one.bends(...happened(i, j)),
  };
}

/** Of a p that is 0: likewise. */
export const NEVER: Moments = { log: () => 0, slopes: () => [], bends: () => [] };
