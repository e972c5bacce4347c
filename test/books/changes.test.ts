import { existsSync, readFileSync, symlinkSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { runs } from '../runs.ts';
import { Folder } from './books.ts';

/** What is added, comes again, is restated and taken out. */

const folder = new Folder();
afterAll(() => folder.remove());
let books = 0;
const book = (): string => folder.at(`changes${books++}.clv`);

interface Told {
  readonly book: { readonly [name: string]: number | string | null };
  readonly warnings: readonly { readonly code: string }[];
  readonly adds: readonly { readonly [name: string]: number | string | null }[];
}

type Order = readonly [id: number | string, customer: string, day: string, amount: string];

function orders(name: string, rows: readonly Order[], columns = 'order id,customer,date,amount'): string {
  return folder.write(name, `${columns}\n${rows.map((row) => row.join(',')).join('\n')}\n`);
}

const january: readonly Order[] = [
  [1, 'anna', '2025-01-03', '10.00'],
  [2, 'ben', '2025-01-20', '25.50'],
  [3, 'anna', '2025-01-31', '-4.00'],
];
const february: readonly Order[] = [
  [3, 'anna', '2025-01-31', '-4.00'],
  [4, 'cleo', '2025-02-11', '7.25'],
];
const corrected: readonly Order[] = [
  [2, 'ben', '2025-01-20', '20.00'],
  [5, 'dan', '2025-02-28', '1.00'],
];
const ONCE = ['--once', 'order id'];

const show = async (file: string) => (await folder.json<Told>('ledger', 'show', file)).book;
const totals = async (file: string) => {
  const { transactions, amount_total, customers, files } = await show(file);
  return { transactions, amount_total, customers, files };
};
const add = (file: string, ...words: readonly string[]) => folder.json<Told>('ledger', 'add', file, ...words);

describe('records that came before', () => {
  const files = [orders('jan.csv', january), orders('feb.csv', february)] as const;

  it('are dropped and counted where a column tells transactions apart, as in files read at once', async () => {
    const file = book();
    await add(file, files[0], ...ONCE);
    const { adds } = await add(file, files[1], ...ONCE);
    expect(adds).toMatchObject([{ number: 2, records: 2, transactions: 1, repeated: 1 }]);
    const audit = async (...words: readonly string[]) => {
      const { input } = await folder.json<{ input: { reconciliation: object } }>(
        'audit',
        ...words,
        '--margin',
        '30%',
        '-qq',
      );
      return input.reconciliation;
    };
    expect(await audit(file)).toEqual(await audit(...files, ...ONCE));
    expect(await folder.fails('ledger', 'check', file)).toMatch(/^0/);
  });

  it('are refused where a column looks as if it told them apart and nobody says so', async () => {
    const file = book();
    await add(file, files[0]);
    expect(await folder.fails('ledger', 'add', file, files[1])).toBe('65 E299');
    expect(await totals(file)).toMatchObject({ transactions: 3 });
    // The column is kept, so that it can be named later.
    expect((await add(file, files[1], ...ONCE)).adds).toMatchObject([{ repeated: 1 }]);
    expect((await show(file))['once']).toBe('order id');
  });

  it('are told where no column does, and not where they are different sales', async () => {
    const [one, two] = ['one.csv', 'two.csv'].map((name, i) =>
      folder.write(name, `customer,date,amount\nanna,2025-01-03,10.00\nben,2025-01-0${4 + i},1.00\n`),
    );
    const file = book();
    await add(file, one!);
    expect((await add(file, two!, '-qq')).warnings.map(({ code }) => code)).toEqual(['W350']);
    const other = book();
    await add(other, one!);
    expect((await add(other, two!, '--as-is', 'repeats')).warnings).toEqual([]);
    expect(await totals(other)).toEqual(await totals(file));
  });

  it('are refused with other contents, with old and new told, unless they are to be restated', async () => {
    const file = book();
    await add(file, ...files, ...ONCE);
    const right = orders('right.csv', corrected);
    const { code, err } = await folder.run('ledger', 'add', file, right, ...ONCE);
    expect(code).toBe(65);
    expect(err).toContain('"2" was ben 2025-01-20 25.50 and is ben 2025-01-20 20.00');
    expect(await totals(file)).toMatchObject({ transactions: 4, amount_total: 38.75 });
    await add(file, right, ...ONCE, '--restate');
    expect(await show(file)).toMatchObject({
      transactions: 5,
      amount_total: 34.25,
      restated_records: 1,
      restated_from: 25.5,
      restated_to: 20,
    });
    const { input } = await folder.json<{
      input: { reconciliation: { left_out: readonly object[]; total: { records: number } } };
    }>('audit', file, '--margin', '30%', '-qq');
    expect(input.reconciliation.left_out).toEqual([
      { column: 'order id', value: right, reason: 'restated by that file', records: 1, amount: 25.5 },
    ]);
    expect(input.reconciliation.total.records).toBe(7);
    expect(await folder.fails('ledger', 'check', file)).toMatch(/^0/);
  });

  it('are the lines of an order together where it has several', async () => {
    const lines: readonly Order[] = [
      [1, 'anna', '2025-01-03', '10.00'],
      [1, 'anna', '2025-01-03', '5.00'],
      [2, 'ben', '2025-01-04', '5.00'],
    ];
    const reading = ['--order', 'order id', ...ONCE];
    const file = book();
    await add(file, orders('lines.csv', lines), ...reading);
    const again = await add(
      file,
      orders('lines2.csv', [...lines.slice(0, 2), [3, 'ben', '2025-02-01', '1.00']]),
      ...reading,
    );
    expect(again.adds).toMatchObject([{ transactions: 1, repeated: 2 }]);
    const less = orders('lines3.csv', [lines[0]!, [4, 'ben', '2025-02-02', '1.00']]);
    expect(await folder.fails('ledger', 'add', file, less, ...reading)).toBe('65 E490');
  });
});

describe('a file that is taken out', () => {
  it('leaves the book as it was before it, restated records too, and may come back', async () => {
    const file = book();
    const right = orders('right.csv', corrected);
    await add(file, orders('jan.csv', january), ...ONCE);
    const before = await totals(file);
    await add(file, right, ...ONCE, '--restate');
    const after = await totals(file);
    const { adds } = await folder.json<Told>('ledger', 'remove', file, right);
    expect(adds).toMatchObject([{ number: 2, ended: 3 }]);
    expect(await totals(file)).toEqual(before);
    expect(await folder.fails('ledger', 'check', file)).toMatch(/^0/);
    await add(file, right, ...ONCE, '--restate');
    expect(await totals(file)).toEqual(after);
    expect((await folder.json<Told>('ledger', 'list', file)).adds.map((one) => one['ended'])).toEqual([null, 3, null]);
  });

  it('stays where later files stand on its records', async () => {
    const file = book();
    const [jan, feb] = [orders('jan.csv', january), orders('feb.csv', february)];
    await add(file, jan, feb, ...ONCE);
    expect(await folder.fails('ledger', 'remove', file, jan)).toBe('2 E493');
    await folder.json('ledger', 'remove', file, feb);
    await folder.json('ledger', 'remove', file, jan);
    expect(await folder.fails('compute', file, '--margin', '30%')).toBe('66 E495');
  });

  it('is replaced by others in one step, or stays', async () => {
    const file = book();
    await add(file, orders('jan.csv', january), orders('feb.csv', february.slice(1)));
    const { sha256 } = (await folder.json<Told>('ledger', 'list', file)).adds[1]!;
    const bad = folder.write('bad.csv', 'order id,customer,date,amount\n4,cleo,2025-02-11,oops\n');
    expect(await folder.fails('ledger', 'replace', file, String(sha256).slice(0, 8), bad)).toBe('65 E201');
    expect(await totals(file)).toMatchObject({ transactions: 4, amount_total: 38.75 });
    const better = orders('better.csv', [[4, 'cleo', '2025-02-11', '8.25']]);
    await folder.json('ledger', 'replace', file, String(sha256).slice(0, 8), better);
    expect(await totals(file)).toMatchObject({ transactions: 4, amount_total: 39.75, files: 2 });
    expect(await folder.fails('ledger', 'remove', file, 'nothing.csv')).toBe('2 E492');
  });
});

describe('a book', () => {
  it('is the same whether files come at once or one by one, and whatever link leads to it', async () => {
    const files = [orders('jan.csv', january), orders('feb.csv', february)] as const;
    const [once, byOne] = [book(), book()];
    await add(once, ...files, ...ONCE);
    await add(byOne, files[0], ...ONCE);
    const link = folder.at('link');
    symlinkSync(byOne, link);
    await add(link, files[1], ...ONCE);
    expect(await totals(byOne)).toEqual(await totals(once));
    expect(await totals(link)).toEqual(await totals(once));
    expect(existsSync(`${byOne}.new`)).toBe(false);
  });

  it('takes no file twice, no other columns, ids, roundings, currencies or calendars', async () => {
    const file = book();
    const jan = orders('jan.csv', january);
    await add(file, jan, '--currency', 'EUR');
    const before = readFileSync(file);
    const next: readonly Order[] = [[9, 'eve', '2025-03-01', '1.00']];
    for (const [words, error] of [
      [[folder.write('copy.csv', readFileSync(jan, 'utf8'))], '65 E489'],
      [[orders('columns.csv', next, 'order id,customer,date,total')], '65 E488'],
      [[orders('fold.csv', next), '--fold-ids'], '65 E488'],
      [[orders('round.csv', next), '--round-amounts', '2'], '65 E488'],
      [[orders('dollars.csv', next), '--currency', 'USD'], '65 E488'],
      [[orders('keep.csv', next), '--keep', 'nothing'], '2 E105'],
      [[folder.at('nowhere.csv')], '66 E401'],
    ] as const)
      expect(await folder.fails('ledger', 'add', file, ...words), words.join(' ')).toBe(error);
    expect(readFileSync(file).equals(before)).toBe(true);
    expect(await folder.fails('compute', file, '--currency', 'USD')).toBe('65 E488');
  });

  it('takes no second currency by its column', async () => {
    const of = (name: string, currency: string, day: number) =>
      folder.write(name, `customer,date,amount,currency\nanna,2025-01-0${day},10.00,${currency}\n`);
    const file = book();
    await add(file, of('eur.csv', 'EUR', 1));
    expect(await folder.fails('ledger', 'add', file, of('usd.csv', 'USD', 2))).toBe('65 E488');
    await add(file, of('eur2.csv', 'eur', 3));
  });

  it('keeps the columns that are asked for, and names them where another is wanted', async () => {
    const file = book();
    const source = folder.write('wide.csv', 'customer,date,amount,region,channel\nanna,2025-01-01,1.00,north,web\n');
    await add(file, source, '--keep', 'region');
    expect(await folder.fails('audit', file, '--by', 'channel')).toBe('2 E491');
    expect(await folder.fails('audit', file, '--by', 'region', '-qq')).toMatch(/^0/);
  });

  it('takes a file out exactly as it came in, whatever the files', async () => {
    const row = fc.tuple(
      fc.integer({ min: 1, max: 12 }),
      fc.constantFrom('anna', 'ben', 'cleo'),
      fc.constantFrom('2025-01-01', '2025-01-02'),
      fc.constantFrom('1.00', '2.00'),
    );
    const rows = fc.uniqueArray(row, { minLength: 1, maxLength: 8, selector: ([id]) => id });
    await fc.assert(
      fc.asyncProperty(rows, rows, rows, async (...exports) => {
        const file = book();
        const states: object[] = [];
        for (const [i, one] of exports.entries()) {
          await add(
            file,
            orders(`law${i}.csv`, [...one, [100 + i, 'last', '2025-02-01', '1.00']]),
            ...ONCE,
            '--restate',
          );
          states.push(await totals(file));
        }
        for (const state of states.slice(0, -1).reverse()) {
          const { adds } = await folder.json<Told>('ledger', 'list', file);
          const last = adds.filter(({ ended }) => ended === null).at(-1)!;
          await folder.json('ledger', 'remove', file, String(last['file']));
          expect(await totals(file)).toEqual(state);
          expect(await folder.fails('ledger', 'check', file)).toMatch(/^0/);
        }
      }),
      { numRuns: runs(15), seed: 3 },
    );
  });
});
