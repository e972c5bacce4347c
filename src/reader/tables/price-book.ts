import type { Day } from '../../base/calendar.ts';
import type { TableSource } from '../../data/inputs.ts';
import type { PriceBook } from '../../data/subscriptions/price-book.ts';
import { plainName } from '../columns.ts';
import { columnOf, dayCell, neededColumn, positiveCell } from './cells.ts';
import { badCell, readTable } from './table.ts';

const LAYOUT = { what: 'price book', remedy: 'give it the columns plan and price, and perhaps from and currency' };

/** A price from a day on; null: it always held. */
interface Price {
  readonly from: Day | null;
  readonly price: bigint;
}

/**
 * Reads a price book: plan, price, from, currency. A price holds until the next one of its plan begins.
 * @param currency that of the figures; null: it is not known
 * @throws ClvError E254, E255 and those of readTable
 */
export async function readPriceBook(
  file: string,
  currency: string | null,
): Promise<{ readonly book: PriceBook; readonly source: TableSource }> {
  const table = await readTable(file, (header) => header.some((name) => plainName(name) === 'price'));
  const [plan, price] = ['plan', 'price'].map((name) => neededColumn(table, [name], LAYOUT));
  const [from, money] = ['from', 'currency'].map((name) => columnOf(table, [name], LAYOUT));
  const prices = new Map<string, (Price & { readonly line: number })[]>();
  for (const row of table.rows) {
    const name = row.cells[plan!]!;
    if (name === '') throw badCell(table, row, plan!, 'blank', { remedy: 'name the plan' });
    if (money! >= 0 && row.cells[money!]!.toUpperCase() !== currency)
      throw badCell(table, row, money!, 'another currency', { known: currency ?? 'not said: --currency CODE' });
    const day = from! < 0 || row.cells[from!] === '' ? null : dayCell(table, row, from!);
    const all = prices.get(name) ?? [];
    const before = all.find((one) => one.from === day);
    if (before) throw badCell(table, row, plan!, 'price twice', { line: before.line });
    prices.set(name, [...all, { from: day, price: positiveCell(table, row, price!), line: row.line }]);
  }
  const since = ({ from: day }: Price): number => day ?? Number.NEGATIVE_INFINITY;
  for (const all of prices.values()) all.sort((a, b) => since(a) - since(b));
  return {
    book: { priceOn: (name, day) => prices.get(name)?.findLast((one) => since(one) <= day)?.price ?? null },
    source: table.source,
  };
}
