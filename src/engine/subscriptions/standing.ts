import type { Day } from '../../base/calendar.ts';
import type { Decisions, Run, Standing, SubscriptionState, Term, Terms } from '../../data/subscriptions/terms.ts';

/** Whether a run has ended by the end of a day: all given back, or the grace over. */
export function isOver({ terms, refunded }: Run, asOf: Day): boolean {
  const last = terms.at(-1)!;
  return refunded !== null || asOf > last.until + last.grace;
}

/** The terms of a run that were paid for and count. */
export function paidIn({ terms }: Pick<Run, 'terms'>): readonly Term[] {
  return terms.filter(({ kind, counts }) => kind === 'paid' && counts);
}

/** Where a subscription stands at the end of a day; nothing was paid after it. */
export function standingOf({ runs }: Pick<Terms, 'runs'>, asOf: Day): Standing {
  const run = runs.at(-1);
  const counted = run?.terms.filter(({ counts }) => counts) ?? [];
  const last = counted.at(-1) ?? null;
  return {
    state: run && last ? stateOf(run, last, asOf) : 'ended',
    runStart: run ? run.terms[0]!.from : null,
    paidPeriods: counted.filter(({ kind }) => kind === 'paid').length,
    paidUntil: last?.until ?? null,
    last,
    earlierRuns: Math.max(0, runs.length - 1),
  };
}

function stateOf(run: Run, last: Term, asOf: Day): SubscriptionState {
  if (isOver(run, asOf)) return 'ended';
  if (asOf >= last.until) return 'late';
  const inForce = run.terms.findLast(({ from }) => from <= asOf)!;
  return inForce.kind === 'paused' ? 'paused' : 'active';
}

/** The renewals of the last run that are decided at the end of a day. Free and paused terms only put the renewal off. */
export function decisionsOf({ runs }: Pick<Terms, 'runs'>, asOf: Day): Decisions {
  const counted = runs.at(-1)?.terms.filter(({ counts }) => counts) ?? [];
  let [made, madeOpen, closes] = [0, 0, Number.NEGATIVE_INFINITY];
  for (const [i, term] of counted.entries()) {
    if (term.kind === 'paid' && i > 0) {
      if (closes < asOf) made++;
      else madeOpen++;
    }
    closes = term.until + term.grace;
  }
  return { made, madeOpen, lost: counted.length > 0 && closes < asOf };
}
