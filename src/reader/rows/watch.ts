import { ClvError, type Place, type Warning } from '../../base/errors.ts';
import { shellWord } from '../../base/shell.ts';
import type { Counted, OrderTotals, ValueRows } from '../../data/remote-table.ts';
import type { Amounts } from '../amounts/amounts.ts';
import { plainName } from '../columns.ts';
import { listed, type ValueList } from '../layouts/value-list.ts';
import type { RecordHashes } from '../plain/repeats.ts';
import { placeOf, recordFrom, shown } from '../text/places.ts';
import type { Records } from '../text/records.ts';
import { filledColumn } from './filled-cells.ts';
import { moneyText, valuesInWords } from './unlisted.ts';
import { isFilledFlag, isGivenBack, isNoSale, isNothing } from './words.ts';

/** What a user can say "I know" of, by name. */
export const AS_IS = ['currency', 'status', 'refunds', 'price', 'ids', 'repeats', 'empty'] as const;
export type AsIs = (typeof AS_IS)[number];

/** Columns of the projected record that nobody has described, and that may make the figures wrong. */
export interface WatchPlan {
  /** Of each currency the columns of which the first that is not blank tells it. */
  readonly currency: readonly (readonly number[])[];
  readonly status: readonly number[];
  readonly refunds: readonly number[];
  /** By column, the values that options make worth nothing or take away: nobody needs to be told of them. */
  readonly told: ReadonlyMap<number, readonly ValueList[]>;
  /** The quantity beside an amount that is called a price. */
  readonly quantity: number | null;
  /** The quantity beside an amount of the whole row: what was returned. */
  readonly returns: number | null;
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
  told: new Map(),
  quantity: null,
  returns: null,
  order: null,
  key: null,
  lines: false,
  several: false,
  amount: '',
  money: [],
};

/** True when a file has nothing to look at. */
export function watchesNothing(plan: WatchPlan): boolean {
  const { currency, status, refunds } = plan;
  return currency.length + status.length + refunds.length === 0 && singles(plan).length === 0;
}

/** Whether equal records are looked for. */
export function seeksRepeats({ key, several }: WatchPlan): boolean {
  return key !== null || several;
}

/** The columns that are looked at. */
export function watchedColumns(plan: WatchPlan): readonly number[] {
  return [...plan.currency.flat(), ...plan.status, ...plan.refunds, ...singles(plan)];
}

function singles({ quantity, returns, order, key }: WatchPlan): readonly number[] {
  return [quantity, returns, order, key].filter((column) => column !== null);
}

