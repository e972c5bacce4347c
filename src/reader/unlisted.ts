import { type Day, isoOf } from '../base/calendar.ts';
import { ClvError, type Place } from '../base/errors.ts';
import { AMOUNT_SCALE, exactText, grouped } from '../base/money.ts';
import type { Rule } from './layouts/bind.ts';

interface Value {
  records: number;
  amount: bigint;
  readonly place: Place;
}

const SHOWN = 10;

/** Values that no rule knows, and currencies without a rate: gathered over all files, so that they are told together. */
export class Unlisted {
  readonly #values = new Map<string, Map<string, Value>>();
  readonly #rates = new Map<string, { first: Day; last: Day; records: number; place: Place }>();
  records = 0;

  add(rule: Rule, value: string, amount: bigint, place: () => Place, records = 1): void {
    this.records += records;
    const values = this.#values.get(rule.name) ?? new Map<string, Value>();
    this.#values.set(rule.name, values);
    const found = values.get(value);
    if (found) {
      found.records += records;
      found.amount += amount;
    } else values.set(value, { records, amount, place: place() });
  }

  rate(currency: string, day: Day, place: () => Place, records = 1): void {
    this.records += records;
    const found = this.#rates.get(currency);
    if (!found) this.#rates.set(currency, { first: day, last: day, records, place: place() });
    else {
      found.records += records;
      if (day < found.first) found.first = day;
      if (day > found.last) found.last = day;
    }
  }

  /** E286 for a column with values that nobody listed, E287 for a currency or a day without a rate. */
  get faults(): readonly ClvError[] {
    const values = [...this.#values].map(([column, found]) => {
      const [first, ...others] = [...found.values()];
      const records = others.reduce((sum, one) => sum + one.records, first!.records);
      const options = { where: `--where '${column}=…'` };
      return new ClvError('E286', { column, values: valuesInWords(found), records, ...options }, first!.place);
    });
    const rates = [...this.#rates].map(
      ([currency, { first, last, records, place }]) =>
        new ClvError(
          'E287',
          { currency: currency || '(blank)', first: isoOf(first), last: isoOf(last), records },
          place,
        ),
    );
    return [...values, ...rates];
  }
}

/** `"paid" (12 records, 1,203.40), …`: the values with most money first. */
export function valuesInWords(
  found: ReadonlyMap<string, { readonly records: number; readonly amount: bigint }>,
): string {
  const size = (units: bigint): bigint => (units < 0n ? -units : units);
  const sorted = [...found].sort(([a, x], [b, y]) => {
    const [first, second] = [size(x.amount), size(y.amount)];
    return first === second ? (a < b ? -1 : 1) : first > second ? -1 : 1;
  });
  const texts = sorted
    .slice(0, SHOWN)
    .map(
      ([value, { records, amount }]) =>
        `"${value}" (${records} ${records === 1 ? 'record' : 'records'}, ${moneyText(amount)})`,
    );
  return texts.join(', ') + (sorted.length > SHOWN ? ` and ${sorted.length - SHOWN} more` : '');
}

export function moneyText(units: bigint): string {
  return grouped(exactText(units, AMOUNT_SCALE, 2));
}
