import { DuckDBInstance } from '@duckdb/node-api';
import fc from 'fast-check';
import { afterAll, expect, it } from 'vitest';
import { runs } from '../runs.ts';
import { Folder } from './books.ts';

/** What a book keeps of its transactions added up. */

const folder = new Folder();
afterAll(() => folder.remove());

async function keptBy(book: string, sql: string): Promise<unknown[]> {
  const instance = await DuckDBInstance.create(book, { access_mode: 'READ_ONLY' });
  const connection = await instance.connect();
  const found = (await connection.runAndReadAll(sql)).getRowsJson();
  connection.closeSync();
  instance.closeSync();
  return found;
}

const TYPES = `SELECT DISTINCT data_type FROM duckdb_columns() WHERE table_name IN ('customer_days', 'customer_sums')
AND column_name IN ('revenue', 'refunds', 'first_revenue') ORDER BY data_type`;

it.each([
  ['of hundredths', '90.10', ['DECIMAL(18,2)']],
  ['of four decimals', '90.1234', ['DECIMAL(18,4)']],
  ['of more, where a day adds up to it', '90000000000000.10', ['DECIMAL(38,4)']],
])('money %s is the same as from the file', async (name, amount, types) => {
  const rows = [
    `a,2025-01-02,${amount}`,
    `a,2025-01-02,${amount}`,
    'a,2025-01-01,-5',
    'a,2025-02-01,7',
    'b,2025-01-05,-3',
  ];
  const file = folder.write(`${name}.csv`, `customer,date,amount\n${rows.join('\n')}\n`);
  const book = folder.at(`${name}.clv`);
  await folder.json('ledger', 'add', book, file, '-qq');
  const audit = async (of: string) => {
    const { input, ...found } = await folder.json<{ input: unknown }>('audit', of, '--margin', '30%', '-qq');
    return found;
  };
  expect(await audit(book)).toEqual(await audit(file));
  const found = (await keptBy(book, TYPES)).flat();
  expect(found).toEqual(expect.arrayContaining(types));
  expect(found.every((type) => types.includes(String(type)))).toBe(true);
});

it('is what counts: records that were taken out are in none of it', async () => {
  const book = folder.at('out.clv');
  const first = folder.write('first.csv', 'customer,date,amount\na,2025-01-01,10\na,2025-01-03,-4\nb,2025-01-02,5\n');
  const second = folder.write('second.csv', 'customer,date,amount\na,2025-01-03,20\nc,2025-01-04,1\n');
  await folder.json('ledger', 'add', book, first, '-qq');
  const [days, sums] = ['FROM customer_days', 'FROM customer_sums'].map((from) => `SELECT * ${from} ORDER BY ALL`);
  const alone = [await keptBy(book, days!), await keptBy(book, sums!)];
  await folder.json('ledger', 'add', book, second, '-qq');
  expect(await keptBy(book, 'SELECT * EXCLUDE (customer) FROM customer_sums ORDER BY ALL')).toEqual([
    ['1', '2025-01-02', '2025-01-02', '1', '5.00', '5.00'],
    ['1', '2025-01-04', '2025-01-04', '1', '1.00', '1.00'],
    ['3', '2025-01-01', '2025-01-03', '2', '26.00', '10.00'],
  ]);
  await folder.json('ledger', 'remove', book, second, '-qq');
  expect([await keptBy(book, days!), await keptBy(book, sums!)]).toEqual(alone);
});

/** An order, its customer, day and amount. */
type Order = readonly [order: string, customer: string, day: number, amount: string];

function orders(name: string, rows: readonly Order[]): string {
  const lines = rows.map(
    ([order, customer, day, amount]) =>
      `${order},${customer},${new Date(Date.UTC(2025, 0, 1 + day)).toISOString().slice(0, 10)},${amount}`,
  );
  return folder.write(name, `order,customer,date,amount\n${lines.join('\n')}\n`);
}

const FILLED: readonly Order[] = Array.from({ length: 200 }, (_, i) => [
  `o${i}`,
  `c${(i * 7) % 30}`,
  (i * 11) % 90,
  i % 9 === 0 ? '-4.10' : `${5 + (i % 40)}.25`,
]);
const lateOrder = fc.tuple(
  fc.integer({ min: 0, max: 220 }).map((i) => `o${i}`),
  fc.integer({ min: 0, max: 34 }).map((i) => `c${i}`),
  fc.integer({ min: 0, max: 100 }),
  fc.constantFrom('7.00', '-12.30', '0.00', '55.55', '1.2345', '60000000000000'),
);
const change = fc.oneof(
  fc.uniqueArray(lateOrder, { minLength: 1, maxLength: 6, selector: ([order]) => order }),
  fc.constant('remove' as const),
);

it('is what it would be anew after every change, to the last row and type', async () => {
  let numbers = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 4 }), async (changes) => {
      const id = numbers++;
      const book = folder.at(`changes${id}.clv`);
      await folder.json('ledger', 'add', book, orders(`filled${id}.csv`, FILLED), '--once', 'order', '-qq');
      const added: string[] = [];
      for (const [i, one] of changes.entries()) {
        if (one === 'remove') {
          const last = added.pop();
          if (last !== undefined) await folder.json('ledger', 'remove', book, last, '-qq');
        } else {
          const file = orders(`late${id}-${i}.csv`, one);
          await folder.json('ledger', 'add', book, file, '--once', 'order', '--restate', '-qq');
          added.push(file);
        }
        // Every row of both tables is held against the transactions.
        await folder.json('ledger', 'check', book);
      }
      const live = folder.write(
        `live${id}.csv`,
        `customer,date,amount\n${(await keptBy(book, 'SELECT customer_id, day, amount FROM transactions_named')).map((row) => (row as string[]).join(',')).join('\n')}\n`,
      );
      const anew = folder.at(`anew${id}.clv`);
      await folder.json('ledger', 'add', anew, live, '-qq');
      const tables = async (of: string) => [
        await keptBy(of, TYPES),
        await keptBy(
          of,
          'SELECT c.customer_id, d.* EXCLUDE (customer) FROM customer_days AS d JOIN customers AS c USING (customer) ORDER BY ALL',
        ),
        await keptBy(
          of,
          'SELECT c.customer_id, s.* EXCLUDE (customer) FROM customer_sums AS s JOIN customers AS c USING (customer) ORDER BY ALL',
        ),
      ];
      expect(await tables(book)).toEqual(await tables(anew));
    }),
    { numRuns: runs(20), seed: 1 },
  );
});
