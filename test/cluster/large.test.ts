import { createReadStream } from 'node:fs';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { main } from '../../src/main.ts';
import { openShop, type Shop } from './shop.ts';
import { MODEL } from './valued.ts';

let shop: Shop;

beforeAll(async () => {
  shop = await openShop();
  await shop.table('tx', 'customer UInt32, date Date, amount Decimal(18, 4)', ['0,2020-01-01,1']);
  const chance = (seed: number): string => `(cityHash64(number, ${seed}) % 1000003 + 1) / 1000005`;
  await shop.shards[0]!.command({
    query: `INSERT INTO shop.tx SELECT number + 1, toDate('2019-01-01') + toUInt16(first + purchase / n * least(life, 1500 - first)),
        CAST((cityHash64(number, purchase) % 100000) * level / 100 AS Decimal(18, 2))
      FROM (SELECT number, 600 * ${chance(1)} AS first, 600 * log(${chance(2)}) / log(${chance(5)}) AS life, -log(${chance(3)}) AS level,
        1 + toUInt32(-0.05 * log(${chance(4)}) * least(life, 1500 - first)) AS n FROM numbers(65000)) ARRAY JOIN range(n) AS purchase`,
    clickhouse_settings: { distributed_foreground_insert: 1 },
  });
});

afterAll(async () => {
  await shop?.close();
});

/** The lines of a file, and the last of their cells summed in cents. */
async function sumOf(path: string): Promise<{ lines: number; cents: bigint }> {
  let [lines, cents] = [-1, 0n];
  for await (const line of createInterface(createReadStream(path))) {
    if (lines >= 0) cents += BigInt(line.slice(line.lastIndexOf(',') + 1).replace('.', ''));
    lines++;
  }
  return { lines, cents };
}

/** Purchases as evenly spaced as these are no test of a model: one is given, and the purchases whose means have a finite one. */
const OPTIONS = ['--margin', '30%', ...MODEL, '--spend-from', 'repeat', '-qq'];

it('millions of rows: every customer arrives, with the sums of the cluster', async () => {
  const [size] = await shop.rows('SELECT count() AS n, uniqExact(customer) AS customers FROM shop.tx');
  const out = join(shop.folder, 'clv.csv');
  for (const table of ['tx', 'tx_part?cluster=main']) {
    const start = performance.now();
    expect(await main(['compute', shop.address(table), ...OPTIONS, '-o', out, '--into', 'clv'])).toBe(0);
    const seconds = ((performance.now() - start) / 1000).toFixed(1);
    const megabytes = Math.round(process.memoryUsage.rss() / 1e6);
    console.log(`${size!['n']} rows, ${size!['customers']} customers, ${table}: ${seconds} s, ${megabytes} MB here`);
    const { lines, cents } = await sumOf(out);
    const [kept] = await shop.rows('SELECT count() AS n, toString(sum(clv) * 100) AS cents FROM shop.clv');
    expect([lines, cents]).toEqual([Number(kept!['n']), BigInt(Number.parseInt(String(kept!['cents']), 10))]);
  }
});
