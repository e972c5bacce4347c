import { type Bytes, type Cell, type Column, flatNames, type Kind, type Section } from '../../data/report.ts';
import type { LoadPlan } from '../ledger.ts';
import { count, type Store } from '../store.ts';
import { type CustomerList, customerTexts, printedCustomers, wideCustomers } from './customer-texts.ts';

/**
 * Lists as Parquet. A cell is the text that the other formats carry, cast to the type of its column, so all of them say the
 * same: days are DATE, integers BIGINT, money and shares DECIMAL, exact, P(alive), DERT and their like DOUBLE. An interval is
 * two columns of money.
 */
function typeOf(kind: Kind, money: string): string {
  switch (kind) {
    case 'text':
      return 'VARCHAR';
    case 'date':
      return 'DATE';
    case 'integer':
      return 'BIGINT';
    case 'number':
      return 'DOUBLE';
    case 'share':
      return 'DECIMAL(18,6)';
    default:
      return money;
  }
}

/** Digits of a decimal of 64 bits. */
const NARROW = 18;

/** @param wide whether an amount of the list has more digits than a decimal of 64 bits */
function moneyType(digits: number, wide: boolean): string {
  return `DECIMAL(${wide ? 38 : NARROW},${digits})`;
}

/** The valued customers; null where the store cannot write them. @param columns of customersSection */
export async function customersParquet(
  store: Store,
  plan: LoadPlan,
  columns: readonly Column[],
  list: CustomerList,
): Bytes {
  if (!store.parquet) return null;
  const [row] = await store.rows(wideCustomers(list, NARROW));
  const money = moneyType(list.digits, count(row!['n']) > 0);
  const typed = customerTexts(plan, list).map((text, i) => `CAST(${text} AS ${typeOf(columns[i]!.kind, money)})`);
  const names = columns.map((column) => column.name);
  return store.parquet(names, printedCustomers(typed));
}

/** A short list; null where the store cannot write it. */
export async function listParquet(store: Store, section: Section, digits: number): Bytes {
  if (!store.parquet) return null;
  const { columns } = section;
  const cells = await flatCells(section);
  const length = cells[0]?.length ?? 0;
  const places = Array.from({ length }, (_, row) => row);
  await store.fill(
    'listed',
    [['place', 'integer'], ...cells.map((_, i) => [`c${i}`, 'text'] as const)],
    length,
    (start, end) => [places, ...cells].map((column) => column.slice(start, end)),
  );
  const kinds = columns.flatMap((column) => flatNames(column).map(() => column.kind));
  const wide = cells.some((column, i) => isMoney(kinds[i]!) && column.some((cell) => digitsOf(cell) > NARROW));
  const typed = kinds.map((kind, i) => `CAST(c${i} AS ${typeOf(kind, moneyType(digits, wide))}) AS c${i}`);
  return store.parquet(columns.flatMap(flatNames), `SELECT ${typed.join(', ')} FROM listed ORDER BY place`);
}

function isMoney(kind: Kind): boolean {
  return kind === 'money' || kind === 'interval';
}

function digitsOf(cell: Cell): number {
  return cell?.replace(/\D/g, '').length ?? 0;
}

/** All cells of a section, column by column; the bounds of an interval apart. */
async function flatCells({ columns, blocks }: Section): Promise<Cell[][]> {
  const found = columns.map((): Cell[] => []);
  for await (const { cells } of blocks) for (const [i, column] of cells.entries()) found[i]!.push(...column);
  return columns.flatMap(({ kind }, i) => {
    if (kind !== 'interval') return [found[i]!];
    return [0, 1].map((bound) => found[i]!.map((cell) => cell?.split(' ')[bound] ?? null));
  });
}
