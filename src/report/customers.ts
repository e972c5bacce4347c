import { isoOf } from '../base/calendar.ts';
import { AMOUNT_SCALE, halfEvenQuotient, halfEvenUnits, MARGIN_SCALE, rescaledText, unitsText } from '../base/money.ts';
import type { CustomerBlock } from '../data/customers.ts';
import { type Block, type Bytes, type Cell, type Column, FIGURE_DIGITS, type Section } from '../data/report.ts';

/** What is printed of every customer, after the id and the segment columns. */
export const CUSTOMER_COLUMNS: readonly Column[] = [
  { name: 'first_purchase', kind: 'date' },
  { name: 'last_purchase', kind: 'date' },
  { name: 'purchases', kind: 'integer' },
  { name: 'frequency', kind: 'integer' },
  { name: 'recency_days', kind: 'integer' },
  { name: 'age_days', kind: 'integer' },
  { name: 'revenue', kind: 'money' },
  { name: 'margin', kind: 'money' },
  { name: 'mean_margin_per_purchase', kind: 'money' },
  { name: 'p_alive', kind: 'number' },
  { name: 'expected_margin_per_purchase', kind: 'money' },
  { name: 'dert', kind: 'number' },
  { name: 'clv', kind: 'money' },
];

/** Of a subscriber, after these: the paid periods of the last run. */
export const TENURE_COLUMN: Column = { name: 'tenure_periods', kind: 'integer' };

/** Valued customers as a ledger hands them over, and as it writes them itself. */
export interface CustomerSource {
  readonly blocks: AsyncIterable<CustomerBlock>;
  csv?(): Bytes;
  parquet?(columns: readonly Column[]): Bytes;
}

/** The list of valued customers, streamed: a block of the ledger becomes a block of cells. */
export function customersSection(
  { blocks, csv, parquet }: CustomerSource,
  by: readonly string[],
  counted: 0 | 1,
  digits: number,
  { subscribers = false }: { readonly subscribers?: boolean } = {},
): Section {
  const texts = ['customer_id', ...by].map((name): Column => ({ name, kind: 'text' }));
  const columns = [...texts, ...CUSTOMER_COLUMNS, ...(subscribers ? [TENURE_COLUMN] : [])];
  const written = { ...(csv && { csv }), ...(parquet && { parquet: () => parquet(columns) }) };
  return { name: 'customers', columns, blocks: cells(blocks, counted, digits), written };
}

async function* cells(blocks: AsyncIterable<CustomerBlock>, counted: 0 | 1, digits: number): AsyncIterable<Block> {
  const days = new Map<number, string>();
  const iso = (day: number): string => {
    const known = days.get(day);
    if (known !== undefined) return known;
    const text = isoOf(day);
    days.set(day, text);
    return text;
  };
  const money = (value: number): string => unitsText(halfEvenUnits(value, digits), digits);
  for await (const block of blocks) {
    const { length } = block;
    const column = (cell: (row: number) => Cell): Cell[] => {
      const found = new Array<Cell>(length);
      for (let row = 0; row < length; row++) found[row] = cell(row);
      return found;
    };
    yield {
      length,
      cells: [
        block.id,
        ...block.segment,
        column((row) => iso(block.firstPurchase[row]!)),
        column((row) => iso(block.lastPurchase[row]!)),
        column((row) => String(block.x[row]! + 1)),
        column((row) => String(block.x[row]!)),
        column((row) => String(block.recency[row]!)),
        column((row) => String(block.age[row]!)),
        column((row) => rescaledText(block.revenue[row]!, AMOUNT_SCALE, digits)),
        column((row) => rescaledText(block.margin[row]!, MARGIN_SCALE, digits)),
        column((row) => meanText(block, row, counted, digits)),
        column((row) => block.pAlive[row]!.toFixed(FIGURE_DIGITS)),
        column((row) => money(block.expectedMargin[row]!)),
        column((row) => block.dert[row]!.toFixed(FIGURE_DIGITS)),
        column((row) => unitsText(block.clv[row]!, digits)),
        ...(block.tenure ? [column((row) => String(block.tenure![row]!))] : []),
      ],
    };
  }
}

/** The mean margin per purchase, half to even of the exact quotient where that is known; null where none counts in it. */
export function meanText(
  { x, spend, mean }: Pick<CustomerBlock, 'x' | 'spend' | 'mean'>,
  row: number,
  counted: 0 | 1,
  digits: number,
): Cell {
  const purchases = x[row]! + counted;
  if (purchases === 0) return null;
  if (!spend) return unitsText(halfEvenUnits(mean[row]!, digits), digits);
  const divisor = BigInt(purchases) * 10n ** BigInt(MARGIN_SCALE - digits);
  return unitsText(halfEvenQuotient(spend[row]!, divisor), digits);
}
