import type { Day } from '../../../base/calendar.ts';
import { type LateSpan, MOVEMENTS, type MovementLine, type Step } from '../../../data/subscriptions/movements.ts';
import type { Spans } from './spans.ts';

export type Lines = Readonly<Record<MovementLine, bigint>>;

/** Recurring revenue of a period, opening + lines = closing. Minor units. */
export interface PeriodRow {
  readonly from: Day;
  readonly to: Day;
  readonly opening: bigint;
  readonly lines: Lines;
  readonly closing: bigint;
  readonly late: bigint;
  /** Customers who are worth something at the closing. */
  readonly customers: number;
}

/** What is summed of a period. */
interface Cell {
  readonly lines: Record<MovementLine, bigint>;
  late: bigint;
  /** Those who came less those who left. */
  customers: number;
}

/** Sums the movements of customers by period and segment. */
export class RollForward {
  readonly #spans: Spans;
  readonly #all = new Map<number, Cell>();
  readonly #segments = new Map<string, Map<number, Cell>>();

  constructor(spans: Spans) {
    this.#spans = spans;
  }

  add({ day, before, after, movements, segments }: Step): void {
    const period = this.#spans.of(day);
    const all = cellOf(this.#all, period);
    all.customers += sign(after) - sign(before);
    for (const { line, segment, amount } of movements) {
      all.lines[line] += amount;
      this.#segment(segment, period).lines[line] += amount;
    }
    for (const { segment, before, after } of segments)
      this.#segment(segment, period).customers += sign(after) - sign(before);
  }

  addLate({ from, to, value, segment }: LateSpan): void {
    for (let period = this.#spans.of(from); period <= this.#spans.of(to); period++) {
      const end = this.#spans.to(period);
      if (end < from || end > to) continue;
      cellOf(this.#all, period).late += value;
      this.#segment(segment, period).late += value;
    }
  }

  /** All periods from the first that is told of to the last. */
  periods(): readonly PeriodRow[] {
    return this.#rows(this.#all);
  }

  /** The same by segment, in the order of their names. */
  segments(): readonly { readonly segment: string; readonly periods: readonly PeriodRow[] }[] {
    const names = [...this.#segments.keys()].sort();
    return names.map((segment) => ({ segment, periods: this.#rows(this.#segments.get(segment)!) }));
  }

  #segment(name: string, period: number): Cell {
    const cells = this.#segments.get(name) ?? new Map<number, Cell>();
    this.#segments.set(name, cells);
    return cellOf(cells, period);
  }

  #rows(cells: ReadonlyMap<number, Cell>): readonly PeriodRow[] {
    const { first: told, last, from, to } = this.#spans;
    const first = [...this.#all.keys()].reduce((least, period) => Math.min(least, period), told ?? last);
    const rows: PeriodRow[] = [];
    let [closing, customers] = [0n, 0];
    for (let period = first; period <= last; period++) {
      const { lines, late, customers: more } = cells.get(period) ?? emptyCell();
      const opening = closing;
      closing = MOVEMENTS.reduce((sum, line) => sum + lines[line], opening);
      customers += more;
      if (period < (told ?? first)) continue;
      rows.push({ from: from(period), to: to(period), opening, lines, closing, late, customers });
    }
    return rows;
  }
}

function cellOf(cells: Map<number, Cell>, period: number): Cell {
  const known = cells.get(period);
  if (known) return known;
  const cell = emptyCell();
  cells.set(period, cell);
  return cell;
}

function emptyCell(): Cell {
  return {
    lines: Object.fromEntries(MOVEMENTS.map((line) => [line, 0n])) as Record<MovementLine, bigint>,
    late: 0n,
    customers: 0,
  };
}

const sign = (value: bigint): number => (value > 0n ? 1 : 0);
