import type { Day } from '../../../base/calendar.ts';
import type { Fraction } from '../../../base/fractions.ts';
import { MOVEMENTS, type MovementLine, type Step } from '../../../data/subscriptions/movements.ts';

/** Rates between the ends of two days; null where there is nothing to hold them against. */
export interface RetentionRates {
  readonly from: Day;
  readonly to: Day;
  /** Of all customers, minor units. */
  readonly opening: bigint;
  readonly closing: bigint;
  /** Customers worth something at the closing. */
  readonly customers: number;
  /** Of those at the opening: how many there were, and how many are there at the closing. */
  readonly cohort: number;
  readonly kept: number;
  readonly nrr: Fraction | null;
  readonly grr: Fraction | null;
  readonly grossChurn: Fraction | null;
  readonly netChurn: Fraction | null;
  readonly quickRatio: Fraction | null;
}

/**
 * Net and gross revenue retention of the customers at the opening, held against themselves (GRR as the SaaS Metrics Standards
 * Board has it: at most 1), and the rates of the movements between.
 */
export class RetentionWindow {
  readonly #from: Day;
  readonly #to: Day;
  readonly #lines = Object.fromEntries(MOVEMENTS.map((line) => [line, 0n])) as Record<MovementLine, bigint>;
  #opening = 0n;
  #closing = 0n;
  #customers = 0;
  #cohort = 0;
  #kept = 0;
  #net = 0n;
  #gross = 0n;

  constructor(from: Day, to: Day) {
    this.#from = from;
    this.#to = to;
  }

  /** All steps of one customer. */
  add(steps: readonly Step[]): void {
    const before = valueAt(steps, this.#from);
    const after = valueAt(steps, this.#to);
    this.#opening += before;
    this.#closing += after;
    if (after > 0n) this.#customers++;
    if (before > 0n) {
      this.#cohort++;
      if (after > 0n) this.#kept++;
      this.#net += after;
      this.#gross += smaller(after, before);
    }
    for (const { day, movements } of steps) {
      if (day <= this.#from || day > this.#to) continue;
      for (const { line, amount } of movements) this.#lines[line] += amount;
    }
  }

  rates(): RetentionRates {
    const { expansion, reactivation, contraction, churn, paused } = this.#lines;
    const ofOpening = (n: bigint): Fraction | null => (this.#opening > 0n ? { n, d: this.#opening } : null);
    const lost = -(churn + contraction);
    return {
      from: this.#from,
      to: this.#to,
      opening: this.#opening,
      closing: this.#closing,
      customers: this.#customers,
      cohort: this.#cohort,
      kept: this.#kept,
      nrr: ofOpening(this.#net),
      grr: ofOpening(this.#gross),
      grossChurn: ofOpening(lost - paused),
      netChurn: ofOpening(lost - expansion - reactivation),
      quickRatio: lost > 0n ? { n: this.#lines.new + expansion + reactivation, d: lost } : null,
    };
  }
}

function valueAt(steps: readonly Step[], day: Day): bigint {
  return steps.findLast((step) => step.day <= day)?.after ?? 0n;
}

const smaller = (a: bigint, b: bigint): bigint => (a < b ? a : b);
