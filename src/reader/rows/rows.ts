import type { Day } from '../../base/calendar.ts';
import { choicesOf } from '../../base/choices.ts';
import { ClvError, type Place, type ValuesOf } from '../../base/errors.ts';
import type { ErrorCode } from '../../base/messages.ts';
import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../../base/money.ts';
import type { Batch } from '../../data/transactions.ts';
import { type Amounts, currencyOf } from '../amounts/amounts.ts';
import { isFault, Money, type MoneyFault } from '../amounts/money.ts';
import { GIVEN_BACK_AT } from '../columns.ts';
import { type DateRemedies, dateValues } from '../dates/date-remedies.ts';
import type { DayReader, Days } from '../dates/dates.ts';
import type { Survey } from '../inspect/survey.ts';
import { Decisions, holds, type Reading, type Rule } from '../layouts/bind.ts';
import { columnsOf } from '../layouts/expression.ts';
import { listed } from '../layouts/value-list.ts';
import { placeOf, recordFrom, shown } from '../text/places.ts';
import type { Records } from '../text/records.ts';
import type { Accounts } from './accounts.ts';
import { filledColumn, firstFilled, joined } from './filled-cells.ts';
import { CustomerIds } from './ids.ts';
import type { Orders } from './orders.ts';
import type { Rejects } from './rejects.ts';
import { Totals } from './totals.ts';
import type { Unlisted } from './unlisted.ts';
import type { Watch } from './watch.ts';

/** How the values of a column are read, once it is known. */
export interface Formats {
  readonly date: DayReader;
  readonly amounts: Amounts;
  readonly mark: MarkSaid;
  readonly days: Days;
  readonly remedies: DateRemedies;
}

/** What is said of the decimal mark. */
export interface MarkSaid {
  /** An amount that could be read with the other mark too, as every amount of its column; null: it was given, or there is none. */
  readonly otherFits: string | null;
  /** Whether any amount groups, or has a comma. */
  readonly matters: boolean;
  /** E204, where what is no amount at all is to be told first. */
  readonly unsettled: ClvError | null;
}

/** What is known of the files before: lines of orders, repeats, what was left out and found. */
export interface Memory {
  readonly rejects: Rejects;
  readonly accounts: Accounts;
  readonly orders: Orders;
  /** Orders of which no line has said an amount so far, and the place of the first. */
  readonly openOrders: Map<string, Place>;
  readonly once: Orders;
  /** The lines of orders that stand once. */
  readonly lines: Orders;
  readonly unlisted: Unlisted;
  readonly watch: Watch;
  /** Where a file is inspected: it looks at every record, and the faults that end a reading are told to it instead. */
  readonly inspection?: { readonly survey: Survey; readonly onFault: (fault: ClvError) => void } | null;
  /** Is told of every transaction. */
  readonly accepted?: (transaction: Accepted) => void;
}

/** A transaction, and where it stands. Amount in units of 10^-4. */
export interface Accepted {
  readonly customer: string;
  readonly day: Day;
  readonly amount: bigint;
  place(): Place;
}

/** How the projected records of a file are to be read: all positions are those of the projected record. */
export interface Plan {
  readonly reading: Reading;
  /** GIVEN_BACK_AT stands for the key that is no column. */
  readonly keys: readonly number[];
  /** Of each currency beside the amounts the columns of which the first that is not blank tells it. */
  readonly currencies: readonly (readonly number[])[];
  /** The header's name of each projected column. */
  readonly names: readonly string[];
}

/** Records that are not handed over to the ledger, read one by one: rows into batches, the others into their accounts or the rejects. */
export class Rows {
  readonly totals = new Totals();
  readonly #reading: Reading;
  readonly #plan: Plan;
  readonly #formats: Formats;
  readonly #memory: Memory;
  readonly #file: number;
  readonly #ids: CustomerIds;
  readonly #money: Money;
  readonly #moneyColumns: readonly number[];
  /** The columns that two lines of an order must share beside the money: who, when, whether and how they count. */
  readonly #said: readonly number[];
  readonly #decisions: readonly Decisions[];
  #filled = '';
  #ended = false;
  #customers: string[] = [];
  #days: Day[] = [];
  #amounts: bigint[] = [];
  #keys: string[][];

