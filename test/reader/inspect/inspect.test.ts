import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, expect, test } from 'vitest';
import type { Batch, PlainFile, TransactionSink } from '../../../src/data/transactions.ts';
import { inspectFiles, profileInputs } from '../../../src/reader/inspect/inspect.ts';
import { takenAs } from '../../../src/reader/inspect/taken-as.ts';
import { draftLayout } from '../../../src/reader/layouts/draft.ts';
import { nearestLayouts } from '../../../src/reader/layouts/nearest.ts';
import { checkedLayout } from '../../../src/reader/layouts/schema.ts';
import { isPartWord, isRefundWord, isStatusKind } from '../../../src/reader/rows/words.ts';
import { runs } from '../../runs.ts';

const folder = mkdtempSync(join(tmpdir(), 'clv-inspect-reader-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

class Sink implements TransactionSink {
  readonly plain: PlainFile[] = [];
  records = 0;

  async handOver(file: PlainFile): Promise<void> {
    this.plain.push(file);
  }

  async append(batch: Batch): Promise<void> {
    this.records += batch.length;
  }

  async forget(): Promise<void> {
    this.records = 0;
  }
}

let files = 0;
async function inspected(content: string | Buffer, options = {}) {
  const file = join(folder, `data${files++}.csv`);
  writeFileSync(file, content);
  const sink = new Sink();
  const found = await inspectFiles([file], { scratch: folder, ...options }, sink);
  return { found, sink, file };
}

const codes = (faults: readonly { readonly code: string }[]): readonly string[] => faults.map(({ code }) => code);

test('a mark that nothing tells is a fault beside the texts that are no amounts', async () => {
  const { found } = await inspected(
    'customer,date,amount\na,2024-01-05,"59,981"\nb,2024-01-06,"47,708"\nc,2024-01-07,-x\n',
  );
  expect(codes(found.faults)).toEqual(['E241', 'E204']);
});

test('columns of fields that a spreadsheet takes for text are looked at to the end', async () => {
  const { found } = await inspected('customer,date,amount\n="0812",2024-01-05,1\n="0813",2024-01-06,2\n');
  expect(found.faults).toEqual([]);
  const profile = await profileInputs(found);
  expect(profile).toMatchObject({ records: 2, complete: true });
  expect(profile!.columns[0]!.examples).toEqual(['0812', '0813']);
});

test('everything that is refused is told together, and the rows are counted all the same', async () => {
  const { found } = await inspected(
    'order,customer_id,date,amount,currency,status,refunded\n' +
      '1,a,2024-01-05,20.00,EUR,paid,0\n2,a,2024-03-05,9.00,USD,failed,0\n3,b,2024-13-05,1.00,EUR,paid,0\n' +
      '4,b,2024-03-06,-2.50,eur,paid,1.50\n',
  );
  expect(codes(found.faults)).toEqual(['E241', 'E291', 'E292', 'E293']);
  const { surveyed } = found;
  expect(surveyed!.result.totals).toMatchObject({ records: 3, amount: 265_000n });
  expect(surveyed!.negative).toEqual({ records: 1, amount: -25_000n });
  const values = (name: string) => Object.fromEntries(surveyed!.survey.values.get(surveyed!.names.indexOf(name))!);
  expect(values('status')).toEqual({
    paid: { records: 3, amount: 185_000n },
    failed: { records: 1, amount: 90_000n },
  });
  expect(Object.keys(values('currency'))).toEqual(['EUR', 'USD', 'eur']);
  expect(surveyed!.survey.refunds.get(surveyed!.names.indexOf('refunded'))).toEqual({ records: 1, amount: 15_000n });
});

test('two signs of currency in one column end a reading, not an inspection', async () => {
  const { found } = await inspected(
    'customer,date,amount\na,2024-01-05,€ 20.00\na,2024-01-06,$ 3.00\na,2024-01-07,€ 4.00\n',
  );
  expect(codes(found.faults)).toContain('E205');
  expect(found.surveyed!.result.totals.records).toBe(2);
});

test('a row after the end of the table, and one order with two totals', async () => {
  const ended = await inspected('customer,date,amount\na,2024-01-05,1\nTotal,,\na,2024-01-06,1\n', {
    stopAt: { column: 'customer', values: ['Total'] },
  });
  expect(codes(ended.found.faults)).toEqual(['E282']);
  const differs = await inspected('order,customer,date,amount\n1,a,2024-01-05,1\n1,a,2024-01-05,2\n', {
    order: 'order',
    lines: 'total',
  });
  expect(codes(differs.found.faults)).toEqual(['E283']);
  const once = await inspected('id,customer,date,amount\n1,a,2024-01-05,1\n1,a,2024-01-05,2\n', { once: 'id' });
  expect(codes(once.found.faults)).toEqual(['E288']);
});

test('where nothing is a transaction, it is told why: E281', async () => {
  const { found } = await inspected('customer,date,amount,status\na,2024-01-05,1,open\n', {
    where: [{ column: 'status', values: ['paid'], not: false }],
  });
  expect(found.faults[0]).toMatchObject({
    code: 'E281',
    values: { apart: '1 left out by status "open" (not chosen)' },
  });
});

test('what is wrong with the head leaves what was read before; what was typed wrong is raised', async () => {
  const { found } = await inspected('a,b\n1,2\n');
  expect(codes(found.faults)).toEqual(['E124']);
  expect(found.inputs[0]!.head.columns).toEqual(['a', 'b']);
  await expect(inspected('customer,date,amount\n', { customer: 'nobody' })).rejects.toMatchObject({ code: 'E105' });
  await expect(inspectFiles([join(folder, 'none.csv')], { scratch: folder }, new Sink())).rejects.toMatchObject({
    code: 'E401',
  });
});

test('a plain file goes to the sink as a whole, and its records below zero are counted', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.tuple(fc.constantFrom('a', '"b, c"', '"d""e"'), fc.integer({ min: -99_999, max: 99_999 }))),
      fc.boolean(),
      async (rows, quoted) => {
        const money = (cents: number): string => (quoted ? `"${(cents / 100).toFixed(2)}"` : (cents / 100).toFixed(2));
        const lines = rows.map(([id, cents]) => `${id},2024-01-05,${money(cents)},x-1`);
        const { found, sink } = await inspected(
          `customer,date,amount,net-note\nz,2024-01-01,1.00,-5\n${lines.join('\n')}`,
        );
        expect(sink.plain).toHaveLength(1);
        const below = rows.filter(([, cents]) => cents < 0);
        expect(found.surveyed!.negative).toEqual({
          records: below.length,
          amount: below.reduce((sum, [, cents]) => sum + BigInt(cents) * 100n, 0n),
        });
      },
    ),
    { numRuns: runs(30) },
  );
});

