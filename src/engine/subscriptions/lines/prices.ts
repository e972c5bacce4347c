import { compare, type Fraction, minus } from '../../../base/fractions.ts';

/** The monthly values of the whole lines of a plan, as shorter lines of it are held against them. */
export class Prices {
  /** By plan and currency; the text of each value, so that none stands twice. */
  readonly #found = new Map<string, Map<string, Fraction>>();
  readonly #sorted = new Map<string, readonly Fraction[]>();

  add(plan: string, currency: string, value: Fraction): void {
    if (value.n <= 0n) return;
    const key = keyOf(plan, currency);
    const values = this.#found.get(key) ?? new Map<string, Fraction>();
    const text = textOf(value);
    if (values.has(text)) return;
    this.#found.set(key, values.set(text, value));
    this.#sorted.delete(key);
  }

  /** The one value that is not further from a value than so much; null where there are none or several. */
  near(plan: string, currency: string, value: Fraction, within: Fraction): Fraction | null {
    const values = this.#values(keyOf(plan, currency));
    const low = minus(value, within);
    let at = 0;
    for (let end = values.length; at < end; ) {
      const middle = (at + end) >> 1;
      if (compare(values[middle]!, low) < 0) at = middle + 1;
      else end = middle;
    }
    const isNear = (one: Fraction | undefined): boolean => one !== undefined && compare(minus(one, value), within) <= 0;
    return isNear(values[at]) && !isNear(values[at + 1]) ? values[at]! : null;
  }

  #values(key: string): readonly Fraction[] {
    const known = this.#sorted.get(key) ?? [...(this.#found.get(key)?.values() ?? [])].sort(compare);
    this.#sorted.set(key, known);
    return known;
  }
}

const keyOf = (plan: string, currency: string): string => `${currency} ${plan}`;

/** The same of equal fractions. */
function textOf({ n, d }: Fraction): string {
  let [a, b] = [n, d];
  while (b !== 0n) [a, b] = [b, a % b];
  return `${n / a}/${d / a}`;
}
