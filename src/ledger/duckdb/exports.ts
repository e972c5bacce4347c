import type { Exports, ListColumn, TextList } from '../exports.ts';
import { count } from '../store.ts';
import { customerTexts, notPlain, printedCustomers, wideCustomers } from './customer-texts.ts';
import type { DuckDBStore } from './store.ts';

/**
 * What the engine writes itself. A cell of Parquet is the text that the other formats carry, cast to the type of its column, so
 * all of them say the same: days are DATE, integers BIGINT, money and shares DECIMAL, exact, P(alive), DERT and their like DOUBLE.
 */
export function exportsOf(store: DuckDBStore): Exports {
  return {
    csv: async (list) => {
      const [row] = await store.rows(notPlain(list));
      return count(row!['n']) > 0 ? null : store.csv(printedCustomers(customerTexts(list)));
    },
    parquet: async (columns, list) => {
      const [row] = await store.rows(wideCustomers(list, NARROW));
      const money = moneyType(list.digits, count(row!['n']) > 0);
      const typed = customerTexts(list).map((text, i) => `CAST(${text} AS ${typeOf(columns[i]!, money)})`);
      return store.parquet(namesOf(columns), printedCustomers(typed));
    },
    parquetOf: async ({ columns, cells }, digits) => {
      await fillListed(store, cells);
      const money = moneyType(digits, hasWide({ columns, cells }));
      const typed = columns.map((column, i) => `CAST(c${i} AS ${typeOf(column, money)}) AS c${i}`);
      return store.parquet(namesOf(columns), `SELECT ${typed.join(', ')} FROM listed ORDER BY place`);
    },
  };
}

function namesOf(columns: readonly ListColumn[]): readonly string[] {
  return columns.map((column) => column.name);
}

function typeOf({ kind }: ListColumn, money: string): string {
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
    case 'money':
      return money;
  }
}

/** Digits of a decimal of 64 bits. */
const NARROW = 18;

/** @param wide whether an amount of the list has more digits than a decimal of 64 bits */
function moneyType(digits: number, wide: boolean): string {
  return `DECIMAL(${wide ? 38 : NARROW},${digits})`;
}

async function fillListed(store: DuckDBStore, cells: TextList['cells']): Promise<void> {
  const length = cells[0]?.length ?? 0;
  const places = Array.from({ length }, (_, row) => row);
  const columns = [['place', 'integer'] as const, ...cells.map((_, i) => [`c${i}`, 'text'] as const)];
  await store.fill('listed', columns, length, (start, end) =>
    [places, ...cells].map((column) => column.slice(start, end)),
  );
}

function hasWide({ columns, cells }: TextList): boolean {
  const digitsOf = (cell: string | null): number => cell?.replace(/\D/g, '').length ?? 0;
  return columns.some(({ kind }, i) => kind === 'money' && cells[i]!.some((cell) => digitsOf(cell) > NARROW));
}
