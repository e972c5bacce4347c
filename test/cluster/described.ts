import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { isoOf } from '../../src/base/calendar.ts';
import { uniform } from '../../src/engine/random.ts';
import type { Shop } from './shop.ts';

/** Columns by name and type. */
export type Columns = Readonly<Record<string, string>>;
export type Cells = readonly (string | number)[];

/** The same rows as a file, in a table that is all shards, and in the parts of it: NAME.csv, NAME, NAME_part. A blank cell is NULL. */
export async function fill(shop: Shop, name: string, columns: Columns, rows: readonly Cells[]): Promise<string> {
  const quoted = (text: string): string => `\`${text}\``;
  const list = Object.entries(columns).map(([column, type]) => `${quoted(column)} ${type}`);
  for (const shard of shop.shards) {
    for (const table of [name, `${name}_part`]) await shard.command({ query: `DROP TABLE IF EXISTS shop.${table}` });
    await shard.command({
      query: `CREATE TABLE shop.${name}_part (${list.join(', ')}) ENGINE = MergeTree ORDER BY tuple()`,
    });
    await shard.command({
      query: `CREATE TABLE shop.${name} AS shop.${name}_part ENGINE = Distributed(main, shop, ${name}_part, rand())`,
    });
  }
  const cell = (value: string | number): string =>
    /[",\n\\]/.test(String(value)) ? `"${String(value).replaceAll('"', '""')}"` : String(value);
  const text = rows.map((row) => `${row.map(cell).join(',')}\n`).join('');
  await shop.shards[0]!.insert({
    table: `shop.${name}`,
    values: Readable.from([text], { objectMode: false }),
    format: 'CSV',
    clickhouse_settings: { distributed_foreground_insert: 1 },
  });
  const path = join(shop.folder, `${name}.csv`);
  writeFileSync(path, `${Object.keys(columns).map(cell).join(',')}\n${text}`);
  return path;
}

/** Purchases that differ in all that a description may say of them. */
export interface Sale {
  readonly order: string;
  readonly email: string;
  readonly phone: string;
  readonly date: string;
  readonly total: string;
  readonly refunded: string;
  readonly status: string;
  readonly currency: string;
  readonly quantity: number;
}

/** Sales of some customers over three years, some of whom are guests, write their address in capitals, or give things back. */
export function sales(customers: number): readonly Sale[] {
  const random = uniform(23);
  const wait = (): number => -Math.log(1 - random());
  const one = (values: readonly string[]): string => values[Math.floor(random() * values.length)]!;
  const found: Sale[] = [];
  for (let c = 0; c < customers; c++) {
    const [rate, life, first] = [0.02 * wait() + 1e-4, 900 * wait(), Math.floor(random() * 500)];
    const guest = c % 17 === 4;
    for (let day = first; day <= 1100 && day - first <= life; day += Math.ceil(wait() / rate)) {
      const total = (5 + 80 * random()).toFixed(2);
      const status = one(['paid', 'paid', 'Paid ', 'partially_refunded', 'refunded', 'pending', 'voided', 'PAID']);
      const refunded =
        status === 'refunded' ? total : status === 'partially_refunded' ? (Number(total) / 3).toFixed(2) : '';
      found.push({
        order: `#${1000 + found.length}`,
        email: guest ? '' : random() < 0.2 ? `Kunde${c}@Shop.Example` : `kunde${c}@shop.example`,
        phone: guest && c % 2 === 0 ? `+49 ${c}` : '',
        date: isoOf(18_262 + day),
        total,
        refunded,
        status,
        currency: one(['EUR', 'EUR', 'eur', 'USD', 'CHF']),
        quantity: 1 + Math.floor(random() * 3),
      });
    }
  }
  return found;
}
