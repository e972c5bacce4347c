import { DuckDBInstance } from '@duckdb/node-api';
import { afterAll, expect, it } from 'vitest';
import { FORMAT } from '../../src/ledger/steps/books/tables.ts';
import { Folder } from './books.ts';

/** Books of earlier formats. */

const folder = new Folder();
afterAll(() => folder.remove());

it('a book of the first format, and its closes, are read as they stand, and made one of this format by the next change', async () => {
  const book = folder.at('shop.clv');
  const rows = Array.from({ length: 24 }, (_, i) => `c${i % 8},2025-0${1 + (i % 4)}-0${1 + (i % 9)},${10 + i}.00,1m`);
  await folder.json(
    'ledger',
    'add',
    book,
    folder.write('rows.csv', `customer,date,amount,plan\n${rows.join('\n')}\n`),
    '-qq',
  );
  const model = {
    ...{ name: 'pareto-nbd', time_unit: 'week', parameters: { r: 0.6, alpha: 9, s: 0.5, beta: 12 } },
    spend: { name: 'gamma-gamma', spend_from: 'all', parameters: { p: 5, q: 4, gamma: 14 } },
  };
  const how = ['--use-model', folder.write('model.json', JSON.stringify({ model })), '--margin', '40%', '-qq'];
  await folder.json('close', book, '--as-of', '2025-03-31', ...how);
  const instance = await DuckDBInstance.create(book);
  const connection = await instance.connect();
  // As it was then: it kept nothing added up.
  for (const statement of ['DROP TABLE customer_days', 'DROP TABLE customer_sums', 'UPDATE book SET format = 1'])
    await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
  const format = async () => (await folder.json<{ book: { format: number } }>('ledger', 'check', book)).book.format;
  expect(await format()).toBe(1);
  const { restatements } = await folder.json<{ restatements: unknown[] }>('statement', book, '--from', 'last', '-qq');
  expect(restatements).toEqual([]);
  await folder.json('close', book, '-qq');
  expect(await format()).toBe(FORMAT);
  const { closes } = await folder.json<{ closes: unknown[] }>('closes', book);
  expect(closes).toHaveLength(2);
});
