import type { Place } from '../base/errors.ts';
import { isAmount } from './amounts/amounts.ts';
import type { MarkEvidence } from './amounts/marks.ts';
import type { Backslash } from './amounts/written-amount.ts';
import type { DayReader } from './dates/dates.ts';
import { Decisions, type Reading, rolePositions } from './layouts/bind.ts';
import { columnsOf } from './layouts/expression.ts';
import type { Proven } from './proven.ts';
import { firstFilled } from './rows/filled-cells.ts';
import { CustomerIds } from './rows/ids.ts';
import type { Plan } from './rows/rows.ts';
import { placeOf, shown } from './text/places.ts';
import { type DataLot, readData } from './text/read-records.ts';
import type { Projection } from './text/records.ts';

/** A cell that tells something, for a message. */
export interface Example {
  readonly text: string;
  readonly place: Place;
}

/** What looks at trimmed texts of a column; false for one that it cannot take for a value. */
export interface Evidence {
  see(text: string, example: () => Example): boolean;
}

/** The evidence that the dates of rows are shown to: those of rows that are rejected anyway may stand apart. */
export interface Dates {
  of(rejected: boolean): Evidence;
}

/** Shows the evidence every row that may count. */
export class RowEvidence {
  readonly #reading: Reading;
  readonly #currencies: readonly (readonly number[])[];
  readonly #dates: Dates | null;
  readonly #marks: MarkEvidence<Example> | null;
  readonly #money: readonly number[];
  readonly #ids: CustomerIds;
  readonly #decisions: readonly Decisions[];
  readonly #format: DayReader | null;

  /** @param format of the dates where it is given: rows with another tell nothing of the mark */
  constructor(
    { reading, currencies }: Plan,
    dates: Dates | null,
    marks: MarkEvidence<Example> | null,
    format: DayReader | null = null,
  ) {
    this.#format = format;
    this.#reading = reading;
    this.#currencies = currencies;
    this.#dates = dates;
    this.#marks = marks;
    this.#money = columnsOf(reading.amount);
    this.#ids = new CustomerIds(reading);
    this.#decisions = reading.rules.map((rule) => new Decisions(rule));
  }

  /** The positions of the columns that are looked at. */
  get columns(): ReadonlySet<number> {
    const { rules, unless, currency } = this.#reading;
    const ruled = rules.flatMap(({ column, when }) => [column, ...(when ?? []).map((one) => one.column)]);
    const asked = (unless?.when ?? []).map(({ column }) => column);
    const roles = Object.values(rolePositions(this.#reading)).flat();
    return new Set([...roles, ...asked, ...ruled, ...currency, ...this.#currencies.flat()]);
  }

  /** Whether a file has anything to tell. */
  asks({ canonical }: Proven): boolean {
    return (this.#dates !== null && !canonical.date) || (this.#marks !== null && !canonical.amount);
  }

  see({ source: { backslash = null }, canonical }: Proven, { records, first }: DataLot): void {
    const reading = this.#reading;
    const dates = canonical.date ? null : this.#dates;
    const marks = canonical.amount ? null : this.#marks;
    if (dates === null && marks === null) return;
    const ofMoney: Evidence = { see: (text, example) => marks!.see(text, example, backslash) };
    const whole = reading.fillDown === null && reading.order === null;
    for (let i = first; i < records.rows.length; i++) {
      const row = records.rows[i]!;
      if (records.widths[i] !== records.fields || !this.#mayCount(row)) continue;
      const place = (column: number): Place => placeOf(records, i, column);
      const somebody = !whole || isSomebody(row, reading, this.#ids);
      let dated = !whole || dates !== null || this.#isDated(row);
      if (dates) {
        const evidence = dates.of(!somebody || (whole && isNoAmount(row, reading, backslash)));
        let read = false;
        for (const column of reading.date) if (look(evidence, row, column, place)) read = true;
        dated = !whole || read;
      }
      if (marks === null || !somebody || !dated || isOtherCurrency(row, reading)) continue;
      for (const column of this.#money) look(ofMoney, row, column, place);
      for (const columns of this.#currencies) marks.seeCurrency(firstFilled(row, columns));
    }
  }

  /** Whether a row has a date, where its format is given. */
  #isDated(row: readonly string[]): boolean {
    const format = this.#format;
    return (
      format === null ||
      this.#reading.date.some((column) => typeof format.read(row[column]!.trim(), 'as written') !== 'string')
    );
  }

  /** Rows that a rule leaves out tell nothing of the others. */
  #mayCount(row: readonly string[]): boolean {
    return this.#decisions.every((one) => one.of(row) === true);
  }
}

/** Reads files that have anything to tell. */
export async function readFor(
  rows: RowEvidence,
  files: readonly Proven[],
  signal: AbortSignal | undefined,
): Promise<void> {
  const { columns } = rows;
  for (const file of files) {
    if (!rows.asks(file)) continue;
    const { source, delimiter, projection, skip, proof } = file;
    const of = { delimiter, projection: only(projection, columns), wellFormed: proof.wellFormed };
    for await (const lot of readData(source, skip, of, signal)) rows.see(file, lot);
  }
}

/** The columns of a projection, blank but for those that are looked at: texts of others are not made. */
function only({ columns, fields }: Projection, looked: ReadonlySet<number>): Projection {
  return { columns: columns.map((column, i) => (looked.has(i) ? column : -1)), fields };
}

/** No blank of ASCII is greater. */
const SPACE = 0x20;
const PLAIN_AMOUNT = /^-?\d+(?:[.,]\d+)?$/;

/** Whether a row has an id. */
function isSomebody(row: readonly string[], { customer, nobody, guests }: Reading, ids: CustomerIds): boolean {
  return guests || (!nobody && row[customer[0]!]!.charCodeAt(0) > SPACE) || ids.of(row) !== '';
}

/** Whether a row has an amount that is none under either mark. */
function isNoAmount(row: readonly string[], { amount }: Reading, backslash: Backslash): boolean {
  if (amount.kind !== 'column' || PLAIN_AMOUNT.test(row[amount.column]!)) return false;
  return !isAmount(row[amount.column]!.trim(), backslash);
}

/** The currency that the first of some columns names that is not blank; '' where none does. */
function isOtherCurrency(row: readonly string[], { onlyCurrency, currency }: Reading): boolean {
  return onlyCurrency !== null && firstFilled(row, currency).toUpperCase() !== onlyCurrency;
}

function look(evidence: Evidence, row: readonly string[], column: number, place: (column: number) => Place): boolean {
  const text = row[column]!.trim();
  return evidence.see(text, () => ({ text: shown(text), place: place(column) }));
}