test('columns by the first records: examples, distinct values up to a bound, blanks', async () => {
  const rows = Array.from({ length: 1500 }, (_, i) => `c${i},2024-01-05,1.00,${i % 3 === 0 ? ' ' : `r${i % 2}`}`);
  const { found } = await inspected(`customer,date,amount,region\n${rows.join('\n')}\n`);
  const profile = await profileInputs(found);
  expect(profile).toMatchObject({ records: 1500, complete: true });
  expect(profile!.columns[0]).toEqual({ examples: ['c0', 'c1', 'c2'], distinct: 1000, more: true, blanks: 0 });
  expect(profile!.columns[3]).toEqual({ examples: ['r1', 'r0'], distinct: 2, more: false, blanks: 500 });
  expect(takenAs(found.inputs[0]!.head.columns, found.transactions!.reading, profile!.columns, 1500)).toEqual([
    'customer',
    'date',
    'amount',
    'key',
  ]);
});

test('columns are taken as their names say where no reading is known', () => {
  const header = ['Order ID', 'Txn ID', 'Qty', 'Unit Price', 'Currency', 'Status', 'Amount Refunded', 'Note'];
  expect(takenAs(header, null, [], 0)).toEqual([
    'order',
    'transaction',
    'quantity',
    'price',
    'currency',
    'status',
    'refund',
    'other',
  ]);
});

test('the nearest layouts by the columns that they know', () => {
  const [first] = nearestLayouts(['Order ID', 'Customer ID', 'Customer Email', 'Order Date', 'Order Status']);
  expect(first).toMatchObject({ name: 'bigcommerce-orders', matched: 5, asked: 8 });
  expect(first!.missing).toContain('Payment Method');
  expect(nearestLayouts(['customer', 'date', 'amount'])).toEqual([]);
});

test('words of what was given back, in part or whole, and of kinds of rows', () => {
  expect(['refunded', 'Rückerstattet', 'chargeback', 'Storno'].map(isRefundWord)).toEqual([true, true, true, true]);
  expect(['paid', 'failed', 'pending'].map(isRefundWord)).toEqual([false, false, false]);
  expect(['partially_refunded', 'teilweise erstattet', 'refunded'].map(isPartWord)).toEqual([true, true, false]);
  expect(['Type', 'Event Type', 'Status'].map(isStatusKind)).toEqual([true, true, false]);
});

test('a draft names every value of a status, is of the form of a layout, and says what to check', async () => {
  const { found, file } = await inspected(
    'customer_id,date,amount,status\na,2024-01-05,1,paid\na,2024-01-06,1,void\nb,2024-01-06,1,\n',
  );
  const { surveyed, transactions } = found;
  const layout = draftLayout({
    file: 'exports/Größe 7 (neu).csv.gz',
    header: found.inputs[0]!.head.columns,
    layout: null,
    reading: transactions!.reading,
    amount: 'amount',
    formats: [],
    values: new Map([...surveyed!.survey.values].map(([column, values]) => [surveyed!.names[column]!, values])),
    order: null,
    currency: null,
    once: null,
    nobody: ['0'],
    minus: [],
    zero: [],
  });
  expect(checkedLayout(JSON.stringify(layout), file)).toEqual(layout);
  expect(layout).toMatchObject({
    name: 'grosse-7-neu',
    match: { columns: ['customer_id', 'date', 'amount', 'status'] },
    customer: { columns: ['customer_id'], nobody: ['0'] },
    rows: [{ column: 'status', count: ['paid', ''], leave_out: { void: 'CHECK: left out by its word alone' } }],
  });
});
