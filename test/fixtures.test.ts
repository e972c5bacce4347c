import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'csv-parse/sync';
import { expect, test } from 'vitest';

const root = fileURLToPath(new URL('..', import.meta.url));

test('the generator makes the committed bytes', () => {
  const folder = mkdtempSync(join(tmpdir(), 'clv-fixtures-'));
  try {
    execFileSync(process.execPath, [join(root, 'scripts/make-fixtures.mjs'), folder]);
    for (const name of ['transactions.csv', 'margins.csv', 'subscriptions.csv']) {
      expect(readFileSync(join(folder, name)).equals(readFileSync(join(root, 'fixtures', name))), name).toBe(true);
    }
  } finally {
    rmSync(folder, { recursive: true });
  }
});

test('the shop has what the reader must get right', () => {
  const text = readFileSync(join(root, 'fixtures/transactions.csv'), 'utf8');
  const rows = parse(text, { columns: true }) as Record<string, string>[];
  const having = (predicate: (row: Record<string, string>) => boolean) => rows.filter(predicate).length;
  const customers = new Set(rows.map((row) => row['customer_id']));
  const buyers = new Set(rows.filter((row) => !row['amount']!.startsWith('-')).map((row) => row['customer_id']));

  expect(text.length).toBeLessThan(1_000_000);
  expect([buyers.size, customers.size]).toEqual([3000, 3006]);
  expect(having((row) => !/^0\d{5}$/.test(row['customer_id']!))).toBe(0);
  expect([rows[0]!['date'], rows.at(-1)!['date']]).toEqual(['2023-01-01', '2025-06-30']);
  expect(having((row) => row['amount']!.startsWith('-'))).toBeGreaterThan(200);
  for (const mark of [',', '"', '\n']) expect(having((row) => row['note']!.includes(mark))).toBeGreaterThan(100);
});
