/**
 * Customers who switch between brands (Rust, Lemon & Zeithaml 2004, "Return on Marketing"): A is the distribution of the
 * brand last bought, M the chance of going from one brand to another at a purchase, f purchases a year. Purchase t comes
 * after t/f years and is of brand j with probability [A M^t]_j; t = 0 is one that is made now.
 * Matrices have a row a brand last bought, each row a distribution.
 */
type Matrix = readonly (readonly number[])[];

/** Which purchases count, and what one is worth the later it comes. */
export interface PurchaseSpan {
  readonly from: 0 | 1;
  /** The last that counts; null: for life. */
  readonly last: number | null;
  /** (1+d)^(−1/f), below 1 for life. */
  readonly discountFactor: number;
}

/** Σ_t q^t [A M^t]_j: discounted purchases of each brand by a customer of the market. */
export function discountedPurchases(
  matrix: Matrix,
  mix: readonly number[],
  { from, last, discountFactor }: PurchaseSpan,
): readonly number[] {
  const terms = last === null ? termsOfLife(discountFactor) : last - from + 1;
  const first = from === 0 ? mix : moved(mix, matrix).map((share) => share * discountFactor);
  return terms < 1 ? mix.map(() => 0) : moved(first, powerSum(matrix, discountFactor, terms));
}

/** So many that what is left out is below the last digit of a double. */
function termsOfLife(discountFactor: number): number {
  return Math.max(1, Math.ceil((Math.log(1 - discountFactor) - 40) / Math.log(discountFactor)));
}

/** Σ_{t<terms} (qM)^t, by doubling the number of terms: S_2n = S_n + (qM)^n S_n. */
function powerSum(matrix: Matrix, q: number, terms: number): Matrix {
  const one = identity(matrix.length);
  let [sum, power, count] = [one, matrix, 1];
  for (const bit of terms.toString(2).slice(1)) {
    sum = plus(sum, times(power, sum), q ** count);
    power = distributions(times(power, power));
    count *= 2;
    if (bit === '0') continue;
    sum = plus(one, times(matrix, sum), q);
    power = distributions(times(power, matrix));
    count += 1;
  }
  return sum;
}

/** Squarings after which a chain that moves at all, however slowly a double can say, is at rest. */
const SQUARINGS = 64;

/**
 * Where each brand's last buyers end up, on average over time: row i is lim (1/n) Σ_{t<n} M^t from brand i. The rows are
 * equal, the stationary distribution, unless several groups of brands never lose customers to others. Standing still every
 * other time changes no average and ends every cycle.
 */
export function longRun(matrix: Matrix): Matrix {
  let power = matrix.map((row, i) => row.map((chance, j) => (chance + (i === j ? 1 : 0)) / 2));
  for (let i = 0; i < SQUARINGS; i++) power = distributions(times(power, power));
  return power;
}

/** Distance from which rows are different, and not the same one rounded. */
const DIFFERENT = 1e-9;

/** Whether the long run is the same whatever was bought last. */
export function hasOneSteadyState(limit: Matrix): boolean {
  return limit.every((row) => row.every((share, j) => Math.abs(share - limit[0]![j]!) < DIFFERENT));
}

/** The shares after a step: A M. */
export function moved(shares: readonly number[], matrix: Matrix): number[] {
  return shares.map((_, j) => matrix.reduce((sum, row, i) => sum + shares[i]! * row[j]!, 0));
}

function times(a: Matrix, b: Matrix): number[][] {
  return a.map((row) => moved(row, b));
}

/** a + q b. */
function plus(a: Matrix, b: Matrix, q: number): number[][] {
  return a.map((row, i) => row.map((value, j) => value + q * b[i]![j]!));
}

/** Rows that sum to 1 but for rounding, without it. */
function distributions(matrix: Matrix): number[][] {
  return matrix.map((row) => {
    const sum = row.reduce((total, value) => total + value, 0);
    return row.map((value) => value / sum);
  });
}

function identity(size: number): number[][] {
  return Array.from({ length: size }, (_, i) => Array.from({ length: size }, (_, j) => (i === j ? 1 : 0)));
}
