import { ClvError, type Place, type Warning } from '../base/errors.ts';
import type { Counted, OrderTotals, ValueRows } from '../base/remote-table.ts';
import type { Amounts } from './amounts.ts';
import type { Records } from './records.ts';
import { RecordHashes } from './repeats.ts';
import { placeOf, recordFrom, shown } from './rows.ts';
import { moneyText, valuesInWords } from './unlisted.ts';
import { isNoSale, isNothing } from './words.ts';

/** What a user can say "I know" of, by name. */
export const AS_IS = ['currency', 'status', 'refunds', 'price', 'ids', 'repeats'] as const;
export type AsIs = (typeof AS_IS)[number];

/** Columns of the projected record that nobody has described, and that may make the figures wrong. */
export interface WatchPlan {
  /** Of each currency the columns of which the first that is not blank tells it. */
  readonly currency: readonly (readonly number[])[];
  readonly status: readonly number[];
  readonly refunds: readonly number[];
  /** The quantity beside an amount that is called a price. */
  readonly quantity: number | null;
  /** The order whose total may stand on each of its lines. */
  readonly order: number | null;
  /** Names a transaction: equal records with the same one are the same one. */
  readonly key: number | null;
  /** Whether equal records in one file are lines of an order, so that only those of two files are the same. */
  readonly lines: boolean;
  /** Whether there are several files, so that equal records are looked for without a key too. */
  readonly several: boolean;
  /** The amount's own text, for remedies. */
  readonly amount: string;
  /** The columns of the amount. */
  readonly money: readonly number[];
}

export const NOTHING_WATCHED: WatchPlan = {
  currency: [],
  status: [],
  refunds: [],
  quantity: null,
  order: null,
  key: null,
  lines: false,
  several: false,
  amount: '',
  money: [],
};

/** True when a file has nothing to look at. */
export function watchesNothing(plan: WatchPlan): boolean {
  const { currency, status, refunds, quantity, order, key } = plan;
  return currency.length + status.length + refunds.length === 0 && quantity === null && order === null && key === null;
}

/** The columns that are looked at. */
export function watchedColumns({ currency, status, refunds, quantity, order, key }: WatchPlan): readonly number[] {
  const single = [quantity, order, key].filter((column) => column !== null);
  return [...currency.flat(), ...status, ...refunds, ...single];
}

/** The same plan over records that hold only some of the columns. */
export function watchMoved(plan: WatchPlan, at: (column: number) => number): WatchPlan {
  const one = (column: number | null): number | null => (column === null ? null : at(column));
  return {
    ...plan,
    currency: plan.currency.map((columns) => columns.map(at)),
    status: plan.status.map(at),
    refunds: plan.refunds.map(at),
    quantity: one(plan.quantity),
    order: one(plan.order),
    key: one(plan.key),
    money: plan.money.map(at),
  };
}

interface Seen {
  records: number;
  amount: bigint;
  readonly place: Place;
}

/** What `Watch` counts, by column: null or not there, there is none. */
export interface CountedElsewhere {
  readonly values: ReadonlyMap<number, readonly ValueRows[]>;
  readonly refunds: ReadonlyMap<number, Counted>;
  readonly quantities: Counted | null;
  readonly orders: OrderTotals | null;
  readonly repeats: Counted | null;
}

/** Distinct values of a column that are kept; of more, only those that matter. */
const MOST_VALUES = 500;

/** The lines of an order: their number, and whether all have the amount of the first. */
interface OrderLines {
  readonly first: string;
  lines: number;
  alike: boolean;
  amount: bigint;
}

/** Looks at the rows that count, so that nothing is added up that is no sum. */
export class Watch {
  readonly #plan: WatchPlan;
  readonly #names: readonly string[];
  readonly #amounts: Amounts;
  readonly #values: ReadonlyMap<number, Map<string, Seen>>;
  readonly #refunds = new Map<number, Seen>();
  readonly #orders = new Map<string, OrderLines>();
  #orderPlace: Place | null = null;
  #quantities: Seen | null = null;
  readonly #hashes: RecordHashes | null;
  #repeats: Seen | null = null;
  /** Of orders that were counted elsewhere. */
  #orderTotals: OrderTotals | null = null;

