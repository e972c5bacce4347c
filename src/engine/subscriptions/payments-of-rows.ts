import { type Day, isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import type { WrittenService } from '../../data/subscriptions/lines.ts';
import type { CustomerThen, Payment, PaymentBlock, TermRules } from '../../data/subscriptions/payments.ts';

/** What one plan of a subscription was paid on a day, or a line of an invoice. */
export interface PaymentRow {
  readonly day: Day;
  readonly plan: string;
  readonly currency: string;
  readonly segment: string;
  readonly amount: bigint;
  readonly charged: bigint;
  readonly margin: bigint;
  readonly refunds: boolean;
  /** Of lines. */
  readonly service: WrittenService | null;
}

/** The rows of one subscription, in order of days. */
export interface SubscriptionRows {
  readonly subscription: string;
  readonly rows: PaymentRow[];
}

/** The subscriptions of one customer. */
export interface CustomerRows {
  readonly customer: string;
  readonly group: string;
  /** As it was at the opening of a statement; null: not there yet, or there is no opening. */
  readonly opening: CustomerThen | null;
  readonly subscriptions: SubscriptionRows[];
}

/** Customers one after the other with all of their rows, some at a time. */
export async function* customersOf(blocks: AsyncIterable<PaymentBlock>): AsyncIterable<readonly CustomerRows[]> {
  let open: CustomerRows | null = null;
  for await (const block of blocks) {
    const whole: CustomerRows[] = [];
    for (let i = 0; i < block.length; i++) {
      if (open?.customer !== block.customer[i]) {
        if (open) whole.push(open);
        const [group, opening] = [block.group?.[i] ?? '', block.opening?.[i] ?? null];
        open = { customer: block.customer[i]!, group, opening, subscriptions: [] };
      }
      rowsOf(open!, block.subscription[i]!).push(rowOf(block, i));
    }
    if (whole.length > 0) yield whole;
  }
  if (open) yield [open];
}

function rowsOf({ subscriptions }: CustomerRows, subscription: string): PaymentRow[] {
  const last = subscriptions.at(-1);
  if (last?.subscription === subscription) return last.rows;
  const rows: PaymentRow[] = [];
  subscriptions.push({ subscription, rows });
  return rows;
}

function rowOf(block: PaymentBlock, i: number): PaymentRow {
  return {
    day: block.day[i]!,
    plan: block.plan[i]!,
    currency: block.currency[i]!.toUpperCase(),
    segment: block.segment[i]!,
    amount: block.amount[i]!,
    charged: block.charged[i]!,
    margin: block.margin[i]!,
    refunds: block.refunds[i] === 1,
    service: block.service?.[i] ?? null,
  };
}

/**
 * The payments of a subscription: its recurring rows summed by day. A day with a refund that nets to nothing is none.
 * @throws ClvError E318 plans of two lengths on one day, E320 two currencies on one day
 */
export function paymentsOf(customer: string, rows: readonly PaymentRow[], rules: TermRules): Payment[] {
  const payments: Payment[] = [];
  for (let start = 0; start < rows.length; ) {
    let end = start + 1;
    while (end < rows.length && rows[end]!.day === rows[start]!.day) end++;
    const recurring = rows.slice(start, end).filter(({ plan }) => !rules.isOneOff(plan));
    const payment = paymentOf(customer, recurring, rules);
    if (payment) payments.push(payment);
    start = end;
  }
  return payments;
}

function paymentOf(customer: string, all: readonly PaymentRow[], rules: TermRules): Payment | null {
  const ignores = rules.refunds === 'ignore';
  const isPause = ({ plan, amount }: PaymentRow): boolean => amount === 0n && rules.isPause(plan);
  const service = all.filter((row) => !isPause(row));
  const rows = service.length > 0 ? service : all;
  const amount = rows.reduce((sum, row) => sum + (ignores ? row.charged : row.amount), 0n);
  if (rows.length === 0 || (amount === 0n && rows.some(({ refunds }) => refunds))) return null;
  const kind = amount > 0n ? 'paid' : service.length === 0 ? 'paused' : 'free';
  const most = rows.reduce((best, row) => (row.amount > best.amount ? row : best));
  const { day, plan, currency } = most;
  if (rows.some((row) => row.currency !== currency)) throw new ClvError('E320', { customer, day: isoOf(day) });
  const length = kind === 'paused' ? null : rules.lengthOf(plan);
  const other = rows.find((row) => row.plan !== plan && rules.lengthOf(row.plan)?.text !== length?.text);
  if (other && length) throw new ClvError('E318', { customer, first: plan, second: other.plan, day: isoOf(day) });
  const segment = rows
    .map((row) => row.segment)
    .sort()
    .at(-1)!;
  const margin = rows.reduce((sum, row) => sum + row.margin, 0n);
  return { day, amount, margin, plans: rows.map((row) => row.plan), plan, length, currency, segment, kind };
}