  /** @param file its number among the files, from 0 */
  constructor(plan: Plan, formats: Formats, memory: Memory, file: number) {
    this.#plan = plan;
    this.#reading = plan.reading;
    this.#formats = formats;
    this.#memory = memory;
    this.#file = file;
    this.#ids = new CustomerIds(plan.reading);
    formats.amounts.mixed = plan.reading.onlyCurrency !== null || plan.reading.rates !== null;
    this.#money = new Money(plan.reading.amount, formats.amounts);
    this.#moneyColumns = columnsOf(plan.reading.amount);
    const { customer, date, rules, minus, zero } = plan.reading;
    const choosing = [...rules, ...minus.flat(), ...zero.flat()].map(({ column }) => column);
    this.#said = [...customer, ...date, ...choosing];
    this.#decisions = plan.reading.rules.map((rule) => new Decisions(rule));
    this.#keys = plan.keys.map(() => []);
  }

  /** Blank terms that counted as nothing, by column. */
  get blanks(): ReadonlyMap<number, number> {
    return this.#money.blanks;
  }

  /** Checks records from number `first` on. E205, E282, E283, E288. */
  add(records: Records, first: number): void {
    for (let i = first; i < records.rows.length; i++) this.#record(records, i);
  }

  #record(records: Records, i: number): void {
    const row = records.rows[i]!;
    const width = records.widths[i]!;
    if (width === 0) return;
    const { stop, fillDown, rules, date } = this.#reading;
    if (this.#ended) {
      if (width === records.fields && date.some((column) => row[column]!.trim() !== ''))
        this.#end(new ClvError('E282', {}, placeOf(records, i)));
      return;
    }
    if (stop?.values.has(row[stop.column]!)) {
      this.#ended = true;
      return;
    }
    if (width !== records.fields) {
      this.#reject(records, i, 'E233', { found: width, expected: records.fields });
      return;
    }
    if (fillDown !== null) {
      const text = row[fillDown]!.trim();
      if (text === '') row[fillDown] = this.#filled;
      else this.#filled = text;
    }
    if (!this.#isFirstLine(records, i, row)) return;
    this.#memory.inspection?.survey.see(row, this.#units(row));
    for (let r = 0; r < rules.length; r++) if (!this.#counts(records, i, row, rules[r]!, r)) return;
    if (this.#isRepeated(records, i, row) || this.#isOtherCurrency(records, i, row)) return;
    this.#transaction(records, i, row);
  }

  /** False for the lines of an order that another line carries, wherever that stands: they are counted apart. */
  #isFirstLine(records: Records, i: number, row: readonly string[]): boolean {
    const { order } = this.#reading;
    if (order === null) return true;
    const key = row[order.column]!.trim();
    if (key === '') return true;
    const blank = this.#moneyColumns.every((column) => row[column]!.trim() === '');
    const content = blank ? '' : this.#contentOf(row);
    const { orders, openOrders } = this.#memory;
    const found = orders.see(key, content, this.#file);
    if (found === 'completes') openOrders.delete(key);
    if (!blank && (found === 'first' || found === 'completes' || order.lines === 'parts')) return true;
    if (found === 'first' && !this.#isLeftOut(row)) openOrders.set(key, placeOf(records, i, order.column));
    if (found === 'differs' && !blank) {
      const column = this.#plan.names[order.column]!;
      this.#end(new ClvError('E283', { column, order: shown(key) }, placeOf(records, i, order.column)));
    }
    const again = !blank && found === 'again';
    this.#memory.accounts.add(again ? 'repeated' : 'continuation', again ? this.#units(row) : 0n, () =>
      placeOf(records, i),
    );
    return false;
  }

  /** Whether a rule says why a row does not count. */
  #isLeftOut(row: readonly string[]): boolean {
    return this.#decisions.some((one) => typeof one.of(row) === 'string');
  }

  /** What two lines of one order, or two records with one key, must share: who, when, how much, and what says whether they count. */
  #contentOf(row: readonly string[]): string {
    const { amounts } = this.#formats;
    let content = joined(row, this.#said);
    for (const column of this.#moneyColumns) content += `\0${amounts.keyOf(row[column]!.trim())}`;
    return content;
  }

  #counts(records: Records, i: number, row: readonly string[], rule: Rule, number: number): boolean {
    const decision = this.#decisions[number]!.of(row);
    if (decision === true) return true;
    const value = row[rule.column]!.trim();
    if (decision === null) {
      this.#memory.unlisted.add(rule, value, this.#units(row), () => placeOf(records, i, rule.column));
      return false;
    }
    const by = { column: rule.name, value: shown(value), reason: decision };
    this.#memory.accounts.add('left_out', this.#units(row), () => placeOf(records, i), by);
    return false;
  }

  #isRepeated(records: Records, i: number, row: readonly string[]): boolean {
    const { once, order } = this.#reading;
    if (once === null) return false;
    const key = row[once]!.trim();
    if (key === '') return false;
    // The lines of an order share its key: they are repeated in another file only.
    const parts = order?.column === once;
    const content = this.#contentOf(row);
    const found = this.#memory.once.see(key, parts ? '' : content, this.#file);
    const line = parts ? this.#memory.lines.see(`${key}\0${content}`, '', this.#file) : null;
    if (found === 'first' || (parts && found === 'next')) return false;
    if (found === 'differs' || line === 'first')
      this.#end(new ClvError('E288', { column: this.#plan.names[once]!, key: shown(key) }, placeOf(records, i, once)));
    this.#memory.accounts.add('repeated', this.#units(row), () => placeOf(records, i));
    return true;
  }

