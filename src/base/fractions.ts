import { halfEvenQuotient } from './money.ts';

/** An exact number: n / d, d above zero; not reduced. */
export interface Fraction {
  readonly n: bigint;
  readonly d: bigint;
}

export function times(a: Fraction, b: Fraction): Fraction {
  return { n: a.n * b.n, d: a.d * b.d };
}

export function minus(a: Fraction, b: Fraction): Fraction {
  return a.d === b.d ? { n: a.n - b.n, d: a.d } : { n: a.n * b.d - b.n * a.d, d: a.d * b.d };
}

export function plus(a: Fraction, b: Fraction): Fraction {
  return minus(a, { n: -b.n, d: b.d });
}

/** The sign of a − b. */
export function compare(a: Fraction, b: Fraction): number {
  const { n } = minus(a, b);
  return n > 0n ? 1 : n < 0n ? -1 : 0;
}

/** In units of 10^-digits, half to even. */
export function unitsOf({ n, d }: Fraction, digits: number): bigint {
  return halfEvenQuotient(n * 10n ** BigInt(digits), d);
}
