import { ClvError } from '../../base/errors.ts';
import type { TableSource } from '../../data/inputs.ts';
import { plainName } from '../columns.ts';
import { neededColumn } from './cells.ts';
import { badCell, readTable } from './table.ts';

/** One person under several ids: id → customer. */
export interface Alias {
  readonly customers: ReadonlyMap<string, string>;
  readonly source: TableSource;
}

const LAYOUT = { what: 'alias file', remedy: 'give it the columns id and customer' };

/** Reads a file of id and customer; chains are followed. @param fold makes ids of the transactions comparable. E254, E255, E284 for a circle, and those of readTable. */
export async function readAlias(file: string, fold: (id: string) => string): Promise<Alias> {
  const table = await readTable(file, (header) => header.some((name) => plainName(name) === 'id'));
  const [id, customer] = [
    neededColumn(table, ['id', 'alias'], LAYOUT),
    neededColumn(table, ['customer', 'customer_id'], LAYOUT),
  ];
  const given = new Map<string, string>();
  for (const row of table.rows) {
    const [from, to] = [fold(row.cells[id]!), fold(row.cells[customer]!)];
    for (const column of [id, customer])
      if (row.cells[column] === '') throw badCell(table, row, column, 'blank', { remedy: 'give both ids' });
    const before = given.get(from);
    if (before !== undefined && before !== to) throw badCell(table, row, id, 'other customer', { customer: before });
    given.set(from, to);
  }
  const customers = new Map<string, string>();
  for (const row of table.rows) {
    const from = fold(row.cells[id]!);
    const seen = new Set([from]);
    let to = given.get(from)!;
    for (let next = given.get(to); next !== undefined && next !== to; next = given.get(to)) {
      if (seen.has(to)) throw new ClvError('E284', { id: from, chain: [...seen, to].join(' → ') }, row.place(id));
      seen.add(to);
      to = next;
    }
    customers.set(from, to);
  }
  return { customers, source: table.source };
}
