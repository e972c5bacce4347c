import type { Day } from '../../base/calendar.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';
import type { Schedule } from '../../data/subscriptions/terms.ts';
import { dueDay, halfOf, oneLengthAfter } from './lengths.ts';

export function scheduleFrom(first: Day, length: Length): Schedule {
  return { first, length, paid: 0 };
}

/** The due day paid last. */
export function lastDue({ first, length, paid }: Schedule): Day {
  return dueDay(first, paid, length);
}

/** The number of the due day nearest to a day: one up to half a length early is for the next. Never below the one paid last. */
export function nearestDue({ first, length, paid }: Schedule, day: Day): number {
  const half = halfOf(length);
  let nearest = paid;
  while (dueDay(first, nearest + 1, length) - half <= day) nearest++;
  return nearest;
}

/** Paid until the later of the due day after the one paid last and one length after the payment itself. */
export function paidUntil({ first, length, paid }: Schedule, payment: Day): Day {
  return Math.max(dueDay(first, paid + 1, length), oneLengthAfter(payment, length));
}

/** The schedule after a payment for a due day: nearest to a later one than the next, it starts anew on the day of the payment. */
export function renewedOn(schedule: Schedule, payment: Day, due = nearestDue(schedule, payment)): Schedule {
  return due === schedule.paid + 1 ? { ...schedule, paid: due } : scheduleFrom(payment, schedule.length);
}