/** The plan of what is watched over records that hold only some of the columns. */
export function watchMoved(plan: WatchPlan, at: (column: number) => number): WatchPlan {
  const one = (column: number | null): number | null => (column === null ? null : at(column));
  return {
    ...plan,
    currency: plan.currency.map((columns) => columns.map(at)),
    status: plan.status.map(at),
    refunds: plan.refunds.map(at),
    told: new Map([...plan.told].map(([column, lists]) => [at(column), lists])),
    quantity: one(plan.quantity),
    returns: one(plan.returns),
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

/** Records with a value of a column, and how many of them are below zero. */
interface SeenValue extends Seen {
  below: number;
}

/** Cells of a refund column: the signs by which their money comes off, and those that are no money. */
interface Refunds extends Seen {
  readonly signs: Set<string>;
  readonly words: Set<string>;
}

/** Of more words than these, all that are not blank are meant. */
const MOST_WORDS = 6;
/** Longer options are not printed whole: those that name what does not count are shorter. */
const PRINTED = 300;

/** What `Watch` counts of rows that are elsewhere, by column; null: there is none. */
export interface CountedElsewhere {
  readonly values: ReadonlyMap<number, readonly ValueRows[]>;
  /** Cells of refund columns, by their texts. */
  readonly refundTexts: ReadonlyMap<number, readonly ValueRows[]>;
  /** Cells of refund columns that are numbers: above and below zero. */
  readonly refunds: ReadonlyMap<number, { readonly above: Counted; readonly below: Counted }>;
  readonly quantities: Counted | null;
  readonly returns: Counted | null;
  readonly orders: OrderTotals | null;
  readonly repeats: Counted | null;
}

/** What stands for the times of a column that says when a sale ended. */
const FILLED = '(filled)';

/** Distinct values of a column that are kept; of more, only those that matter. */
const MOST_VALUES = 500;

/** The lines of an order: the amount of the first, their number, and whether all have that amount. */
interface OrderLines {
  readonly amount: bigint;
  lines: number;
  alike: boolean;
}

/** Looks at the rows that count, so that nothing is added up that is no sum. */
export class Watch {
  readonly #plan: WatchPlan;
  readonly #names: readonly string[];
  readonly #amounts: Amounts;
  readonly #values: ReadonlyMap<number, Map<string, SeenValue>>;
  readonly #refunds = new Map<number, Refunds>();
  /** Refund columns that say in words or figures that nothing was given back. */
  readonly #nothings = new Set<number>();
  readonly #orders = new Map<string, OrderLines>();
  #orderPlace: Place | null = null;
  #quantities: Seen | null = null;
  #returns: Seen | null = null;
  /** Rows that are taken away though they are below zero, and whether any row is not: taking all away turns the signs. */
  #addedBack: Seen | null = null;
  #keepsAny = false;
  /** Status columns whose filled cells are alike, whatever time they tell. */
  readonly #filled: ReadonlySet<number>;
  readonly #hashes: RecordHashes | null;
  #repeats: Seen | null = null;
  /** Of orders that were counted elsewhere. */
  #orderTotals: OrderTotals | null = null;

  /**
   * @param amounts reads the cells of refund columns
   * @param hashes of the records of the plain files, where equal records are looked for
   */
  constructor(plan: WatchPlan, names: readonly string[], amounts: Amounts, hashes: RecordHashes | null) {
    this.#plan = plan;
    this.#names = names;
    this.#amounts = amounts;
    this.#values = new Map(
      [...plan.currency.map(([column]) => column!), ...plan.status].map((column) => [column, new Map()]),
    );
    this.#filled = new Set(plan.status.filter((column) => isFilledFlag(plainName(names[column]!))));
    this.#hashes = hashes;
  }

  /** Records of a plain file that stand in files before it. */
  addRepeats({ records, amount }: { readonly records: number; readonly amount: bigint }, place: Place): void {
    this.#repeats = added(this.#repeats, records, amount, () => place);
  }

  see(row: readonly string[], units: bigint, records: Records, i: number, file: number): void {
    const { currency, status, refunds, quantity, returns, order } = this.#plan;
    for (const columns of currency) this.#currency(row, columns, units, records, i);
    for (const column of status) {
      const text = row[column]!.trim();
      const filled = text !== '' && this.#filled.has(column) && !this.#isTold(column, text);
      this.#value(column, filled ? FILLED : text, units, records, i);
    }
    for (const column of refunds) this.#refund(row, column, records, i);
    if (quantity !== null) this.#quantity(row[quantity]!.trim(), units, records, i);
    if (returns !== null && units > 0n && /^-.*[1-9]/.test(row[returns]!.trim())) this.#return(units, records, i);
    // A record that came before is one of its own, and no line of its order.
    if (this.#hashes !== null && this.#isRepeat(row, units, records, i, file)) return;
    if (order !== null) this.#order(row, order, units, records, i);
  }

  #currency(row: readonly string[], columns: readonly number[], units: bigint, records: Records, i: number): void {
    const column = filledColumn(row, columns);
    if (column !== undefined) this.#value(columns[0]!, row[column]!.trim().toUpperCase(), units, records, i);
  }

  #value(column: number, text: string, units: bigint, records: Records, i: number): void {
    const values = this.#values.get(column)!;
    const below = units < 0n ? 1 : 0;
    const seen = values.get(text);
    if (seen) {
      seen.records++;
      seen.amount += units;
      seen.below += below;
    } else if (values.size < MOST_VALUES || isNoSale(text, this.#names[column]))
      values.set(text, { records: 1, amount: units, below, place: placeOf(records, i, column) });
  }

  #isTold(column: number, text: string): boolean {
    return this.#plan.told.get(column)?.some((values) => values.has(text)) === true;
  }

  #refund(row: readonly string[], column: number, records: Records, i: number): void {
    this.#refundText(column, row[column]!.trim(), 1, () => placeOf(records, i, column));
  }

  #refundText(column: number, text: string, times: number, place: () => Place): void {
    if (text !== '' && isNothing(text)) this.#nothings.add(column);
    if (isNothing(text) || this.#isTold(column, text)) return;
    const found = this.#amounts.read(text);
    const units = typeof found === 'bigint' ? found : 0n;
    if (found === 0n) return;
    const seen = this.#refunds.get(column) ?? {
      records: 0,
      amount: 0n,
      place: place(),
      signs: new Set<string>(),
      words: new Set<string>(),
    };
    this.#refunds.set(column, seen);
    seen.records += times;
    seen.amount += units * BigInt(times);
    seen.signs.add(typeof found !== 'bigint' ? 'word' : found < 0n ? '+' : '-');
    if (typeof found !== 'bigint' && seen.words.size <= MOST_WORDS) seen.words.add(shown(text));
  }

  #quantity(text: string, units: bigint, records: Records, i: number): void {
    if (text === '' || /^1([.,]0*)?$/.test(text)) return;
    this.#quantities = added(this.#quantities, 1, units, () => placeOf(records, i, this.#plan.quantity!));
  }

  #return(units: bigint, records: Records, i: number): void {
    this.#returns = added(this.#returns, 1, units, () => placeOf(records, i, this.#plan.returns!));
  }

  /** A row that is taken away or not. @param units with the sign that it has then */
  seeTaken(isTaken: boolean, units: bigint, records: Records, i: number): void {
    if (!isTaken) this.#keepsAny = true;
    else if (units > 0n) this.#addedBack = added(this.#addedBack, 1, units, () => placeOf(records, i));
  }

  #order(row: readonly string[], column: number, units: bigint, records: Records, i: number): void {
    const key = row[column]!.trim();
    if (key === '') return;
    const lines = this.#orders.get(key);
    if (!lines) {
      this.#orders.set(key, { amount: units, lines: 1, alike: true });
      return;
    }
    lines.lines++;
    if (lines.amount !== units) lines.alike = false;
    else this.#orderPlace ??= placeOf(records, i, column);
  }

  #isRepeat(row: readonly string[], units: bigint, records: Records, i: number, file: number): boolean {
    const { key, lines } = this.#plan;
    if (key !== null && row[key]!.trim() === '') return false;
    const { bytes, from, to } = records.window.bytes(recordFrom(records, i), records.ends[i]!);
    const before = this.#hashes!.add(bytes, [from, to], records.delimiter.charCodeAt(0), file);
    if (before < 0 || (before === file && (key === null || lines))) return false;
    this.#repeats = added(this.#repeats, 1, units, () => placeOf(records, i));
    return true;
  }

  /** Takes in what was seen of rows that were counted elsewhere, all at one place. */
  take(counted: CountedElsewhere, place: Place): void {
    const seen = (found: Counted | null): Seen | null => found && { ...found, place };
    for (const [column, found] of counted.values) this.#takeValues(column, found, place);
    for (const [column, found] of counted.refundTexts)
      for (const { value, records } of found) this.#refundText(column, value, records, () => place);
    for (const [column, { above, below }] of counted.refunds) {
      const [records, amount] = [above.records + below.records, above.amount + below.amount];
      const signs = new Set([...(above.records > 0 ? ['-'] : []), ...(below.records > 0 ? ['+'] : [])]);
      if (records > 0) this.#refunds.set(column, { records, amount, place, signs, words: new Set() });
    }
    this.#quantities = seen(counted.quantities);
    this.#returns = seen(counted.returns);
    this.#repeats = seen(counted.repeats);
    this.#orderTotals = counted.orders;
    this.#orderPlace = counted.orders && place;
  }

  #takeValues(column: number, found: readonly ValueRows[], place: Place): void {
    const values = this.#values.get(column)!;
    for (const { value, records, amount } of found) {
      const before = values.get(value) ?? { records: 0, amount: 0n, below: 0 };
      const below = before.below + (amount < 0n ? records : 0);
      values.set(value, { records: before.records + records, amount: before.amount + amount, below, place });
    }
  }

  /** What would make the figures wrong, unless the user knows. E220, E290–E295, E299. */
  faults(known: ReadonlySet<AsIs>): readonly ClvError[] {
    return [
      ...(known.has('currency') ? [] : this.#currencyFaults()),
      ...(known.has('status') ? [] : this.#statusFaults()),
      ...(known.has('refunds') ? [] : [...this.#refundFaults(), ...this.#addedFaults()]),
      ...(known.has('price') ? [] : [...this.#priceFaults(), ...this.#returnFaults(), ...this.#orderFaults()]),
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
      const given = { column: name, count: values.size, values: valuesInWords(values), option: shellWord(first) };
      return [new ClvError('E291', given, [...values.values()][1]!.place)];
    });
  }

  #statusFaults(): readonly ClvError[] {
    return this.#plan.status.flatMap((column) => {
      const values = this.#values.get(column)!;
      const name = this.#names[column]!;
      const bad = new Map([...values].filter(([value]) => isNoSale(value, name) && !this.#isTold(column, value)));
      if (bad.size === 0) return [];
      const good = [...new Map([...values.keys()].map((value) => [value.toLowerCase(), value])).values()].filter(
        (value) => !isNoSale(value, name) || this.#isTold(column, value),
      );
      const given = { column: name, values: valuesInWords(bad), options: statusChoices(name, good, bad) };
      return [new ClvError('E292', given, [...bad.values()][0]!.place)];
    });
  }

  #refundFaults(): readonly ClvError[] {
    return [...this.#refunds].map(([column, found]) => {
      const name = this.#names[column]!;
      const { records, amount, place } = found;
      const options = refundChoices(this.#plan.amount, name, found, this.#nothings.has(column));
      const money = found.words.size > 0 ? [...found.words].map((word) => `"${word}"`).join(', ') : moneyText(amount);
      return new ClvError('E293', { column: name, records, money, options, amount: this.#plan.amount }, place);
    });
  }

  #addedFaults(): readonly ClvError[] {
    if (this.#addedBack === null || !this.#keepsAny) return [];
    const { records, amount, place } = this.#addedBack;
    return [new ClvError('E220', { records, money: moneyText(amount) }, place)];
  }

  #priceFaults(): readonly ClvError[] {
    if (this.#quantities === null) return [];
    const { records, amount, place } = this.#quantities;
    const quantity = this.#names[this.#plan.quantity!]!;
    const expression = shellWord(`${quantity} * ${this.#plan.amount}`);
    const given = { column: this.#plan.amount, quantity, records, money: moneyText(amount), expression };
    return [new ClvError('E294', given, place)];
  }

  #returnFaults(): readonly ClvError[] {
    if (this.#returns === null) return [];
    const { records, amount, place } = this.#returns;
    const quantity = this.#names[this.#plan.returns!]!;
    const given = { quantity, column: this.#plan.amount, records, money: moneyText(amount) };
    return [new ClvError('E290', { ...given, option: shellWord(`${quantity}=-*`) }, place)];
  }

  #orderFaults(): readonly ClvError[] {
    const totals = this.#orderTotals ?? this.#repeatedTotals();
    if (this.#orderPlace === null || totals.orders * 2 < totals.all) return [];
    const name = this.#names[this.#plan.order!]!;
    const { orders, all, records, once, counted } = totals;
    const given = { column: this.#plan.amount, order: name, orders, all, records, option: shellWord(name) };
    const money = { once: moneyText(once), counted: moneyText(counted) };
    return [new ClvError('E295', { ...given, ...money }, this.#orderPlace)];
  }

  /** Orders with several lines, at least half of which have the same amount on each line. */
  #repeatedTotals(): OrderTotals {
    const all = [...this.#orders.values()].filter(({ lines }) => lines > 1);
    const several = all.filter(({ alike }) => alike);
    const records = several.reduce((sum, { lines }) => sum + lines, 0);
    const [once, counted] = several.reduce<[bigint, bigint]>(
      ([one, all], { amount, lines }) => [one + amount, all + amount * BigInt(lines)],
      [0n, 0n],
    );
    return { orders: several.length, all: all.length, records, once, counted };
  }

  #repeatFaults(): readonly ClvError[] {
    if (this.#repeats === null || this.#plan.key === null) return [];
    const { records, amount, place } = this.#repeats;
    const name = this.#names[this.#plan.key]!;
    return [new ClvError('E299', { column: name, records, money: moneyText(amount), option: shellWord(name) }, place)];
  }
}

/** The records seen with further ones, in place: the first tells where. */
function added(seen: Seen | null, records: number, amount: bigint, place: () => Place): Seen {
  if (seen === null) return { records, amount, place: place() };
  seen.records += records;
  seen.amount += amount;
  return seen;
}

/** What to paste where a status says that rows are no sales: refunds may be rows of their own, or sales that were given back. */
function statusChoices(name: string, good: readonly string[], bad: ReadonlyMap<string, SeenValue>): string {
  const back = [...bad.keys()].filter(isGivenBack);
  const others = [...bad.keys()].filter((value) => !back.includes(value));
  const option = (option: string, values: readonly string[]): string =>
    `${option} ${shellWord(`${name}=${listed(values)}`)}`;
  const choose = (values: readonly string[], not: readonly string[]): string => {
    const chosen = option('--where', values);
    return values.length > 0 && chosen.length < PRINTED ? chosen : `--where ${shellWord(`${name}!=${listed(not)}`)}`;
  };
  const kept = others.length === 0 ? '' : `${choose([...good, ...back], others)} `;
  const unsigned = back.filter((value) => bad.get(value)!.below === 0);
  const mixed = back.filter((value) => bad.get(value)!.below > 0 && bad.get(value)!.below < bad.get(value)!.records);
  const all = unsigned.length < back.length ? 'count all, with refunds whose amounts have a minus' : 'count all';
  if (mixed.length > 0)
    return `choose the rows that count: ${choose(good, [...bad.keys()])}; or correct the signs of ${mixed.map((value) => `"${shown(value)}"`).join(', ')}, some of which are below zero and some above; or ${all}: --as-is status`;
  return [
    `choose the rows that count: ${choose(good, [...bad.keys()])}`,
    ...(unsigned.length === 0
      ? []
      : [
          `keep sales that were given back, as worth nothing: ${kept}${option('--zero', unsigned)}`,
          `take away refunds that are rows of their own: ${kept}${option('--minus', unsigned)}`,
        ]),
    kept !== '' && unsigned.length < back.length ? `${all}: ${kept.trim()}` : `${all}: --as-is status`,
  ].join('; or ');
}

/** What to paste where a refund column is not used: money comes off by its sign, a word or a date says which sales were given back. */
function refundChoices(amount: string, name: string, { signs, words }: Refunds, nothing: boolean): string {
  const known = 'if the amount is net of it already: --as-is refunds';
  if (words.size > 0) {
    const all = !nothing && (words.size > MOST_WORDS || [...words].some((word) => /\d/.test(word)));
    const option = shellWord(`${name}=${all ? '*' : listed([...words])}`);
    return `if these sales were given back whole, keep them as worth nothing: --zero ${option}; or ${known}`;
  }
  const [sign, other] = [...signs];
  const expression = (mark: string): string => `--amount ${shellWord(`${amount} ${mark} ${name}`)}`;
  if (other === undefined) return `take it off: ${expression(sign!)}; or ${known}`;
  return `it has both signs: take off what is above zero with ${expression('-')}, what is below with ${expression('+')}, and correct the others; or ${known}`;
}
