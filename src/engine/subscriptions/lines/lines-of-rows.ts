import { type Day, isoOf } from '../../../base/calendar.ts';
import { ClvError } from '../../../base/errors.ts';
import { variant } from '../../../base/message-text.ts';
import type { Length } from '../../../data/subscriptions/lengths.ts';
import type { LineBlock, ServiceLine, SubscriptionLines } from '../../../data/subscriptions/lines.ts';

/** How cells of lines are read. */
export interface LineReading {
  /** The day of a text; null: it is none. */
  readonly dayOf: (text: string) => Day | null;
  /** Whether the end is the last day of service, and not the day after it. */
  readonly inclusiveEnd: boolean;
  /** Names of the columns of the start and the end, for errors. */
  readonly columns: string;
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
      const line = lineOf(block, i, reading);
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

/** Null for what does not recur: a one-off plan, or a line without days of service. */
function lineOf(block: LineBlock, i: number, reading: LineReading): ServiceLine | null {
  const [plan, amount, day] = [block.plan[i]!, block.amount[i]!, block.day[i]!];
  const texts = [block.start[i]!, block.end[i]!];
  if (reading.isOneOff(plan) || texts.every((text) => text === '')) return null;
  const told = { customer: block.customer[i]!, day: isoOf(day), columns: reading.columns };
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
  const length = reading.lengthOf(plan);
  const [currency, segment] = [block.currency[i]!.toUpperCase(), block.segment[i]!];
  return { day, start, end, amount, plan, length, currency, segment, isPause: amount === 0n && reading.isPause(plan) };
}
