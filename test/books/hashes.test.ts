import { mkdtempSync } from 'node:fs';
import { afterAll, expect, it } from 'vitest';
import { contentOf, reading, tablesIn } from '../../src/ledger/duckdb/book/read.ts';
import { hashesUpTo } from '../../src/ledger/steps/books/closes.ts';
import { Folder } from './books.ts';

/** The hash of the data of a close is the same by the accounts of the adds as by every row. */

const folder = new Folder();
afterAll(() => folder.remove());

const DAY = (iso: string): number => Date.parse(iso) / 86_400_000;

function orders(name: string, rows: readonly string[]): string {
  return folder.write(name, `order,customer,date,amount\n${rows.join('\n')}\n`);
}

it('whether the rows of an add lie before a close, after it or on both sides, or some of them were restated', async () => {
  const book = folder.at('shop.clv');
  const files = [
    orders('january.csv', ['1,a,2025-01-03,10', '2,b,2025-01-20,20', '3,a,2025-01-31,-5']),
    orders('february.csv', ['4,c,2025-02-02,7', '5,a,2025-02-20,8']),
    orders('late.csv', ['2,b,2025-01-20,25', '6,d,2025-03-01,9', '7,d,2025-03-09,1']),
    orders('april.csv', ['8,a,2025-04-01,3']),
  ];
  for (const file of files) await folder.json('ledger', 'add', book, file, '--once', 'order', '--restate', '-qq');
  await folder.json('ledger', 'remove', book, files[3]!, '-qq');
  const days = ['2024-12-31', '2025-01-25', '2025-01-31', '2025-02-28', '2025-03-05', '2025-03-31', '2025-05-01'].map(
    DAY,
  );
  await reading(book, mkdtempSync(folder.at('scratch-')), async (store) => {
    const [tables, content] = [tablesIn(store), await contentOf(store, book)];
    const byRow = { ...content, adds: content.adds.map((add) => ({ ...add, records: -1 })) };
    const all = await hashesUpTo(tables, content, days);
    expect(all).toEqual(await hashesUpTo(tables, byRow, days));
    // Rows lie between each two of the days but the last two.
    expect(new Set(all).size).toBe(days.length - 1);
    for (const [i, day] of days.entries()) expect(await hashesUpTo(tables, content, [day])).toEqual([all[i]]);
  });
});
