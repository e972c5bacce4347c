import type { Day } from '../../base/calendar.ts';
import type { Run } from '../../data/subscriptions/terms.ts';

/** How late renewals were made in the past, and how many were not: what a late renewal may still come to. */
export class Lateness {
  /** Renewals made so many days after what was paid ended; on time is 0. */
  readonly #made = new Map<number, number>();
  #lost = 0;

  /** The renewals of a run that are decided at the end of a day. */
  add({ terms, refunded }: Run, asOf: Day): void {
    let before = terms[0]!;
    for (const term of terms.slice(1)) {
      // A payment whose place another took had paid for the time until then.
      const late = Math.max(0, term.paid - before.until);
      if (term.counts && before.until + before.grace < asOf) this.#made.set(late, (this.#made.get(late) ?? 0) + 1);
      if (term.until > before.until) before = term;
    }
    const last = terms.filter(({ counts }) => counts).at(-1);
    if (last && refunded === null && last.until + last.grace < asOf) this.#lost++;
  }

  /** The chance that a renewal comes which is late by so many days: of the decided ones as late as that, those that were made. */
  chanceAfter(days: number): number {
    let later = 0;
    for (const [late, count] of this.#made) if (late > days) later += count;
    return later === 0 ? 0 : later / (later + this.#lost);
  }
}
