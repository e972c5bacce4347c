import type { Day } from '../../../base/calendar.ts';
import type { Length } from '../../../data/subscriptions/lengths.ts';
import type { ServiceDays, ServiceLine } from '../../../data/subscriptions/lines.ts';
import type { Run, Term, Terms } from '../../../data/subscriptions/terms.ts';
import type { Monthly } from '../monthly-value.ts';
import { scheduleFrom } from '../schedule.ts';
import { boundariesOf, endOf, tooMuch } from './boundaries.ts';
import { type Covered, coveredBy } from './covered.ts';
import { measured, type ValuedLine, valuedLines } from './line-values.ts';
import { lengthOfLine, MONTH, wholePeriod } from './periods.ts';
import { Prices } from './prices.ts';

const NO_EXTRA = { payments: 0, amount: 0n };
const WEEKS = { weeksAYear: null };

/**
 * The terms of one subscription of invoice lines. A term is what its main line pays for: the whole one that is worth most of
 * those that begin when what was paid before ends, or that go on from there. A line that begins within a term is money of it,
 * unless it is a whole one that is now worth most and goes on for longer: that is the next term at once. A length is that of the
 * line itself. Runs that begin after the as-of date are left out.
 * @param customer for errors @throws ClvError E324 credits of more than what is charged
 */
export function termsOfLines(
  customer: string,
  lines: readonly ServiceLine[],
  graceOf: (length: Length) => number,
  { digits }: Pick<ServiceDays, 'digits'>,
  asOf: Day,
): Terms {
  const monthly: Monthly = { months: 1, ...WEEKS, digits, rateOn: () => ({ n: 1n, d: 1n }) };
  const terms = new TermsOfLines(valuedLines(measured(lines, monthly), new Prices(), monthly), graceOf);
  for (const { day, active } of boundariesOf(terms.lines)) {
    if (active.length === 0) continue;
    const now = coveredBy(active, monthly);
    if (now === 'below') throw tooMuch(customer, day, active);
    terms.add(day, active, now);
  }
  const all = terms.runs();
  const begun = all.filter(({ terms: [first] }) => first!.from <= asOf);
  return { runs: begun, extra: NO_EXTRA, ahead: all.length - begun.length };
}

/** Goes through the days on which lines begin or end. */
class TermsOfLines {
  readonly lines: readonly ValuedLine[];
  readonly #graceOf: (length: Length) => number;
  readonly #runs: Run[] = [];
  #open: Term[] | null = null;

  constructor(lines: readonly ValuedLine[], graceOf: (length: Length) => number) {
    this.lines = lines;
    this.#graceOf = graceOf;
  }

  /** @param active the lines that cover a day, at least one @param now what they are together */
  add(day: Day, active: readonly ValuedLine[], now: Covered): void {
    const last = this.#open?.at(-1);
    if (last && day > last.until + last.grace) this.#end(null);
    const begun = active.filter(({ line }) => line.start === day);
    const main = this.#next(day, active, now);
    if (main) this.#take(day, main, now);
    const margin = begun.reduce((sum, { line }) => sum + line.margin, 0n);
    if (margin !== 0n) this.#bring(margin);
    if (now.kind === 'ended' && this.#open) this.#end(day);
  }

  runs(): readonly Run[] {
    this.#end(null);
    return this.#runs;
  }

  /** The main line of the term that begins on a day; null where none does. */
  #next(day: Day, active: readonly ValuedLine[], now: Covered): ValuedLine | null {
    const last = this.#open?.at(-1);
    const charged = active.filter(({ value }) => value.n >= 0n);
    const begins = charged.filter(({ line }) => line.start === day);
    if (!last) return now.kind === 'paid' || begins.some(({ value }) => value.n > 0n) ? mainOf(begins, charged) : null;
    if (last.until <= day) {
      const others = charged.filter(({ line }) => line.start > last.from);
      if (others.length > 0) return mainOf(begins, others);
      if (charged.length > 0) this.#amend({ until: endOf(charged) });
      return null;
    }
    const { most } = now;
    const isOwn = most.line.start === day && most.line.end > last.until && wholePeriod(most.line, WEEKS) !== null;
    return isOwn && now.kind === 'paid' ? most : null;
  }

  #take(from: Day, { line }: ValuedLine, { kind }: Covered): void {
    const { end: until, amount, plan, currency, segment } = line;
    const length = lengthOfLine(line) ?? line.length ?? this.#lengthBeside(line);
    const schedule = scheduleFrom(from, length);
    const given = { plan, plans: [plan], length, schedule, grace: this.#graceOf(length), currency, segment };
    const counts = kind !== 'ended';
    const term = {
      ...given,
      kind: counts ? kind : 'paid',
      paid: from,
      from,
      until,
      amount,
      margin: 0n,
      counts,
    } as const;
    if (this.#open) this.#open.push(term);
    else this.#open = [term];
  }

  /** Of a shorter line whose plan has none: that of the nearest whole line. */
  #lengthBeside({ start }: ServiceLine): Length {
    const off = ({ line }: ValuedLine): number => Math.abs(line.start - start);
    const whole = this.lines.filter(({ line }) => wholePeriod(line, WEEKS) !== null);
    const [first] = whole.sort((a, b) => off(a) - off(b));
    return (first && lengthOfLine(first.line)) ?? MONTH;
  }

  /** Money of the term that goes on, or of the last one. */
  #bring(margin: bigint): void {
    const terms = (this.#open ?? this.#runs.at(-1)?.terms) as Term[] | undefined;
    const last = terms?.at(-1);
    if (last) terms![terms!.length - 1] = { ...last, margin: last.margin + margin };
  }

  #amend(change: Pick<Term, 'until'>): void {
    this.#open!.push({ ...this.#open!.pop()!, ...change });
  }

  #end(refunded: Day | null): void {
    if (this.#open) this.#runs.push({ terms: this.#open, refunded });
    this.#open = null;
  }
}

/** The line that a term goes by: of those that begin with it before others, a whole one before a shorter, then the greater. */
function mainOf(begins: readonly ValuedLine[], others: readonly ValuedLine[]): ValuedLine {
  const from = begins.length > 0 ? begins : others;
  const whole = from.filter(({ line }) => wholePeriod(line, WEEKS) !== null);
  return (whole.length > 0 ? whole : from).reduce((best, one) =>
    one.value.n * best.value.d > best.value.n * one.value.d ? one : best,
  );
}
