import { isoOf, parseIsoDay } from '../../../src/base/calendar.ts';
import { AMOUNT_SCALE, parseUnits } from '../../../src/base/money.ts';
import { LENGTHS } from '../../../src/data/subscriptions/lengths.ts';
import type { ServiceDays, WrittenService } from '../../../src/data/subscriptions/lines.ts';
import type { PaymentBlock, TermRules } from '../../../src/data/subscriptions/payments.ts';
import type { SubscriptionAsOf } from '../../../src/data/subscriptions/terms.ts';
import { defaultGrace } from '../../../src/engine/subscriptions/lengths.ts';
import { subscriptionsOf } from '../../../src/engine/subscriptions/of-payments.ts';

export const lengthNamed = (text: string) => LENGTHS.find((length) => length.text === text)!;
export const day = (text: string): number => parseIsoDay(text)!;

/** Rules of one length, or of plans: `1m` or `basic=1m,annual=1y`. */
export function rules(contract: string, others: Partial<TermRules> & { readonly grace?: number } = {}): TermRules {
  const { grace, ...rest } = others;
  const plans = new Map(contract.split(',').map((part) => part.split('=') as [string, string]));
  return {
    lengthOf: (plan) => (contract.includes('=') ? lengthNamed(plans.get(plan)!) : lengthNamed(contract)),
    graceOf: (length) => grace ?? defaultGrace(length),
    isOneOff: (plan) => plan === 'setup',
    isPause: (plan) => plan === 'pause',
    refunds: 'end',
    service: null,
    ...rest,
  };
}

export interface Row {
  readonly customer?: string;
  readonly subscription?: string;
  readonly day: number;
  readonly amount: bigint;
  readonly plan?: string;
  /** Of a line of an invoice. */
  readonly service?: WrittenService;
}

/** How days of service are read that are written by ISO. */
export const SERVICE: ServiceDays = {
  dayOf: (text) => parseIsoDay(text),
  inclusiveEnd: false,
  columns: 'period_start and period_end',
  digits: 2,
};

/** Lines of one customer: `2024-01-10 2024-02-10 10.00 basic`, billed on the first day. */
export function linesOf(...lines: readonly string[]): Row[] {
  return lines.map((line) => {
    const [start, end, amount, plan = ''] = line.split(' ') as [string, string, string, string?];
    return { day: day(start), amount: parseUnits(amount, AMOUNT_SCALE)!, plan, service: { start, end } };
  });
}

/** Rows of one customer: `2024-01-10 10.00 basic`, the plan left out where there is none. */
export function rowsOf(...lines: readonly string[]): Row[] {
  return lines.map((line) => {
    const [date, amount, plan = ''] = line.split(' ');
    return { day: day(date!), amount: parseUnits(amount!, AMOUNT_SCALE)!, plan };
  });
}

/** A first day and those that follow it, each so many days after the one before. */
export function daysAfter(first: number, gaps: readonly number[]): number[] {
  const days = [first];
  for (const gap of gaps) days.push(days.at(-1)! + gap);
  return days;
}

/** What a ledger gives of rows up to a day, in its order. */
export async function* blocksOf(rows: readonly Row[], asOf: number): AsyncIterable<PaymentBlock> {
  const key = ({ customer = 'a', subscription = '', day, plan = '' }: Row): string =>
    [customer, subscription, isoOf(day), plan].join('\0');
  const some = rows.filter((row) => row.day <= asOf).sort((a, b) => (key(a) < key(b) ? -1 : 1));
  for (const row of some) {
    yield {
      length: 1,
      customer: [row.customer ?? 'a'],
      subscription: [row.subscription ?? ''],
      day: Int32Array.of(row.day),
      plan: [row.plan ?? ''],
      currency: [''],
      segment: [''],
      amount: [row.amount],
      charged: [row.amount > 0n ? row.amount : 0n],
      refunds: Int32Array.of(row.amount < 0n ? 1 : 0),
      margin: [row.amount * 1_000_000n],
      ...(row.service && { service: [row.service] }),
    };
  }
}

export async function subscriptionsAt(rows: readonly Row[], how: TermRules, asOf: number): Promise<SubscriptionAsOf[]> {
  const all: SubscriptionAsOf[] = [];
  for await (const customers of subscriptionsOf(blocksOf(rows, asOf), how, asOf)) all.push(...customers.flat());
  return all;
}

/** The one subscription of some rows, as one line: state, paid periods, paid until; decisions made, lost, open. */
export function lineAt(asOf: string, how: TermRules, ...lines: readonly string[]): Promise<string> {
  return toldOf(rowsOf(...lines), asOf, how);
}

/** The same of rows of any kind. */
export async function toldOf(rows: readonly Row[], asOf: string, how: TermRules): Promise<string> {
  const [one] = await subscriptionsAt(rows, how, day(asOf));
  const { standing, decisions } = one!;
  const until = standing.paidUntil === null ? '-' : isoOf(standing.paidUntil);
  const lost = decisions.lost ? 'lost' : 'kept';
  return `${standing.state} ${standing.paidPeriods} ${until}; ${decisions.made} ${lost} ${decisions.madeOpen}`;
}
