import { type Day, isoOf } from '../../../base/calendar.ts';
import { ClvError } from '../../../base/errors.ts';
import { variant } from '../../../base/message-text.ts';
import type { Length } from '../../../data/subscriptions/lengths.ts';
import type {
  LineBlock,
  ServiceDays,
  ServiceLine,
  SubscriptionLines,
  WrittenService,
} from '../../../data/subscriptions/lines.ts';

/** How rows are read as lines. */
export interface LineReading extends ServiceDays {
  readonly lengthOf: (plan: string) => Length | null;
  readonly isOneOff: (plan: string) => boolean;
  readonly isPause: (plan: string) => boolean;
}

/** Customers one after the other with the lines of all of their subscriptions, some at a time. @throws ClvError E321 */
export async function* linesByCustomer(
  blocks: AsyncIterable<LineBlock>,
  reading: LineReading,
): AsyncIterable<readonly (readonly SubscriptionLines[])[]> {
  let open = null as CustomerLines | null;
  for await (const block of blocks) {
    const whole: (readonly SubscriptionLines[])[] = [];
    for (let i = 0; i < block.length; i++) {
      const customer = block.customer[i]!;
      if (open?.customer !== customer) {
        if (open) whole.push(open.subscriptions);
        open = { customer, subscriptions: [] };
      }
      const lines = linesOf(open, block.subscription[i]!);
      const line = lineOf(rowOf(block, i), reading);
      if (line) lines.push(line);
    }
    if (whole.length > 0) yield whole;
  }
  if (open) yield [open.subscriptions];
}

interface CustomerLines {
  readonly customer: string;
  readonly subscriptions: { customer: string; subscription: string; lines: ServiceLine[] }[];
}

function linesOf({ customer, subscriptions }: CustomerLines, subscription: string): ServiceLine[] {
  if (subscriptions.at(-1)?.subscription !== subscription) subscriptions.push({ customer, subscription, lines: [] });
  return subscriptions.at(-1)!.lines;
}

/** A row of lines, with its days of service as they are written. */
interface LineRow extends WrittenService {
  readonly customer: string;
  readonly day: Day;
  readonly plan: string;
  readonly currency: string;
  readonly segment: string;
  readonly amount: bigint;
  readonly margin: bigint;
}

function rowOf(block: LineBlock, i: number): LineRow {
  return {
    customer: block.customer[i]!,
    day: block.day[i]!,
    plan: block.plan[i]!,
    currency: block.currency[i]!.toUpperCase(),
    segment: block.segment[i]!,
    amount: block.amount[i]!,
    margin: 0n,
    start: block.start[i]!,
    end: block.end[i]!,
  };
}

/** Null for what does not recur: a one-off plan, or a line without days of service. @throws ClvError E321 */
export function lineOf(row: LineRow, reading: LineReading): ServiceLine | null {
  const { customer, day, plan, currency, segment, amount, margin } = row;
  const texts = [row.start, row.end];
  if (reading.isOneOff(plan) || texts.every((text) => text === '')) return null;
  const told = { customer, day: isoOf(day), columns: reading.columns };
  if (texts.includes('')) throw new ClvError('E321', { ...told, ...variant('E321', 'one end') });
  const [start, last] = texts.map((text) => {
    const found = reading.dayOf(text);
    if (found === null) throw new ClvError('E321', { ...told, ...variant('E321', 'no date', { text }) });
    return found;
  }) as [Day, Day];
  const end = reading.inclusiveEnd ? last + 1 : last;
  if (end <= start) {
    const days = { start: isoOf(start), end: isoOf(last) };
    throw new ClvError('E321', { ...told, ...variant('E321', 'no days', days) });
  }
  const isPause = amount === 0n && reading.isPause(plan);
  return { day, start, end, amount, margin, plan, length: reading.lengthOf(plan), currency, segment, isPause };
}