  #currencyOf(row: readonly string[]): string {
    return firstFilled(row, this.#reading.currency).toUpperCase();
  }

  #isOtherCurrency(records: Records, i: number, row: readonly string[]): boolean {
    const { currency, onlyCurrency } = this.#reading;
    if (onlyCurrency === null) return false;
    const code = this.#currencyOf(row);
    if (code === onlyCurrency) return false;
    const by = { column: this.#plan.names[currency[0]!]!, value: shown(code), reason: 'another currency' };
    this.#memory.accounts.add('left_out', this.#units(row), () => placeOf(records, i), by);
    return true;
  }

  #transaction(records: Records, i: number, row: readonly string[]): void {
    const { customer, date, guests, rates } = this.#reading;
    const { date: dates, days, remedies } = this.#formats;
    const id = this.#ids.of(row);
    if (id === '' && !guests) {
      this.#reject(records, i, 'E221', { column: this.#plan.names[customer[0]!]! }, customer[0]);
      return;
    }
    const from = filledColumn(row, date) ?? date[0]!;
    const dateText = row[from]!.trim();
    const day = dates.read(dateText, days);
    if (typeof day === 'string') {
      const name = this.#plan.names[from]!;
      if (dateText === '') {
        this.#reject(
          records,
          i,
          'E218',
          { where: choicesOf('--where', [`${name}!=`]), stop: choicesOf('--stop-at', [`${name}=`]) },
          from,
        );
        return;
      }
      if (dateText === name) {
        this.#reject(records, i, 'E219', { where: choicesOf('--where', [`${name}!=${listed([name])}`]) }, from);
        return;
      }
      this.#reject(records, i, day, dateValues(shown(dateText), dates, remedies), from);
      return;
    }
    const money = this.#amount(row);
    if (isFault(money)) {
      this.#refuse(records, i, money.code, money.text ?? row[money.column]!.trim(), money.column);
      return;
    }
    let units = money;
    if (rates !== null) {
      const code = this.#currencyOf(row);
      const converted = rates.convert(units, code, day);
      if (converted === null) {
        const [column] = this.#reading.currency;
        this.#memory.unlisted.rate(this.#plan.names[column!]!, code, day, () => placeOf(records, i, column));
        return;
      }
      units = converted;
    }
    if (id === '') {
      this.#memory.accounts.add('without_customer', units, () => placeOf(records, i));
      return;
    }
    if (this.#reading.minus.length > 0) this.#memory.watch.seeTaken(this.#isTakenAway(row), units, records, i);
    this.#memory.watch.see(row, units, records, i, this.#file);
    this.#memory.accepted?.({ customer: id, day, amount: units, place: () => placeOf(records, i) });
    this.#customers.push(id);
    this.#days.push(day);
    this.#amounts.push(units);
    const { keys } = this.#plan;
    for (let k = 0; k < keys.length; k++) {
      const column = keys[k]!;
      this.#keys[k]!.push(column === GIVEN_BACK_AT ? this.#givenBack(row, money) : row[column]!.trim());
    }
    this.totals.add(id, day, units);
  }

  /** What a row is worth, with its sign; a row that is worth nothing is read all the same. */
  #amount(row: readonly string[]): bigint | MoneyFault {
    const { zero } = this.#reading;
    const money = this.#money.of(row);
    if (isFault(money)) return money;
    if (zero.length > 0 && zero.some((one) => holds(one, row))) return 0n;
    return this.#isTakenAway(row) ? -money : money;
  }

  /** GIVEN_BACK: '1' of a row that is worth nothing since all of it was given back. */
  #givenBack(row: readonly string[], money: bigint): string {
    const { zero, refunded } = this.#reading;
    const isBack = (column: number): boolean => {
      const cell = this.#formats.amounts.exact(row[column]!.trim());
      return typeof cell !== 'string' && cell.units !== 0n;
    };
    return zero.some((one) => holds(one, row)) || (money === 0n && refunded.some(isBack)) ? '1' : '';
  }

  #isTakenAway(row: readonly string[]): boolean {
    const { minus } = this.#reading;
    return minus.length > 0 && minus.some((one) => holds(one, row));
  }

  /** The amount of a record that is left out, which may be in another currency: nothing where it cannot be read. */
  #units(row: readonly string[]): bigint {
    const { amounts } = this.#formats;
    const { mixed } = amounts;
    amounts.mixed = true;
    const money = this.#amount(row);
    amounts.mixed = mixed;
    return isFault(money) ? 0n : money;
  }

  get waiting(): number {
    return this.#customers.length;
  }

  /** The rows since the last call. */
  take(): Batch {
    const batch = {
      length: this.waiting,
      customers: this.#customers,
      days: this.#days,
      amounts: this.#amounts,
      keys: this.#keys,
    };
    this.#customers = [];
    this.#days = [];
    this.#amounts = [];
    this.#keys = this.#plan.keys.map(() => []);
    return batch;
  }

  #refuse(
    records: Records,
    i: number,
    code: 'E201' | 'E202' | 'E203' | 'E205' | 'E206',
    amountText: string,
    column: number,
  ): void {
    const { amounts } = this.#formats;
    const text = shown(amountText);
    if (code === 'E205') {
      const values = { first: amounts.currency ?? '', second: currencyOf(amountText) };
      this.#end(new ClvError(code, values, placeOf(records, i, column)));
      this.#reject(records, i, code, values, column);
      return;
    }
    const digits = code === 'E203' ? AMOUNT_INTEGER_DIGITS : AMOUNT_SCALE;
    this.#reject(records, i, code, { text, digits, mark: amounts.mark }, column);
  }

  /** A fault that ends the reading, unless the file is only inspected. */
  #end(fault: ClvError): void {
    const { inspection } = this.#memory;
    if (!inspection) throw fault;
    inspection.onFault(fault);
  }

  #reject<C extends ErrorCode>(records: Records, i: number, code: C, values: ValuesOf<C>, column?: number): void {
    const { window, ends } = records;
    const text = window.text(recordFrom(records, i), ends[i]!);
    this.#memory.rejects.add({ code, values, place: placeOf(records, i, column), text });
  }
}
