import { type Day, isoOf } from '../../base/calendar.ts';
import { ClvError, type Place } from '../../base/errors.ts';
import { AMOUNT_SCALE, exactText, grouped } from '../../base/money.ts';
import { shellWord } from '../../base/shell.ts';
import type { Rule } from '../layouts/bind.ts';
import { listed } from '../layouts/value-list.ts';
import { shown } from '../text/places.ts';

interface Value {
  records: number;
  amount: bigint;
  readonly place: Place;
}

const SHOWN = 10;

/** Values that no rule knows, and currencies without a rate: gathered over all files, so that they are told together. */
export class Unlisted {
  readonly #values = new Map<Rule, Map<string, Value>>();
  readonly #rates = new Map<string, { column: string; first: Day; last: Day; records: number; place: Place }>();
  records = 0;

  add(rule: Rule, value: string, amount: bigint, place: () => Place, records = 1): void {
    this.records += records;
    const values = this.#values.get(rule) ?? new Map<string, Value>();
    this.#values.set(rule, values);
    const found = values.get(value);
    if (found) {
      found.records += records;
      found.amount += amount;
    } else values.set(value, { records, amount, place: place() });
  }

  rate(column: string, currency: string, day: Day, place: () => Place, records = 1): void {
    this.records += records;
    const found = this.#rates.get(currency);
    if (!found) this.#rates.set(currency, { column, first: day, last: day, records, place: place() });
    else {
      found.records += records;
      if (day < found.first) found.first = day;
      if (day > found.last) found.last = day;
    }
  }

  /** E286 for a column with values that nobody listed, E287 for a currency or a day without a rate. */
  get faults(): readonly ClvError[] {
    const values = [...this.#values].map(([rule, found]) => {
      const [first] = [...found.values()];
      const given = { column: rule.name, values: valuesInWords(found), options: choices(rule, [...found.keys()]) };
      return new ClvError('E286', given, first!.place);
    });
    const rates = [...this.#rates].map(([currency, { column, first, last, records, place }]) => {
      const where = shellWord(`${column}!=${listed([currency])}`);
      const given = { currency: currency || '(blank)', first: isoOf(first), last: isoOf(last), records, where };
      return new ClvError('E287', given, place);
    });
    return [...values, ...rates];
  }
}

/** Longer options are not printed whole. */
const PRINTED = 400;

/** What to paste for values that no rule knows: whether they count is for the user to say. */
function choices({ name, when, count }: Rule, values: readonly string[]): string {
  const without = shellWord(`${name}=${count.written.join(',')}`);
  const all = shellWord(`${name}=${[...count.written, listed(values)].join(',')}`);
  if (when !== null || count.written.length === 0 || all.length > PRINTED)
    return `say which rows count: --where ${shellWord(`${name}=…`)} (all values that do)`;
  return `if rows with them count: --where ${all}; if not: --where ${without}`;
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
        `"${shown(value)}" (${records} ${records === 1 ? 'record' : 'records'}, ${moneyText(amount)})`,
    );
  return texts.join(', ') + (sorted.length > SHOWN ? ` and ${sorted.length - SHOWN} more` : '');
}

export function moneyText(units: bigint): string {
  return grouped(exactText(units, AMOUNT_SCALE, 2));
}
