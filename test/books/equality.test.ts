import { readdirSync, readFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runs } from '../runs.ts';
import { Folder } from './books.ts';

/** A book is its files: every command says the same of both, byte for byte, but for how the input is named. */

const FIXTURES = join(import.meta.dirname, '../../fixtures');
const folder = new Folder();
afterAll(() => folder.remove());

const QUICK = ['--model', 'pareto-nbd', '--season', 'none'];
let books = 0;

/** Reads files into a new book, by an add for each group of them. */
async function bookOf(adds: readonly (readonly string[])[], reading: readonly string[] = []): Promise<string> {
  const book = folder.at(`${books++}.clv`);
  for (const files of adds) await folder.json('ledger', 'add', book, ...files, ...reading);
  return book;
}

interface Document {
  readonly input: {
    readonly reconciliation: unknown;
    readonly reading: unknown;
    readonly tables: unknown;
    readonly files: unknown;
  };
}

/** A document without its input, as it was written, and what its input says of the records. */
function parts(text: string): readonly [string, unknown] {
  const { input } = JSON.parse(text) as Document;
  const { reconciliation, reading, tables } = input;
  return [text.replace(/"input": \{[\s\S]*?\n {2}\},\n/, ''), { reconciliation, reading, tables }];
}

/** Holds a command on files against the same on a book of them; what it says of warnings too. */
async function mustEqual(
  command: string,
  files: readonly string[],
  book: string,
  options: readonly string[],
  reading: readonly string[] = [],
): Promise<void> {
  const ofFiles = await folder.run(command, ...files, ...reading, ...options, '-q');
  const ofBook = await folder.run(command, book, ...options, '-q');
  expect(ofBook.code, ofBook.err).toBe(ofFiles.code);
  if (ofFiles.code === 0) expect(parts(ofBook.out)).toEqual(parts(ofFiles.out));
  const said = (err: string): string => err.replace(/^ {2}remedy:.*\n/gm, '');
  expect(said(ofBook.err)).toBe(said(ofFiles.err));
}

const shop = join(FIXTURES, 'transactions.csv');
const margins = ['--margins', join(FIXTURES, 'margins.csv')];

describe('a book of one export', () => {
  let book = '';
  beforeAll(async () => {
    book = await bookOf([[shop]]);
  });

  it.each([
    ['compute', [...margins, '--by', 'region', '--model-error', 'none']],
    ['compute', ['--margin', '30%', '--as-of', '2025-03-31', '--interval', 'none']],
    ['audit', [...margins, '--by', 'product']],
    ['cohorts', ['--margin', '30%', '--by', 'region', '--every', '1q']],
    ['statement', ['--margin', '30%', '--from', '2024-06-30', '--to', '2025-06-30', '--by', 'region']],
    ['whatif', ['--margin', '30%', '--set', 'margin=35%']],
    ['explain', ['--margin', '30%', '--id', '000104']],
  ])('is the export to clv %s %j', async (command, options) => {
    await mustEqual(command, [shop], book, [...options, ...QUICK]);
  });

  it('keeps the columns that margins and segments need, text by text', async () => {
    const { out } = await folder.run('compute', book, ...margins, '--by', 'note', ...QUICK, '--interval', 'none');
    expect(out).toContain('Ring twice.\\n');
  });
});

describe('a book of subscriptions', () => {
  const payments = join(FIXTURES, 'subscriptions.csv');
  let book = '';
  beforeAll(async () => {
    book = await bookOf([[payments]]);
  });

  it.each([
    ['compute', ['--contract', '1m', '--margin', '70%', '--by', 'plan']],
    ['statement', ['--contract', '1m', '--margin', '70%', '--from', '2024-12-31', '--to', '2025-06-30']],
    ['mrr', ['--contract', '1m', '--plan', 'plan']],
  ])('is the payments to clv %s', async (command, options) => {
    await mustEqual(command, [payments], book, options);
  });
});

describe('a book of payments some of which were given back within their row', () => {
  const payments = join(FIXTURES, 'cases/mrr-refunds-in-rows/payments.csv');

  it.each([
    ['compute', ['--contract', '1m', '--margin', '100%', '--retention', '80%', '--as-of', '2024-03-20']],
    ['mrr', ['--contract', '1m', '--as-of', '2024-03-20']],
  ])('is the payments to clv %s', async (command, options) => {
    await mustEqual(command, [payments], await bookOf([[payments]]), options);
  });
});

describe('a book of a known export', () => {
  const layouts = readdirSync(join(FIXTURES, 'layouts'))
    .filter((file) => file.endsWith('.csv'))
    .map((file) => ({
      file: join(FIXTURES, 'layouts', file),
      ...(JSON.parse(readFileSync(join(FIXTURES, 'layouts', file.replace('.csv', '.json')), 'utf8')) as {
        readonly options: readonly string[];
        readonly refused?: boolean;
      }),
    }))
    .filter(({ refused }) => !refused);
  const every = Math.floor(layouts.length / runs(layouts.length));

  it.each(layouts.filter((_, i) => i % every === 0).map((one) => [basename(one.file), one] as const))(
    'is the export: %s',
    async (_, { file, options }) => {
      const reading = options.filter((one) => !/^(compute|-)/.test(one) || one.startsWith('--'));
      await mustEqual('audit', [file], await bookOf([[file]], reading), ['--margin', '30%', ...QUICK], reading);
    },
  );
});

describe('a book of several exports', () => {
  /** Sales and refunds of a few customers, some rows of which cannot be read. */
  const row = fc.record({
    customer: fc.integer({ min: 1, max: 40 }),
    day: fc.integer({ min: 0, max: 500 }),
    cents: fc.integer({ min: -2000, max: 9000 }),
    region: fc.constantFrom('north', 'south', ''),
    bad: fc.integer({ min: 0, max: 30 }).map((n) => n === 0),
  });
  const csv = (rows: readonly (typeof row extends fc.Arbitrary<infer T> ? T : never)[], from: number): string =>
    `order,customer,date,amount,region\n${rows
      .map(({ customer, day, cents, region, bad }, i) => {
        const date = new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
        return `${from + i},c${customer},${bad ? 'oops' : date},${(cents / 100).toFixed(2)},${region}`;
      })
      .join('\n')}\n`;

  it('is all of them at once, with refunds, rejects and blanks', async () => {
    const file = fc.array(row, { minLength: 20, maxLength: 60 });
    await fc.assert(
      fc.asyncProperty(file, file, async (first, second) => {
        const ok = [...first].map((one, i) => (i === 0 ? { ...one, bad: false, cents: 500 } : one));
        const also = [...second].map((one, i) => (i === 0 ? { ...one, bad: false, cents: 500 } : one));
        const files = [folder.write('a.csv', csv(ok, 0)), folder.write('b.csv', csv(also, 1000))];
        const reading = ['--max-rejects', '60%'];
        const options = ['--margin', '30%', '--by', 'region', ...QUICK];
        const apart = await bookOf(
          files.map((one) => [one]),
          reading,
        );
        await mustEqual('audit', files, apart, options, reading);
        await mustEqual('audit', files, await bookOf([files], reading), options, reading);
      }),
      { numRuns: runs(15), seed: 7 },
    );
  });
});
