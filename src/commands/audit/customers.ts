import { isoOf } from '../../base/calendar.ts';
import { AMOUNT_SCALE, MARGIN_SCALE, rescale, rescaledText, unitsText } from '../../base/money.ts';
import type { AuditedBlock } from '../../data/audit.ts';
import { anew } from '../../data/lists.ts';
import type { Block, Cell, Column, Section } from '../../data/report.ts';

/** What is printed of every customer, after the id and the segment columns. */
export const PAST_COLUMNS: readonly Column[] = [
  { name: 'first_purchase', kind: 'date' },
  { name: 'last_purchase', kind: 'date' },
  { name: 'purchases', kind: 'integer' },
  { name: 'revenue', kind: 'money' },
  { name: 'refunds', kind: 'money' },
  { name: 'margin_before_costs', kind: 'money' },
  { name: 'costs', kind: 'money' },
  { name: 'profit', kind: 'money' },
  { name: 'clv', kind: 'money' },
  { name: 'past', kind: 'text' },
  { name: 'future', kind: 'text' },
];

/** A list of customers with their past money, streamed. */
export function pastSection(
  name: string,
  blocks: AsyncIterable<AuditedBlock>,
  by: readonly string[],
  digits: number,
): Section {
  const texts = ['customer_id', ...by].map((name): Column => ({ name, kind: 'text' }));
  return { name, columns: [...texts, ...PAST_COLUMNS], blocks: anew(() => cells(blocks, digits)) };
}

async function* cells(blocks: AsyncIterable<AuditedBlock>, digits: number): AsyncIterable<Block> {
  for await (const block of blocks) {
    const iso = (days: AuditedBlock['firstPurchase']): Cell[] => days.map((day) => (day === null ? null : isoOf(day)));
    const amounts = (exact: readonly bigint[]): Cell[] => exact.map((part) => rescaledText(part, AMOUNT_SCALE, digits));
    const text = (found: readonly (bigint | null)[]): Cell[] =>
      found.map((part) => (part === null ? null : unitsText(part, digits)));
    const costs = block.costs.map((part) => rescale(part, AMOUNT_SCALE, digits));
    const profit = block.profit.map((part) => rescale(part, MARGIN_SCALE, digits));
    yield {
      length: block.length,
      cells: [
        block.id,
        ...block.segment,
        iso(block.firstPurchase),
        iso(block.lastPurchase),
        Array.from(block.purchases, String),
        amounts(block.revenue),
        amounts(block.refunds),
        text(profit.map((part, row) => part + costs[row]!)),
        text(costs),
        text(profit),
        text(block.clv),
        block.past,
        block.future,
      ],
    };
  }
}
