import { copyFileSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { bookBefore } from '../../src/cli/closes/which.ts';
import { lastClose } from '../../src/data/books/close.ts';
import { DuckDBStore } from '../../src/ledger/duckdb/store.ts';
import { changeBook } from '../../src/ledger/registry.ts';
import { runs } from '../runs.ts';
import { Folder } from './books.ts';

/** A close keeps what was reported; statements open with it, whatever becomes of the rows. */

const folder = new Folder();
afterAll(() => folder.remove());

/** Parameters given, so that nothing depends on a fit. */
const MODEL = folder.write(
  'model.json',
  JSON.stringify({
    model: {
      name: 'pareto-nbd',
      time_unit: 'week',
      parameters: { r: 0.6, alpha: 9, s: 0.5, beta: 12 },
      spend: { name: 'gamma-gamma', spend_from: 'all', parameters: { p: 5, q: 4, gamma: 14 } },
    },
  }),
);
const HOW = ['--use-model', MODEL, '--margin', '40%', '--by', 'region'];

type Row = readonly [order: string, customer: string, day: string, amount: string, region: string];

function csv(name: string, rows: readonly Row[]): string {
  return folder.write(name, `order,customer,date,amount,region\n${rows.map((row) => row.join(',')).join('\n')}\n`);
}

/** Purchases of 40 customers over two years, some after the first close. */
const ROWS: readonly Row[] = Array.from({ length: 240 }, (_, i): Row => {
  const customer = (i * 7) % 40;
  const [month, day] = [1 + (i % 12), 1 + ((i * 5) % 28)];
  const date = `${i < 130 ? 2024 : 2025}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
  return [`o${i}`, `c${customer}`, date, `${10 + ((i * 13) % 50)}.25`, customer % 2 === 0 ? 'North' : 'South'];
});
const LATE: readonly Row[] = [
  ['late1', 'c2', '2024-11-15', '200.00', 'North'],
  ['late2', 'newcomer', '2024-12-03', '55.00', 'South'],
  ['late3', 'c5', '2025-12-20', '30.00', 'South'],
];
const [CLOSED, TO] = ['2024-12-31', '2025-12-31'];

const all = csv('all.csv', ROWS);
const late = csv('late.csv', LATE);
const base = folder.at('base.clv');

interface Line {
  readonly line: string;
  readonly amount: number;
}
interface Ladder {
  readonly lines: readonly Line[];
}
interface Told {
  readonly methodology: { readonly changes_since_prior_period: readonly string[]; readonly opening_date: string };
  readonly statement: Ladder & {
    readonly customers: {
      readonly opening: number;
      readonly restated: number;
      readonly new: number;
      readonly closing: number;
    };
  };
  readonly segments: readonly (Ladder & { readonly region: string })[];
  readonly restatements: readonly { readonly customer_id: string; readonly restatement: number }[];
}
interface Valued {
  readonly summary: { readonly customer_equity: number; readonly customers: number };
  readonly segments: readonly { readonly region: string; readonly customer_equity: number }[];
  readonly customers: readonly { readonly customer_id: string; readonly clv: number }[];
}
interface Closed extends Valued {
  readonly close: {
    readonly number: number;
    readonly customer_equity: number;
    readonly options: { readonly [option: string]: string };
  };
  readonly statement: Ladder | null;
  readonly restatements: readonly unknown[];
}

const cents = (amount: number): number => Math.round(amount * 100);
const line = ({ lines }: Ladder, id: string): number => cents(lines.find((one) => one.line === id)!.amount);
const compute = (files: readonly string[], asOf: string, ...how: readonly string[]) =>
  folder.json<Valued>('compute', ...files, '--as-of', asOf, '--interval', 'none', '-qq', ...how);
const close = (book: string, ...words: readonly string[]) => folder.json<Closed>('close', book, '-qq', ...words);
const since = (book: string, ...words: readonly string[]) =>
  folder.json<Told>('statement', book, '--from', 'last', '-qq', ...words);

/** A copy of the closed book. */
function copy(name: string): string {
  const book = folder.at(name);
  copyFileSync(base, book);
  return book;
}

/** All lines but the closing sum to it, of every segment too. */
function checkSums({ statement, segments }: Told): void {
  for (const { lines } of [statement, ...segments]) {
    const sum = lines.slice(0, -1).reduce((before, { amount }) => before + cents(amount), 0);
    expect(sum).toBe(cents(lines.at(-1)!.amount));
  }
  const { opening, restated, new: fresh, closing } = statement.customers;
  expect(opening + restated + fresh).toBe(closing);
}

let first: Closed;
beforeAll(async () => {
  await folder.json('ledger', 'add', base, all, '--once', 'order', '-qq');
  first = await close(base, '--as-of', CLOSED, ...HOW);
});

describe('the first close', () => {
  it('is what compute says of the day, and has no statement', async () => {
    const { summary, segments } = await compute([all], CLOSED, ...HOW);
    expect(first.close).toMatchObject({ number: 1, customer_equity: summary.customer_equity });
    expect(first.segments.map((one) => one.customer_equity)).toEqual(segments.map((one) => one.customer_equity));
    expect([first.statement, first.restatements]).toEqual([null, []]);
  });

  it('is held against its accounts by ledger check', async () => {
    expect(await folder.fails('ledger', 'check', base)).toMatch(/^0/);
  });
});

describe('a statement from a close', () => {
  it('opens with what was reported, and restates nothing where nothing came', async () => {
    const told = await since(base, '--to', TO);
    expect(line(told.statement, 'opening')).toBe(cents(first.close.customer_equity));
    expect(told.segments.map((one) => line(one, 'restatements'))).toEqual([0, 0]);
    expect(told.restatements).toEqual([]);
    expect(told.methodology.opening_date).toBe('close 1, as reported');
    checkSums(told);
    const { summary } = await compute([all], TO, ...HOW);
    expect(line(told.statement, 'closing')).toBe(cents(summary.customer_equity));
  });

  it('has late rows as restatements, to the cent, by segment and by customer', async () => {
    const book = copy('late.clv');
    await folder.json('ledger', 'add', book, late, '--once', 'order', '-qq');
    const [told, was, is] = [
      await since(book, '--to', TO),
      await compute([all], CLOSED, ...HOW),
      await compute([all, late], CLOSED, ...HOW),
    ];
    checkSums(told);
    expect(line(told.statement, 'opening')).toBe(cents(was.summary.customer_equity));
    expect(line(told.statement, 'restatements')).toBe(
      cents(is.summary.customer_equity) - cents(was.summary.customer_equity),
    );
    for (const [i, segment] of told.segments.entries())
      expect(line(segment, 'restatements')).toBe(
        cents(is.segments[i]!.customer_equity) - cents(was.segments[i]!.customer_equity),
      );
    const before = new Map(was.customers.map(({ customer_id, clv }) => [customer_id, clv]));
    const differing = is.customers
      .map(({ customer_id, clv }) => ({ customer_id, restatement: cents(clv) - cents(before.get(customer_id) ?? 0) }))
      .filter(({ restatement }) => restatement !== 0);
    expect(differing.map(({ customer_id }) => customer_id).sort()).toEqual(['c2', 'newcomer']);
    const listed = told.restatements.map(({ customer_id, restatement }) => ({
      customer_id,
      restatement: cents(restatement),
    }));
    expect(listed).toEqual([...differing].sort((a, b) => Math.abs(b.restatement) - Math.abs(a.restatement)));
    expect(told.statement.customers).toMatchObject({ opening: was.summary.customers, restated: 1 });
    const { summary } = await compute([all, late], TO, ...HOW);
    expect(line(told.statement, 'closing')).toBe(cents(summary.customer_equity));
  });

  it('has restated records and files that were taken out as restatements too', async () => {
    const book = copy('restated.clv');
    const corrected = ROWS.slice(0, 3).map(
      ([order, customer, day, , region]): Row => [order, customer, day, '1.00', region],
    );
    const file = csv('corrected.csv', corrected);
    await folder.json('ledger', 'add', book, file, '--once', 'order', '--restate', '-qq');
    const now = csv('now.csv', [...corrected, ...ROWS.slice(3)]);
    const { summary } = await compute([now], CLOSED, ...HOW);
    const told = await since(book, '--to', TO);
    expect(line(told.statement, 'restatements')).toBe(
      cents(summary.customer_equity) - cents(first.close.customer_equity),
    );
    checkSums(told);
    await folder.json('ledger', 'remove', book, file);
    expect(line((await since(book, '--to', TO)).statement, 'restatements')).toBe(0);
  });

  it('by the date of the close is the same, and with options of the opening an ordinary one', async () => {
    const { statement } = await folder.json<Told>('statement', base, '--from', CLOSED, '--to', TO, '-qq');
    expect(statement).toEqual((await since(base, '--to', TO)).statement);
    const told = await folder.json<Told>(
      ...['statement', base, '--from', CLOSED, '--to', TO, '-qq', '--from-discount-rate', '20%'],
      ...HOW,
    );
    expect(line(told.statement, 'opening')).toBeLessThan(cents(first.close.customer_equity));
    expect(told.methodology.opening_date).toBe('as given');
  });

  it('names what is typed otherwise, and nothing else moves the opening', async () => {
    const told = await since(base, '--to', TO, '--margin', '50%', '--discount-rate', '12%');
    expect(line(told.statement, 'opening')).toBe(cents(first.close.customer_equity));
    expect(line(told.statement, 'restatements')).toBe(0);
    expect(line(told.statement, 'margin_change')).toBeGreaterThan(0);
    expect(line(told.statement, 'discount_rate_change')).toBeLessThan(0);
    expect(told.methodology.changes_since_prior_period).toEqual([
      'margins: at the opening 40% of revenue; at the closing 50% of revenue',
      'discount rate: at the opening 10%; at the closing 12%',
    ]);
    const { summary } = await compute(
      [all],
      TO,
      ...HOW.map((word) => (word === '40%' ? '50%' : word)),
      '--discount-rate',
      '12%',
    );
    expect(line(told.statement, 'closing')).toBe(cents(summary.customer_equity));
    checkSums(told);
  });

  it('has the margins of a file as they were, though the file is another by now', async () => {
    const book = folder.at('margins.clv');
    await folder.json('ledger', 'add', book, all, '-qq');
    const file = folder.write('margins.csv', 'region,margin\nNorth,30%\nSouth,50%\n');
    const how = ['--use-model', MODEL, '--margins', file, '--by', 'region'];
    const { close: kept } = await close(book, '--as-of', CLOSED, ...how);
    writeFileSync(file, 'region,margin\nNorth,30%\nSouth,60%\n');
    const told = await since(book, '--to', TO);
    expect(line(told.statement, 'opening')).toBe(cents(kept.customer_equity));
    expect([line(told.statement, 'restatements'), line(told.segments[0]!, 'margin_change')]).toEqual([0, 0]);
    expect(line(told.segments[1]!, 'margin_change')).toBeGreaterThan(0);
    expect(told.methodology.changes_since_prior_period).toEqual([
      `margins: at the opening rates in ${file} by region, as they were in close 1; at the closing rates in ${file} by region`,
    ]);
    checkSums(told);
  });

  it('whatever comes late, opens with the report, closes with compute, and has the rest in between', async () => {
    const days = fc
      .integer({ min: 0, max: 700 })
      .map((n) => new Date(Date.UTC(2024, 0, 15 + n)).toISOString().slice(0, 10));
    const row = fc.tuple(
      fc.uuid(),
      fc.integer({ min: 0, max: 60 }).map((n) => `c${n}`),
      days,
      fc.integer({ min: -3000, max: 9000 }).map((units) => (units / 100).toFixed(2)),
      fc.constantFrom('North', 'South'),
    );
    let books = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 8 }), async (rows) => {
        const book = copy(`law${books++}.clv`);
        const file = csv('law.csv', rows);
        await folder.json('ledger', 'add', book, file, '--once', 'order', '-qq');
        const told = await since(book, '--to', TO);
        const [then, now] = [await compute([all, file], CLOSED, ...HOW), await compute([all, file], TO, ...HOW)];
        expect(line(told.statement, 'opening')).toBe(cents(first.close.customer_equity));
        expect(line(told.statement, 'opening') + line(told.statement, 'restatements')).toBe(
          cents(then.summary.customer_equity),
        );
        expect(line(told.statement, 'closing')).toBe(cents(now.summary.customer_equity));
        checkSums(told);
      }),
      { numRuns: runs(10), seed: 1 },
    );
  });
});

describe('the next close', () => {
  let book = '';
  let second: Closed;
  beforeAll(async () => {
    book = copy('next.clv');
    await folder.json('ledger', 'add', book, late, '--once', 'order', '-qq');
    second = await close(book, '--as-of', '2025-06-30');
  });

  it('takes what is not typed from the one before, and is what compute says of the day', async () => {
    const { summary } = await compute([all, late], '2025-06-30', ...HOW);
    expect(second.close).toMatchObject({ number: 2, customer_equity: summary.customer_equity });
    expect(second.close.options).toMatchObject({ '--margin': '40%', '--by': 'region', '--use-model': MODEL });
    const told = await folder.json<Told>('statement', book, '--from', CLOSED, '--to', '2025-06-30', '-qq');
    expect(second.statement).toEqual(told.statement);
    expect(second.restatements).toEqual(told.restatements);
    expect(line(second.statement!, 'restatements')).not.toBe(0);
  });

  it('is listed with the one before, whose rows have changed', async () => {
    const { closes } = await folder.json<{ closes: readonly object[] }>('closes', book);
    const change = cents(second.close.customer_equity) - cents(first.close.customer_equity);
    expect(closes).toMatchObject([
      { number: 1, as_of: CLOSED, customer_equity: first.close.customer_equity, change: null, rows_changed: 'yes' },
      { number: 2, customer_equity: second.close.customer_equity, change: change / 100, rows_changed: 'no' },
    ]);
  });

  it('differs from the one before by what diff says: exit 1, and 0 for one and itself', async () => {
    expect(await folder.fails('diff', `${book}@1`, `${book}@${CLOSED}`)).toMatch(/^0/);
    const { code, err } = await folder.run('diff', `${book}@1`, `${book}@last`, '--section', 'changes');
    expect([code, /E538/.test(err)]).toEqual([1, true]);
    const { changes } = JSON.parse(readFileSync(folder.at('out.json'), 'utf8')) as {
      changes: readonly { kind: string; customers: number; change: number }[];
    };
    const sum = changes.reduce((before, { change }) => before + cents(change), 0);
    expect(sum).toBe(cents(second.close.customer_equity) - cents(first.close.customer_equity));
    expect(changes.map(({ kind }) => kind)).toEqual(['came', 'gone', 'changed', 'same']);
  });

  it('is taken back by --reopen, after which the one before is the last', async () => {
    const own = folder.at('reopened.clv');
    copyFileSync(book, own);
    expect(await folder.fails('close', own, '--reopen', '--as-of', CLOSED)).toBe('2 E535');
    expect(await folder.fails('close', own, '--reopen', '--margin', '30%')).toBe('2 E122');
    // A file stands where the folder would be: the option itself is taken.
    expect(await folder.fails('close', own, '--reopen', '--out-dir', own)).toBe('73 E461');
    const { reopened } = await folder.json<{ reopened: object }>('close', own, '--reopen');
    expect(reopened).toMatchObject({ number: 2, customer_equity: second.close.customer_equity });
    const { closes } = await folder.json<{ closes: readonly object[] }>('closes', own);
    expect(closes).toHaveLength(1);
    const again = await close(own, '--as-of', '2025-06-30');
    expect(again.close.customer_equity).toBe(second.close.customer_equity);
    expect(await folder.fails('ledger', 'check', own)).toMatch(/^0/);
  });
});

describe('the models that a close chooses', () => {
  it('are held by the next one, and its statement opens with the report to the cent', async () => {
    const shop = join(import.meta.dirname, '../../fixtures/transactions.csv');
    const book = folder.at('fitted.clv');
    await folder.json('ledger', 'add', book, shop, '-qq');
    const how = ['--margin', '40%', '--model-error', 'none'];
    const one = await close(book, '--as-of', '2025-03-31', ...how);
    const { options } = one.close;
    const two = await close(book, '--as-of', '2025-06-30');
    expect(two.close.options).toEqual(options);
    expect(options).toMatchObject({ '--season': 'month', '--horizon': 'lifetime', '--spend-from': 'all' });
    expect(line(two.statement!, 'opening')).toBe(cents(one.close.customer_equity));
    expect(line(two.statement!, 'restatements')).toBe(0);
    expect(line(two.statement!, 'model_change')).not.toBe(0);
    const chosen = ['--model', options['--model']!, '--season', 'month'];
    const { summary } = await compute([shop], '2025-06-30', ...how, ...chosen);
    expect(line(two.statement!, 'closing')).toBe(cents(summary.customer_equity));
  });
});

/** 160 customers in each of two regions, and 30 in a third that is too small for a model of its own. */
const rows = Array.from({ length: 350 }, (_, customer): readonly Row[] => {
  const region = customer < 160 ? 'North' : customer < 320 ? 'South' : 'East';
  const days = Array.from(
    { length: 1 + ((customer * 7) % 6) },
    (_, i) => (customer * 13 + i * (23 + (customer % 90))) % 640,
  );
  return days.map((day, i): Row => {
    const date = new Date(Date.UTC(2024, 0, 5 + day)).toISOString().slice(0, 10);
    return [`g${customer}-${i}`, `c${customer}`, date, `${12 + ((customer * 5 + i) % 40)}.50`, region];
  });
}).flat();
const shop = csv('groups.csv', rows);
const more: readonly Row[] = [
  ...LATE,
  ['late4', 'islander', '2024-11-03', '80.00', 'Islands'],
  ['late5', 'c7', '2025-03-03', '31.00', 'Islands'],
];
const both = csv('groups-late.csv', more);

describe('a close of customers fitted by groups', () => {
  const HOW_FITTED = [
    '--model',
    'bg-nbd',
    '--season',
    'none',
    '--model-error',
    'none',
    '--spend',
    'mean',
    '--margin',
    '40%',
  ];
  const GROUPED = ['--by', 'region', '--fit-by', 'region', '--pool-small'];
  it('opens the next statement with the report, values its rows by the models of every group, and closes with compute', async () => {
    const book = folder.at('groups.clv');
    await folder.json('ledger', 'add', book, shop, '--once', 'order', '-qq');
    const one = await close(book, '--as-of', CLOSED, ...HOW_FITTED, ...GROUPED);
    expect(one.close.options).toMatchObject({ '--fit-by': 'region', '--pool-small': '' });
    expect(line((await since(book, '--to', '2025-06-30')).statement, 'restatements')).toBe(0);

    await folder.json('ledger', 'add', book, both, '--once', 'order', '-qq');
    const told = await since(book, '--to', '2025-06-30');
    checkSums(told);
    expect(line(told.statement, 'opening')).toBe(cents(one.close.customer_equity));
    const now = await compute([shop, both], '2025-06-30', ...HOW_FITTED, ...GROUPED);
    expect(line(told.statement, 'closing')).toBe(cents(now.summary.customer_equity));
    for (const [i, segment] of now.segments.entries())
      expect([told.segments[i]!.region, line(told.segments[i]!, 'closing')]).toEqual([
        segment.region,
        cents(segment.customer_equity),
      ]);

    // Of a group that the close knew, its rows of now by its parameters of then, one model at a time; of another, by those of the closing.
    const models = await groupModels(book);
    for (const { group, file } of models) {
      const { segments } = await compute(
        [shop, both],
        CLOSED,
        '--use-model',
        file,
        '--margin',
        '40%',
        '--by',
        'region',
      );
      const own = told.segments.find(({ region }) => region === group)!;
      const value = segments.find(({ region }) => region === group)?.customer_equity ?? 0;
      expect([group, line(own, 'opening') + line(own, 'restatements')]).toEqual([group, cents(value)]);
    }
    expect(models.map(({ group }) => group)).toEqual(['East', 'North', 'South']);
    expect(line(told.segments.find(({ region }) => region === 'Islands')!, 'restatements')).toBeGreaterThan(0);

    const two = await close(book, '--as-of', '2025-06-30');
    expect(two.statement).toEqual(told.statement);
    expect(two.close.options).toEqual(one.close.options);
    expect(await folder.fails('statement', book, '--from', 'last', '--fit-by', 'order', '-qq')).toBe('2 E533');
  });

  /** The models of each group of the last close, as files of their own. */
  async function groupModels(book: string): Promise<readonly { group: string; file: string }[]> {
    const text = lastClose(await bookBefore(book))!.model;
    const { model, ...rest } = JSON.parse(text) as {
      model: { groups: readonly { group: readonly [string]; pooled: boolean }[] };
    };
    return model.groups.map(({ group: [group], pooled: _, ...own }) => ({
      group,
      file: folder.write(`${group}.json`, JSON.stringify({ ...rest, model: { time_unit: 'week', ...own } })),
    }));
  }
});

describe('a close of customers who buy at occasions', () => {
  it('is what compute says, at both ends of its statement', async () => {
    const how = [
      '--model',
      'bg-bb',
      '--opportunity',
      '1m',
      '--model-error',
      'none',
      '--margin',
      '40%',
      '--by',
      'region',
    ];
    const book = folder.at('occasions.clv');
    await folder.json('ledger', 'add', book, shop, '-qq');
    const one = await close(book, '--as-of', CLOSED, ...how);
    expect(one.close.options).toMatchObject({ '--model': 'bg-bb', '--opportunity': '1m' });
    await folder.json('ledger', 'add', book, both, '-qq');
    const told = await since(book, '--to', '2025-03-31');
    checkSums(told);
    expect(line(told.statement, 'opening')).toBe(cents(one.close.customer_equity));
    expect(told.restatements.map(({ customer_id }) => customer_id).sort()).toEqual(['c2', 'islander', 'newcomer']);
    expect(line(told.statement, 'margin_released')).toBeLessThan(0);
    const { summary } = await compute([shop, both], '2025-03-31', ...how);
    expect(line(told.statement, 'closing')).toBe(cents(summary.customer_equity));
  });
});

describe('what no close can be', () => {
  it.each([
    ['before the last one', ['close', base, '--as-of', '2024-11-30'], '2 E531'],
    ['of the day of the last one', ['close', base, '--as-of', CLOSED], '2 E531'],
    ['by other segments', ['close', base, '--as-of', TO, '--by', 'order'], '2 E533'],
    ['in another currency', ['close', base, '--as-of', TO, '--currency', 'EUR'], '2 E533'],
    ['for another horizon', ['statement', base, '--from', 'last', '--horizon', '3y'], '2 E533'],
    [
      'of purchase occasions, where the last counted purchases',
      ['close', base, '--model', 'bg-bb', '--opportunity', '1m'],
      '2 E533',
    ],
    ['of files', ['close', all], '65 E481'],
    ['of nothing', ['close', folder.at('none.clv')], '66 E401'],
    ['read by options of reading', ['close', base, '--delimiter', ';'], '2 E485'],
    ['the opening of files', ['statement', all, '--from', 'last', '--margin', '40%'], '2 E530'],
    ['an opening with options of its own', ['statement', base, '--from', 'last', '--from-model', MODEL], '2 E111'],
    ['one that is not there', ['diff', `${base}@2023-01-01`, `${base}@1`], '2 E534'],
    ['a table', ['diff', all, `${base}@1`], '65 E537'],
  ])('%s', async (_, words, code) => {
    expect(await folder.fails(...words)).toBe(code);
  });

  it('the opening of a book without any (E530), nor taken back from it (E534)', async () => {
    const book = folder.at('open.clv');
    await folder.json('ledger', 'add', book, all, '-qq');
    expect(await folder.fails('statement', book, '--from', 'last', ...HOW)).toBe('2 E530');
    expect(await folder.fails('close', book, '--reopen')).toBe('2 E534');
  });

  it('made twice at once: the second is told to come later', async () => {
    const book = copy('busy.clv');
    const busy = await changeBook(book, folder.path, new AbortController().signal, () =>
      folder.fails('close', book, '--as-of', TO, '-qq'),
    );
    expect(busy).toBe('75 E484');
    expect((await folder.json<{ closes: readonly object[] }>('closes', book)).closes).toHaveLength(1);
  });

  it('of a book that another run has changed meanwhile (E532): nothing is kept', async () => {
    const book = copy('changed.clv');
    const { parquet } = DuckDBStore.prototype;
    const slow = vi.spyOn(DuckDBStore.prototype, 'parquet').mockImplementationOnce(async function* (
      this: DuckDBStore,
      ...query
    ) {
      await changeBook(book, folder.path, new AbortController().signal, (change) => change.reopen(1));
      yield* parquet.apply(this, query);
    });
    try {
      expect(await folder.fails('close', book, '--as-of', TO, '-qq')).toBe('75 E532');
    } finally {
      slow.mockRestore();
    }
    expect((await folder.json<{ closes: readonly object[] }>('closes', book)).closes).toEqual([]);
  });

  it('kept where a warning fails the run', async () => {
    const book = copy('warned.clv');
    expect(await folder.fails('close', book, '--as-of', '2029-12-31', '--fail-on', 'all', '-qq')).toBe('1 E143');
    expect((await folder.json<{ closes: readonly object[] }>('closes', book)).closes).toHaveLength(1);
  });
});

describe('results in JSON', () => {
  const result = async (name: string, ...words: readonly string[]): Promise<string> => {
    const { out } = await folder.run(...words);
    return folder.write(name, out);
  };

  it('are compared line by line and customer by customer', async () => {
    const how = ['compute', all, '--interval', 'none', '-qq', ...HOW];
    const a = await result('a.json', ...how, '--as-of', CLOSED);
    const b = await result('b.json', ...how, '--as-of', TO);
    expect(await folder.fails('diff', a, a)).toMatch(/^0/);
    expect(await folder.fails('diff', a, b)).toBe('1 E538');
    const { differences, changes } = JSON.parse(readFileSync(folder.at('out.json'), 'utf8')) as {
      differences: readonly { path: string; change: number | null }[];
      changes: readonly { change: number }[];
    };
    const equity = differences.find(({ path }) => path === 'summary.customer_equity')!.change!;
    expect(changes.reduce((sum, { change }) => sum + cents(change), 0)).toBe(cents(equity));
    expect(differences.map(({ path }) => path)).toContain('segments.North.customer_equity');
  });

  it('of other commands, in other currencies, and beside closes are not (E536)', async () => {
    const how = ['compute', all, '--interval', 'none', '-qq', ...HOW];
    const a = await result('one.json', ...how);
    const euros = await result('euros.json', ...how, '--currency', 'EUR');
    const audit = await result('audit.json', 'audit', all, '--margin', '40%', '-qq');
    const other = copy('other.clv');
    for (const [one, two] of [
      [a, euros],
      [a, audit],
      [a, `${base}@1`],
      [`${other}@1`, `${base}@1`],
    ] as const)
      expect(await folder.fails('diff', one, two)).toBe('2 E536');
  });
});
