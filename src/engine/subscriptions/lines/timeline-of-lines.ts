import type { Day } from '../../../base/calendar.ts';
import type { Length } from '../../../data/subscriptions/lengths.ts';
import type { SubscriptionLines } from '../../../data/subscriptions/lines.ts';
import type { Change, LateSpan, Timeline } from '../../../data/subscriptions/movements.ts';
import type { SubscriptionState } from '../../../data/subscriptions/terms.ts';
import type { Monthly } from '../monthly-value.ts';
import type { ChurnDate } from '../timeline.ts';
import { boundariesOf, endOf, tooMuch } from './boundaries.ts';
import { type Covered, coveredBy, coveredFx } from './covered.ts';
import type { ValuedLine } from './line-values.ts';
import { MONTH } from './periods.ts';

/** How lines become a timeline. */
export interface LineRules {
  readonly monthly: Monthly;
  readonly graceOf: (length: Length) => number;
  readonly churnDate: ChurnDate;
}

/**
 * A subscription of invoice lines at the end of a day: on every day the sum of the lines that cover it. Where none does, the
 * last value is late up to the grace, then over; a gap within it is bridged.
 * @throws ClvError E324 credits of more than what is charged
 */
export function timelineOfLines(
  { customer, subscription }: Pick<SubscriptionLines, 'customer' | 'subscription'>,
  lines: readonly ValuedLine[],
  asOf: Day,
  { monthly, graceOf, churnDate }: LineRules,
): Timeline {
  const changes: Change[] = [];
  const late: LateSpan[] = [];
  let before: Covered | null = null;
  let [state, until]: [SubscriptionState, Day | null] = ['ended', null];
  const boundaries = boundariesOf(lines).filter(({ day }) => day <= asOf);
  for (const [i, { day, active }] of boundaries.entries()) {
    const next = boundaries[i + 1]?.day ?? asOf + 1;
    if (active.length > 0) {
      const now = coveredBy(active, monthly);
      if (now === 'below') throw tooMuch(customer, day, active);
      const fx: bigint = before === null ? 0n : coveredFx(before, now, monthly);
      changes.push({ day, value: now.value, segment: now.segment, kind: now.kind, fx });
      before = now.kind === 'ended' ? null : now;
      state = STATES[now.kind];
      until = now.kind === 'ended' ? day : endOf(active);
    } else if (before !== null) {
      const { value, segment, most } = before;
      const over = day + graceOf(most.line.length ?? MONTH) + 1;
      const isOver = next > over || (next === asOf + 1 && asOf >= over);
      const end = isOver ? (churnDate === 'period-end' ? day : over) : next;
      if (end > day && value > 0n) late.push({ from: day, to: end - 1, value, segment });
      if (isOver) changes.push({ day: end, value: 0n, segment, kind: 'ended', fx: 0n });
      if (isOver) before = null;
      state = isOver ? 'ended' : 'late';
    }
  }
  const pending = lines.filter(({ line }) => line.start > asOf).length;
  return { subscription, changes, late, state, paidUntil: until, pending, ...NOT_OF_LINES };
}

/** What only payments tell. */
const NOT_OF_LINES = { paidPeriods: null, decisions: null, extra: { payments: 0, amount: 0n } };

const STATES: Readonly<Record<Change['kind'], SubscriptionState>> = {
  paid: 'active',
  free: 'active',
  paused: 'paused',
  ended: 'ended',
};
