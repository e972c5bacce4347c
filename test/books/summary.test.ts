import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, it } from 'vitest';
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
