import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { setTimeout } from 'node:timers/promises';
import { type ClickHouseClient, ClickHouseLogLevel, createClient } from '@clickhouse/client';
import { isoOf } from '../../src/base/calendar.ts';
import { uniform } from '../../src/engine/random.ts';
import { type Cluster, startCluster } from './cluster.ts';

/** A cluster with the database `shop`: a table on every shard, and one that is all of them. */
export interface Shop {
  readonly cluster: Cluster;
  /** Clients of the shards. */
  readonly shards: readonly ClickHouseClient[];
  /** Where CSV files stand beside the tables. */
  readonly folder: string;
  /** The address of a table on the first shard. */
  address(table: string, user?: string): string;
  /** Makes NAME_part on every shard and NAME over them, fills them, and writes NAME.csv; returns the path of that. */
  table(name: string, columns: string, lines: readonly string[]): Promise<string>;
  rows(query: string, shard?: number): Promise<Record<string, unknown>[]>;
  close(): Promise<void>;
}

export async function openShop(): Promise<Shop> {
  const cluster = await startCluster({ shards: 2 });
  const folder = mkdtempSync(join(tmpdir(), 'clv-shop-'));
  const shards = cluster.urls.map((url) => client(url, cluster));
  for (const shard of shards) await shard.command({ query: 'CREATE DATABASE shop' });
  process.env['CLICKHOUSE_PASSWORD'] = cluster.password;
  return {
    cluster,
    shards,
    folder,
    address: (table, user = cluster.user) =>
      `${cluster.urls[0]!.replace('http:', 'clickhouse:').replace('//', `//${user}@`)}/shop/${table}`,
    async table(name, columns, lines) {
      for (const shard of shards) {
        await shard.command({
          query: `CREATE TABLE shop.${name}_part (${columns}) ENGINE = MergeTree ORDER BY tuple()`,
        });
        await shard.command({
          query: `CREATE TABLE shop.${name} AS shop.${name}_part ENGINE = Distributed(main, shop, ${name}_part, rand())`,
        });
      }
      const values = Readable.from([`${lines.join('\n')}\n`], { objectMode: false });
      const settings = { distributed_foreground_insert: 1 } as const;
      await shards[0]!.insert({ table: `shop.${name}`, values, format: 'CSV', clickhouse_settings: settings });
      const header = columns.split(/, (?=[a-z])/).map((column) => column.split(' ')[0]);
      const path = join(folder, `${name}.csv`);
      writeFileSync(path, `${header.join(',')}\n${lines.join('\n')}\n`);
      return path;
    },
    async rows(query, shard = 0) {
      return (await shards[shard]!.query({ query, format: 'JSONEachRow' })).json();
    },
    async close() {
      for (const shard of shards) await shard.close();
      await cluster.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

function client(url: string, { user, password }: Cluster): ClickHouseClient {
  return createClient({
    url,
    username: user,
    password,
    request_timeout: 300_000,
    log: { level: ClickHouseLogLevel.OFF },
    clickhouse_settings: { output_format_json_quote_64bit_integers: 1, skip_unavailable_shards: 0 },
  });
}

/** Waits, but not for long. */
export async function until(test: () => Promise<boolean>): Promise<void> {
  for (const end = Date.now() + 300_000; Date.now() < end; await setTimeout(30)) if (await test()) return;
  throw new Error('it did not come to that');
}

const REGIONS = ['north', 'süd', '', 'Ost 東', 'a"b', ' north'];

/**
 * Lines of made-up transactions: customer, date, amount, region, channel. Ids of many scripts and with zeros in front, several
 * rows a day, refunds, refund-only days, leap days, amounts of 14 digits, customers that change their segment.
 */
export function transactions(customers: number): string[] {
  const random = uniform(7);
  const wait = (): number => -Math.log(1 - random());
  const one = (names: readonly string[]): string => names[Math.floor(random() * names.length)]!;
  const start = 18_262;
  return Array.from({ length: customers }, (_, c) => {
    const id = c % 7 === 0 ? `Zoë-${c}` : c % 11 === 0 ? `😀 ${c}` : String(c).padStart(6, '0');
    const [rate, life, level, region] = [0.03 * wait() + 1e-4, 900 * wait() * wait(), 20 + 50 * wait(), one(REGIONS)];
    const rows: string[] = [];
    const first = Math.floor(random() * 600);
    for (let day = first; day <= 1200 && day - first <= life; day += Math.ceil(wait() / rate)) {
      const cents = Math.floor(level * (0.3 + random()) * 100) / 100;
      const large = `${1e13 + Math.floor(random() * 8e13)}.${String(Math.floor(random() * 1e4)).padStart(4, '0')}`;
      const amount = c % 250 === 3 ? large : ((random() < 0.06 ? -1 : 1) * cents).toFixed(2);
      const cells = [
        id,
        random() < 0.02 ? '2020-02-29' : isoOf(start + day),
        amount,
        random() < 0.97 ? region : 'x',
        one(['web', 'shop']),
      ];
      const line = cells.map((cell, i) => (i === 1 || i === 2 ? cell : `"${cell.replaceAll('"', '""')}"`)).join(',');
      rows.push(...(random() < 0.1 ? [line, line] : [line]));
    }
    return rows;
  }).flat();
}

/** Payments of subscriptions, on month ends too: customer, date, amount, plan. */
export function payments(customers: number): string[] {
  const random = uniform(11);
  return Array.from({ length: customers }, (_, c) => {
    const [month, day] = [Math.floor(random() * 12), [1, 15, 29, 30, 31][c % 5]!];
    const rows: string[] = [];
    for (let i = 0; i < 30 - month && (i === 0 || random() < 0.93); i++) {
      const [year, m] = [2020 + Math.floor((month + i) / 12), (month + i) % 12];
      const last = new Date(Date.UTC(year, m + 1, 0)).getUTCDate();
      const date = new Date(Date.UTC(year, m, Math.min(day, last))).toISOString().slice(0, 10);
      rows.push(`s${c},${date},${c % 3 === 0 ? '19.90' : '9.90'},${c % 3 === 0 ? 'pro' : 'basic'}`);
    }
    return rows;
  }).flat();
}