  /** @param amounts reads the cells of refund columns */
  constructor(plan: WatchPlan, names: readonly string[], amounts: Amounts) {
    this.#plan = plan;
    this.#names = names;
    this.#amounts = amounts;
    this.#values = new Map(
      [...plan.currency.map(([column]) => column!), ...plan.status].map((column) => [column, new Map()]),
    );
    this.#hashes = plan.key !== null || plan.several ? new RecordHashes() : null;
  }

  see(row: readonly string[], units: bigint, records: Records, i: number, file: number): void {
    const { currency, status, refunds, quantity, order } = this.#plan;
    for (const columns of currency) this.#currency(row, columns, units, records, i);
    for (const column of status) this.#value(column, row[column]!.trim(), units, records, i);
    for (const column of refunds) this.#refund(row, column, records, i);
    if (quantity !== null) this.#quantity(row[quantity]!.trim(), units, records, i);
    // A record that came before is one of its own, and no line of its order.
    if (this.#hashes !== null && this.#isRepeat(row, units, records, i, file)) return;
    if (order !== null) this.#order(row, order, units, records, i);
  }

  #currency(row: readonly string[], columns: readonly number[], units: bigint, records: Records, i: number): void {
    const column = columns.find((one) => row[one]!.trim() !== '');
    if (column !== undefined) this.#value(columns[0]!, row[column]!.trim().toUpperCase(), units, records, i);
  }

  #value(column: number, text: string, units: bigint, records: Records, i: number): void {
    const values = this.#values.get(column)!;
    const value = shown(text);
    const seen = values.get(value);
    if (seen) {
      seen.records++;
      seen.amount += units;
    } else if (values.size < MOST_VALUES || isNoSale(value))
      values.set(value, { records: 1, amount: units, place: placeOf(records, i, column) });
  }

  #refund(row: readonly string[], column: number, records: Records, i: number): void {
    const text = row[column]!.trim();
    if (isNothing(text)) return;
    const found = this.#amounts.read(text);
    const units = typeof found === 'bigint' ? found : 0n;
    const seen = this.#refunds.get(column);
    if (seen) {
      seen.records++;
      seen.amount += units;
    } else this.#refunds.set(column, { records: 1, amount: units, place: placeOf(records, i, column) });
  }

  #quantity(text: string, units: bigint, records: Records, i: number): void {
    if (text === '' || /^1([.,]0*)?$/.test(text)) return;
    if (this.#quantities) {
      this.#quantities.records++;
      this.#quantities.amount += units;
    } else this.#quantities = { records: 1, amount: units, place: placeOf(records, i, this.#plan.quantity!) };
  }

  #order(row: readonly string[], column: number, units: bigint, records: Records, i: number): void {
    const key = row[column]!.trim();
    if (key === '') return;
    const text = this.#plan.money.map((one) => row[one]!.trim()).join('\0');
    const lines = this.#orders.get(key);
    if (!lines) {
      this.#orders.set(key, { first: text, lines: 1, alike: true, amount: units });
      return;
    }
    lines.lines++;
    if (lines.first !== text) lines.alike = false;
    else this.#orderPlace ??= placeOf(records, i, column);
  }

  #isRepeat(row: readonly string[], units: bigint, records: Records, i: number, file: number): boolean {
    const { key, lines } = this.#plan;
    if (key !== null && row[key]!.trim() === '') return false;
    const { bytes, from, to } = records.window.bytes(recordFrom(records, i), records.ends[i]!);
    const before = this.#hashes!.add(bytes, from, to, file);
    if (before < 0 || (before === file && (key === null || lines))) return false;
    if (this.#repeats) {
      this.#repeats.records++;
      this.#repeats.amount += units;
    } else this.#repeats = { records: 1, amount: units, place: placeOf(records, i) };
    return true;
  }

  /** The same of rows that were counted elsewhere, all at one place. */
  take({ values, refunds, quantities, orders, repeats }: CountedElsewhere, place: Place): void {
    const seen = (counted: Counted | null): Seen | null => counted && { ...counted, place };
    for (const [column, found] of values)
      for (const { value, ...counted } of found) {
        const before = this.#values.get(column)!.get(shown(value));
        const [records, amount] = [before?.records ?? 0, before?.amount ?? 0n];
        const sum = { records: records + counted.records, amount: amount + counted.amount };
        this.#values.get(column)!.set(shown(value), { ...sum, place });
      }
    for (const [column, counted] of refunds) this.#refunds.set(column, seen(counted)!);
    this.#quantities = seen(quantities);
    this.#repeats = seen(repeats);
    this.#orderTotals = orders;
    this.#orderPlace = orders && place;
  }

  /** What would make the figures wrong, unless the user knows. E291–E295, E299. */
  faults(known: ReadonlySet<AsIs>): readonly ClvError[] {
    return [
      ...(known.has('currency') ? [] : this.#currencyFaults()),
      ...(known.has('status') ? [] : this.#statusFaults()),
      ...(known.has('refunds') ? [] : this.#refundFaults()),
      ...(known.has('price') ? [] : [...this.#priceFaults(), ...this.#orderFaults()]),
      ...(known.has('repeats') ? [] : this.#repeatFaults()),
    ];
  }

  /** W361: equal records in two files that have no key. */
  warnings(known: ReadonlySet<AsIs>): readonly Warning[] {
    if (known.has('repeats') || this.#plan.key !== null || this.#repeats === null) return [];
    const { records, amount, place } = this.#repeats;
    return [{ code: 'W361', values: { records, amount: moneyText(amount), file: place.file, line: place.line ?? 0 } }];
  }

  #currencyFaults(): readonly ClvError[] {
    return this.#plan.currency.flatMap(([column]) => {
      const values = this.#values.get(column!)!;
      if (values.size < 2) return [];
      const [first] = [...values].sort(([, a], [, b]) => b.records - a.records)[0]!;
      const name = this.#names[column!]!;
      const given = { column: name, count: values.size, values: valuesInWords(values), first };
      return [new ClvError('E291', given, [...values.values()][1]!.place)];
    });
  }

  #statusFaults(): readonly ClvError[] {
    return this.#plan.status.flatMap((column) => {
      const values = this.#values.get(column)!;
      const bad = new Map([...values].filter(([value]) => isNoSale(value)));
      if (bad.size === 0) return [];
      const name = this.#names[column]!;
      const good = [...values.keys()].filter((value) => !bad.has(value));
      const where = good.length > 0 ? `${name}=${listOf(good)}` : `${name}!=${listOf([...bad.keys()])}`;
      const given = {
        column: name,
        values: valuesInWords(bad),
        where: shellWord(where),
        minus: shellWord(`${name}=${listOf([...bad.keys()])}`),
      };
      return [new ClvError('E292', given, [...bad.values()][0]!.place)];
    });
  }

  #refundFaults(): readonly ClvError[] {
    return [...this.#refunds].map(([column, { records, amount, place }]) => {
      const name = this.#names[column]!;
      const expression = shellWord(`${this.#plan.amount} - ${name}`);
      const given = { column: name, records, money: moneyText(amount), expression, amount: this.#plan.amount };
      return new ClvError('E293', given, place);
    });
  }

  #priceFaults(): readonly ClvError[] {
    if (this.#quantities === null) return [];
    const { records, amount, place } = this.#quantities;
    const quantity = this.#names[this.#plan.quantity!]!;
    const expression = shellWord(`${quantity} * ${this.#plan.amount}`);
    const given = { column: this.#plan.amount, quantity, records, money: moneyText(amount), expression };
    return [new ClvError('E294', given, place)];
  }

  #orderFaults(): readonly ClvError[] {
    const totals = this.#orderTotals ?? this.#repeatedTotals();
    if (this.#orderPlace === null || totals === null) return [];
    const name = this.#names[this.#plan.order!]!;
    const { orders, records, once, counted } = totals;
    const money = { once: moneyText(once), counted: moneyText(counted) };
    const given = { column: this.#plan.amount, order: name, orders, records, ...money, option: shellWord(name) };
    return [new ClvError('E295', given, this.#orderPlace)];
  }

  /** Orders with several lines, all of which have the same amount on each line. */
  #repeatedTotals(): OrderTotals | null {
    const several = [...this.#orders.values()].filter(({ lines }) => lines > 1);
    if (several.length === 0 || several.some(({ alike }) => !alike)) return null;
    const records = several.reduce((sum, { lines }) => sum + lines, 0);
    const [once, counted] = several.reduce<[bigint, bigint]>(
      ([one, all], { amount, lines }) => [one + amount, all + amount * BigInt(lines)],
      [0n, 0n],
    );
    return { orders: several.length, records, once, counted };
  }

  #repeatFaults(): readonly ClvError[] {
    if (this.#repeats === null || this.#plan.key === null) return [];
    const { records, amount, place } = this.#repeats;
    const name = this.#names[this.#plan.key]!;
    return [new ClvError('E299', { column: name, records, money: moneyText(amount), option: shellWord(name) }, place)];
  }
}

/** Values as --where takes them. */
function listOf(values: readonly string[]): string {
  return values.map((value) => (/[,"]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');
}

function shellWord(text: string): string {
  return /^[\w.@%+:,/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
