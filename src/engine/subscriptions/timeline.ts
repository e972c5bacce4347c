import type { Day } from '../../base/calendar.ts';
import type { Change, LateSpan, Timeline } from '../../data/subscriptions/movements.ts';
import type { Run, SubscriptionAsOf, Term } from '../../data/subscriptions/terms.ts';
import { fxOf, type Monthly, termValue } from './monthly-value.ts';
import { isOver } from './standing.ts';

/** When the revenue of a run that is over ends: after the grace, which no later row can change, or when what was paid ends. */
export type ChurnDate = 'after-grace' | 'period-end';

/** A subscription of payments as a roll-forward sees it at the end of a day. */
export function timelineOf(one: SubscriptionAsOf, asOf: Day, monthly: Monthly, churn: ChurnDate): Timeline {
  const { terms, standing, decisions, subscription } = one;
  return {
    subscription,
    changes: terms.runs.flatMap((run) => changesOf(run, asOf, monthly, churn)),
    late: terms.runs.flatMap((run) => lateSpans(run, asOf, monthly, churn)),
    state: standing.state,
    paidPeriods: standing.paidPeriods,
    paidUntil: standing.paidUntil,
    extra: terms.extra,
    pending: 0,
    decisions,
  };
}

function changesOf(run: Run, asOf: Day, monthly: Monthly, churn: ChurnDate): Change[] {
  const changes: Change[] = [];
  let before: Term | null = null;
  for (const term of run.terms) {
    if (term.from > asOf) break;
    const { from, segment, kind } = term;
    const fx = before === null ? 0n : fxOf(before, term, monthly);
    changes.push({ day: from, value: termValue(term, monthly), segment, kind, fx });
    before = term;
  }
  if (before && isOver(run, asOf))
    changes.push({ day: endOf(run, churn), value: 0n, segment: before.segment, kind: 'ended', fx: 0n });
  return changes;
}

/** The first day without revenue of a run that is over. */
function endOf({ terms, refunded }: Run, churn: ChurnDate): Day {
  const { until, grace } = terms.at(-1)!;
  return refunded ?? (churn === 'period-end' ? until : until + grace + 1);
}

/** Late from the paid-until day on, to the next term, or to the end of the grace. */
function lateSpans(run: Run, asOf: Day, monthly: Monthly, churn: ChurnDate): LateSpan[] {
  const end = isOver(run, asOf) ? endOf(run, churn) : asOf + 1;
  return run.terms.flatMap((term, i) => {
    const to = Math.min(run.terms[i + 1]?.from ?? end, end) - 1;
    if (term.amount === 0n || term.until > to) return [];
    return [{ from: term.until, to, value: termValue(term, monthly), segment: term.segment }];
  });
}
