import type { Day } from '../../base/calendar.ts';
import { MARGIN_SCALE } from '../../base/money.ts';
import type { RenewalHoldout } from '../../data/contracts.ts';
import type { SubscriptionAsOf, Term } from '../../data/subscriptions/terms.ts';
import { paidUntil, renewedOn } from '../subscriptions/schedule.ts';
import { paidIn } from '../subscriptions/standing.ts';

/** What a subscription that ran at a date did after it. */
interface Outcome {
  readonly made: number;
  readonly decided: number;
  readonly renewed: number;
  /** A period, in currency units, as it was known at the date. */
  readonly brings: number;
  /** Of each renewal made, exact, 10^-10. */
  readonly margins: readonly bigint[];
}

/** Counts what subscriptions that ran at a date did up to the end of a holdout. */
export class RenewalsOf {
  readonly #until: Day;
  readonly #groups = new Map<string, Omit<Outcome, 'margins'> & { count: number; sum: number }>();
  readonly #margin: bigint[] = [];

  constructor(until: Day) {
    this.#until = until;
  }

  /** @param then at the date, running @param later at the end of the holdout */
  add(then: SubscriptionAsOf, later: SubscriptionAsOf): void {
    const outcome = outcomeOf(then, later, this.#until);
    const { made, decided, renewed, brings, margins } = outcome;
    const key = `${made} ${decided} ${renewed}`;
    const group = this.#groups.get(key) ?? { made, decided, renewed, brings, count: 0, sum: 0 };
    group.count++;
    group.sum += brings;
    this.#groups.set(key, group);
    for (let k = 0; k < decided; k++) this.#margin[k] = (this.#margin[k] ?? 0n) + (margins[k] ?? 0n);
  }

  done(): RenewalHoldout {
    const groups = [...this.#groups.values()].sort(
      (a, b) => a.made - b.made || a.decided - b.decided || a.renewed - b.renewed,
    );
    return {
      outcomes: {
        length: groups.length,
        made: Int32Array.from(groups, ({ made }) => made),
        decided: Int32Array.from(groups, ({ decided }) => decided),
        renewed: Int32Array.from(groups, ({ renewed }) => renewed),
        count: Float64Array.from(groups, ({ count }) => count),
        margin: Float64Array.from(groups, ({ sum }) => sum),
      },
      margin: this.#margin,
    };
  }
}

function outcomeOf(then: SubscriptionAsOf, later: SubscriptionAsOf, until: Day): Outcome {
  const before = paidIn(then.terms.runs.at(-1)!);
  const { runStart } = then.standing;
  const run = later.terms.runs.findLast(({ terms }) => terms[0]!.from <= runStart!);
  const paid = run ? paidIn(run) : [];
  // A line that is billed late may fill the gap before a run.
  const earlier = paid.filter(({ from }) => from < runStart!).length;
  const after = paid.slice(earlier + before.length);
  const renewed: Term[] = [];
  let last = before.at(-1)!;
  for (const term of after) {
    if (last.until + last.grace >= until) break;
    renewed.push(term);
    last = term;
  }
  const missed = renewed.length < after.length ? 0 : dueBy(last, until - last.grace - 1);
  return {
    made: before.length - 1,
    renewed: renewed.length,
    decided: renewed.length + missed,
    brings: Number(before.reduce((sum, { margin }) => sum + margin, 0n)) / 10 ** MARGIN_SCALE / before.length,
    margins: renewed.map(({ margin }) => margin),
  };
}

/** How many renewals after a term fall due by a day, inclusive, if each is made on its day. */
function dueBy({ until, schedule }: Pick<Term, 'until' | 'schedule'>, day: Day): number {
  let due = 0;
  for (let [at, paid] = [until, schedule]; at <= day; due++) {
    paid = renewedOn(paid, at);
    at = paidUntil(paid, at);
  }
  return due;
}

/** How many renewals of a subscription fall due after a day, up to another, inclusive, if each is made on its day. */
export function renewalsDue(term: Pick<Term, 'until' | 'schedule'>, after: Day, to: Day): number {
  return dueBy(term, to) - dueBy(term, after);
}
