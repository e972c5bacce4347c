import type { Day } from '../base/calendar.ts';
import { ClvError, type Values } from '../base/errors.ts';
import type { MessageCode } from '../base/messages.ts';
import { AMOUNT_INTEGER_DIGITS, AMOUNT_SCALE } from '../base/money.ts';
import type { Batch } from '../base/transactions.ts';
import { type Amounts, currencyOf } from './amounts.ts';
import { type DateRemedies, dateValues } from './date-remedies.ts';
import type { DateFormat, Days } from './dates.ts';
import type { Shape } from './plain-scan.ts';
import type { Records } from './records.ts';
import type { Rejects } from './rejects.ts';
import { Totals } from './totals.ts';

/** How the values of a column are read, once it is known. */
export interface Formats {
  readonly date: DateFormat;
  readonly amounts: Amounts;
  readonly days: Days;
  readonly remedies: DateRemedies;
}

/** Longest text that a message repeats. */
const SHOWN = 60;

/** Records of a file that is not plain, checked one by one: rows into batches, the others to the rejects. */
export class Rows {
  readonly totals = new Totals();
  readonly #shape: Shape;
  readonly #formats: Formats;
  readonly #rejects: Rejects;
  #customers: string[] = [];
  #days: Day[] = [];
  #amounts: bigint[] = [];
  #keys: string[][];

  constructor(shape: Shape, formats: Formats, rejects: Rejects) {
    this.#shape = shape;
    this.#formats = formats;
    this.#rejects = rejects;
    this.#keys = shape.keys.map(() => []);
  }

  /** Checks records; `first` is 1 to pass over the header. E205. */
  add(records: Records, first: number): void {
    const { customer, date, amount, fields, keys } = this.#shape;
    const { amounts, date: dates, days, remedies } = this.#formats;
    for (let i = first; i < records.rows.length; i++) {
      const row = records.rows[i]!;
      if (row.length !== fields) {
        this.#reject(records, i, 'E233', { found: row.length, expected: fields });
        continue;
      }
      const id = row[customer]!.trim();
      if (id === '') {
        this.#reject(records, i, 'E221', {}, customer);
        continue;
      }
      const dateText = row[date]!.trim();
      const day = dates.read(dateText, days);
      if (typeof day === 'string') {
        this.#reject(records, i, day, dateValues(shown(dateText), dates, remedies), date);
        continue;
      }
      const amountText = row[amount]!.trim();
      const units = amounts.read(amountText);
      if (typeof units === 'string') {
        this.#refuse(records, i, units, amountText);
        continue;
      }
      this.#customers.push(id);
      this.#days.push(day);
      this.#amounts.push(units);
      for (let k = 0; k < keys.length; k++) this.#keys[k]!.push(row[keys[k]!]!.trim());
      this.totals.add(id, day, units);
    }
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
    this.#keys = this.#shape.keys.map(() => []);
    return batch;
  }

  #refuse(records: Records, i: number, code: 'E201' | 'E202' | 'E203' | 'E205' | 'E206', amountText: string): void {
    const { amounts } = this.#formats;
    const column = this.#shape.amount;
    const text = shown(amountText);
    if (code === 'E205') {
      const values = { first: amounts.currency ?? '', second: currencyOf(amountText) };
      throw new ClvError(code, values, placeOf(records, i, column));
    }
    const digits = code === 'E203' ? AMOUNT_INTEGER_DIGITS : AMOUNT_SCALE;
    this.#reject(records, i, code, { text, digits, mark: amounts.mark }, column);
  }

  #reject(records: Records, i: number, code: MessageCode, values: Values, column?: number): void {
    const { window, ends } = records;
    const text = window.text(recordFrom(records, i), ends[i]!);
    this.#rejects.add({ code, values, place: placeOf(records, i, column), text });
  }
}

function recordFrom({ start, ends }: Records, i: number): number {
  return i === 0 ? start : ends[i - 1]!;
}

/** The place of a field, or of the record. */
export function placeOf(records: Records, i: number, column?: number) {
  const { window, delimiter } = records;
  const from = recordFrom(records, i);
  return window.place(column === undefined ? window.recordStart(from) : window.fieldStart(from, column, delimiter));
}

export function shown(text: string): string {
  return text.length > SHOWN ? `${text.slice(0, SHOWN)}…` : text;
}
