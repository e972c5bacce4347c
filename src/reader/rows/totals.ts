import type { Day } from '../../base/calendar.ts';
import type { ControlTotals } from '../../data/transactions.ts';

export const NO_TOTALS: ControlTotals = {
  records: 0,
  amount: 0n,
  days: 0n,
  idBytes: 0n,
  firstDay: null,
  lastDay: null,
};

/** The totals of two sets of records together. */
export function addTotals(a: ControlTotals, b: ControlTotals): ControlTotals {
  return {
    records: a.records + b.records,
    amount: a.amount + b.amount,
    days: a.days + b.days,
    idBytes: a.idBytes + b.idBytes,
    firstDay: chosen(Math.min, a.firstDay, b.firstDay),
    lastDay: chosen(Math.max, a.lastDay, b.lastDay),
  };
}

function chosen(pick: (a: Day, b: Day) => Day, a: Day | null, b: Day | null): Day | null {
  return a === null || b === null ? (a ?? b) : pick(a, b);
}

/**
 * Control totals taken record by record. Day numbers and bytes are summed in doubles: whole numbers below 10^7, so exact
 * for any file that fits a disk. Amounts are BigInt.
 */
export class Totals {
  #records = 0;
  #amount = 0n;
  #days = 0;
  #idBytes = 0;
  #first = Number.POSITIVE_INFINITY;
  #last = Number.NEGATIVE_INFINITY;

  add(customer: string, day: Day, amount: bigint): void {
    this.#records++;
    this.#amount += amount;
    this.#days += day;
    this.#idBytes += Buffer.byteLength(customer);
    if (day < this.#first) this.#first = day;
    if (day > this.#last) this.#last = day;
  }

  get result(): ControlTotals {
    const none = this.#records === 0;
    return {
      records: this.#records,
      amount: this.#amount,
      days: BigInt(this.#days),
      idBytes: BigInt(this.#idBytes),
      firstDay: none ? null : this.#first,
      lastDay: none ? null : this.#last,
    };
  }
}
