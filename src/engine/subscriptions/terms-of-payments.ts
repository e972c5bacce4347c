import { type Day, isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';
import type { Payment, TermRules } from '../../data/subscriptions/payments.ts';
import type { Run, Schedule, Term, Terms } from '../../data/subscriptions/terms.ts';
import { halfOf, oneLengthAfter } from './lengths.ts';
import { afterRefund } from './refunds.ts';
import { lastDue, nearestDue, paidUntil, renewedOn, scheduleFrom } from './schedule.ts';

/** The run that goes on. */
interface Open {
  /** At least one; the last is that of the last payment for a due day. */
  readonly terms: Term[];
  schedule: Schedule;
  /** What each plan would owe, taken alone. */
  readonly alone: Map<string, Alone>;
  /** Whether the last payment came back to a plan that was still paid for, alone. */
  cameBack: boolean;
}

/** A plan as if there were no other: when its next payment falls due, how early that may come, and how late. */
interface Alone {
  readonly due: Day;
  readonly half: number;
  readonly grace: number;
}

/** The payment that refunds are taken from. */
interface Refundable {
  readonly amount: bigint;
  readonly left: bigint;
  /** Null of an extra payment. */
  readonly term: Term | null;
  /** The schedule before it. */
  readonly before: Schedule | null;
}

/**
 * The terms of one subscription: each payment goes to the nearest due day of its run. One payment a day, in order of days.
 * What comes later never changes what an earlier day looked like; it only tells whether a term counts.
 * @throws ClvError E318 two plans at once, E319 a refund that no payment carries
 */
export class TermsOfPayments {
  readonly #graceOf: TermRules['graceOf'];
  readonly #customer: string;
  readonly #runs: Run[] = [];
  #open: Open | null = null;
  #last: Refundable | null = null;
  #extra = { payments: 0, amount: 0n };

  /** @param customer whose payments they are, for errors */
  constructor(customer: string, { graceOf }: Pick<TermRules, 'graceOf'>) {
    this.#customer = customer;
    this.#graceOf = graceOf;
  }

  add(payment: Payment): void {
    const last = this.#open && lastOf(this.#open);
    if (last && payment.day > last.until + last.grace) this.#end(null);
    if (payment.amount < 0n) this.#refund(payment);
    else if (this.#open) this.#next(this.#open, payment);
    else if (payment.kind === 'paid') this.#begin(payment);
  }

  done(): Terms {
    this.#end(null);
    return { runs: this.#runs, extra: this.#extra, ahead: 0 };
  }

  #end(refunded: Day | null): void {
    if (this.#open) this.#runs.push({ terms: this.#open.terms, refunded });
    this.#open = null;
  }

  #begin(payment: Payment): void {
    const schedule = scheduleFrom(payment.day, payment.length!);
    this.#open = { terms: [], schedule, alone: new Map(), cameBack: false };
    this.#take(this.#open, payment, schedule, payment.day);
  }

  /** A payment while a run goes on. */
  #next(open: Open, payment: Payment): void {
    const { schedule } = open;
    const last = lastOf(open);
    const length = payment.length ?? last.length;
    const isAnotherPlan = !payment.plans.some((plan) => last.plans.includes(plan));
    this.#checkPlans(open, payment, isAnotherPlan);
    const due = nearestDue(schedule, payment.day);
    const hasBegun = last.from <= payment.day;
    if (length.text !== schedule.length.text) this.#atOnce(open, payment, length);
    else if (due > schedule.paid) this.#renew(open, payment, due);
    else if (isAnotherPlan && hasBegun) this.#atOnce(open, payment, length);
    else if (isAnotherPlan || isBetter(payment, last, lastDue(schedule))) this.#replace(open, payment);
    else this.#addExtra(payment);
  }

  /**
   * The next term begins when what is paid ends, or on the day of a late payment. Nearest to a later due day than the next one,
   * the schedule starts anew.
   */
  #renew(open: Open, payment: Payment, due: number): void {
    const next = renewedOn(open.schedule, payment.day, due);
    this.#take(open, payment, next, Math.max(payment.day, lastOf(open).until));
  }

  /** Another plan in the first half of a term, or of another length: a schedule of its own from its day on. */
  #atOnce(open: Open, payment: Payment, length: Length): void {
    this.#withdraw(open, payment.day);
    this.#take(open, payment, scheduleFrom(payment.day, length), payment.day);
  }

  /** Of two payments for one due day the better one is the payment, and the other is extra. */
  #replace(open: Open, payment: Payment): void {
    const other = lastOf(open);
    const from = Math.max(payment.day, other.from);
    this.#withdraw(open, from);
    if (other.from < from) {
      open.terms[open.terms.length - 1] = { ...other, counts: false };
      this.#count(other.amount);
    }
    this.#take(open, payment, open.schedule, from);
  }

  /** Takes out terms that have not begun before a day, on which another begins: what was paid for them is extra. */
  #withdraw(open: Open, day: Day): void {
    while (open.terms.length > 0 && lastOf(open).from >= day) this.#count(open.terms.pop()!.amount);
  }

  #take(open: Open, payment: Payment, schedule: Schedule, from: Day): void {
    const { day, amount, margin, kind, plan, plans, currency, segment } = payment;
    const { length } = schedule;
    const grace = this.#graceOf(length);
    const until = paidUntil(schedule, day);
    const term = {
      kind,
      plan,
      plans,
      length,
      schedule,
      grace,
      currency,
      segment,
      paid: day,
      from,
      until,
      amount,
      margin,
      counts: true,
    };
    const alone = { due: oneLengthAfter(day, length), half: halfOf(length), grace };
    if (kind !== 'paused') for (const one of plans) open.alone.set(one, alone);
    if (amount > 0n) this.#last = { amount, left: amount, term, before: open.schedule };
    open.terms.push(term);
    open.schedule = schedule;
  }

  #addExtra({ amount }: Payment): void {
    this.#count(amount);
    if (amount > 0n) this.#last = { amount, left: amount, term: null, before: null };
  }

  #count(extra: bigint): void {
    if (extra === 0n) return;
    this.#extra = { payments: this.#extra.payments + 1, amount: this.#extra.amount + extra };
  }

  /**
   * Two plans that go on beside each other: a plan is paid for again when, taken alone, it is due, while the other has just been
   * paid for; or both come back in turn while they still would be paid for.
   */
  #checkPlans(open: Open, { day, plan, plans, kind }: Payment, isAnotherPlan: boolean): void {
    if (!isAnotherPlan) return;
    const last = lastOf(open);
    const own = plans.flatMap((one) => open.alone.get(one) ?? []).find(({ due, grace }) => day <= due + grace);
    const comesBack = own !== undefined && kind === 'paid' && last.kind === 'paid';
    const isDue = comesBack && day >= own.due - own.half && nearestDue(open.schedule, day) === open.schedule.paid;
    if (isDue || (comesBack && open.cameBack))
      throw new ClvError('E318', { customer: this.#customer, first: last.plan, second: plan, day: isoOf(day) });
    open.cameBack = comesBack;
  }

  /** Takes a refund from the last payment; all of it given back, its term ends on that day, without grace. */
  #refund(payment: Payment): void {
    const left = afterRefund(this.#customer, this.#last?.left ?? null, payment);
    const last = { ...this.#last!, left };
    this.#last = last;
    if (left > 0n) this.#takeOff(last, payment.margin);
    else if (last.term === null)
      this.#extra = { payments: this.#extra.payments - 1, amount: this.#extra.amount - last.amount };
    else this.#giveBack(last.term, last.before!, payment.day);
  }

  /** A part of the last payment given back: money only. */
  #takeOff(last: Refundable, margin: bigint): void {
    if (last.term === null) return;
    const { terms } = this.#open ?? this.#runs.at(-1)!;
    const term = { ...last.term, margin: last.term.margin + margin };
    (terms as Term[])[terms.indexOf(last.term)] = term;
    this.#last = { ...last, term };
  }

  #giveBack(term: Term, before: Schedule, day: Day): void {
    const open = this.#open;
    if (open && lastOf(open) === term && term.from > day) {
      open.terms.pop();
      open.schedule = before;
      return;
    }
    const terms = (open ?? this.#runs.at(-1)!).terms as Term[];
    terms[terms.indexOf(term)] = { ...term, counts: false };
    if (open && terms.at(-1)!.paid === term.paid) this.#end(day);
  }
}

function lastOf({ terms }: Pick<Open, 'terms'>): Term {
  return terms.at(-1)!;
}

/** Whether a payment is rather that of a due day than the one before it: what is paid for before what is free, then the nearer. */
function isBetter({ day, amount }: Payment, other: Term, due: Day): boolean {
  if (amount > 0n !== other.amount > 0n) return amount > 0n;
  return Math.abs(day - due) < Math.abs(other.paid - due);
}
