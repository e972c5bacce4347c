import { describe, expect, it } from 'vitest';
import type { ColumnKind, TypedColumn } from '../../../src/data/columnar.ts';
import type { DescribedChoice, DescribedRead, RemoteChoice, RemoteTable } from '../../../src/data/remote-table.ts';
import type { ReadOptions } from '../../../src/reader/transactions.ts';
import { openRemote } from '../../../src/reader/typed/remote.ts';
import { failure } from '../helpers.ts';

const KINDS: Readonly<Record<string, ColumnKind>> = {
  order_no: 'text',
  email: 'text',
  date: 'date',
  total: 'decimal',
  refund: 'decimal',
  status: 'text',
  currency: 'text',
  list: 'other',
};
const COLUMNS: readonly TypedColumn[] = Object.entries(KINDS).map(([name, kind]) => ({ name, kind, type: kind }));

/** Rows of a table go nowhere. */
const NOWHERE = { handOver: async () => {}, append: async () => {}, forget: async () => {} };
const none = { records: 0, amount: 0n };
const totals = { records: 2, amount: 5n, days: 3n, idBytes: 4n, firstDay: 1, lastDay: 2 };
const NOTHING: DescribedRead = {
  rows: 2,
  checksum: 'a',
  totals,
  continuation: none,
  repeated: none,
  withoutCustomer: none,
  leftOut: [],
  otherCurrencies: [],
  unlisted: [],
  withoutRate: [],
  blanks: new Map(),
  seen: { values: [], sums: [], quantity: none, returns: none, orders: null, repeats: none },
};

/** A table that counts what it is told, and says how it was asked. */
function table(read: Partial<DescribedRead> = {}, columns = COLUMNS) {
  const asked: (RemoteChoice | DescribedChoice)[] = [];
  const one: RemoteTable = {
    name: 'shop.sales',
    columns: async () => columns,
    choose: async (choice) => {
      asked.push(choice);
      return { rows: 2, checksum: 'a', totals };
    },
    describe: async (choice) => {
      asked.push(choice);
      const { values, sums } = choice.watch;
      const seen = {
        ...NOTHING.seen,
        values: values.map(() => []),
        sums: sums.map(() => ({ above: none, below: none })),
      };
      return { ...NOTHING, seen, ...read };
    },
    content: async () => ({ rows: 2, checksum: 'b' }),
  };
  return { one, asked };
}

const options = (given: Omit<ReadOptions, 'scratch'> = {}): ReadOptions => ({
  scratch: '/nowhere',
  layout: 'none',
  customer: 'email',
  ...given,
});

const read = async (found: Partial<DescribedRead>, given: Omit<ReadOptions, 'scratch'>) =>
  (await openRemote(table(found).one, options(given))).load([], NOWHERE);

describe('a table of transactions', () => {
  it('of three columns with nothing beside is read as it stands', async () => {
    const { one, asked } = table({}, COLUMNS.slice(1, 4));
    const transactions = await openRemote(one, options());
    expect(await transactions.load([], NOWHERE)).toMatchObject({
      accounts: [],
      totals,
      table: { rows: 2, checksum: 'a' },
    });
    expect(asked[0]).toMatchObject({ customer: { name: 'email' }, amount: { name: 'total' } });
    expect((await failure(transactions.verifyUnchanged())).code).toBe('E454');
  });

  it('with columns that may make it wrong is asked for what is in them', async () => {
    const { one, asked } = table();
    await (await openRemote(one, options())).load(['status'], NOWHERE);
    expect(asked[0]).toMatchObject({
      keys: [5],
      watch: { values: [[6], [5]], sums: [4], quantity: null, order: 0, key: 0 },
    });
    await (await openRemote(one, options({ order: 'order_no' }))).load([], NOWHERE);
    expect(asked[1]).toMatchObject({ watch: { order: null, key: null } });
  });

  it('accounts have the reasons of the rules; long values are one where their beginnings are', async () => {
    const long = 'x'.repeat(70);
    const left = (value: string, records: number) => ({ rule: 0, list: null, value, records, amount: 10n });
    const { accounts, blanks } = await read(
      {
        leftOut: [left(`${long}1`, 1), left(`${long}2`, 2), { ...left('test', 3), list: 1 }],
        otherCurrencies: [{ value: 'USD', records: 4, amount: 7n }],
        repeated: { records: 5, amount: 9n },
        blanks: new Map([[4, 6]]),
      },
      {
        where: [{ column: 'status', values: ['test'], not: true }],
        onlyCurrency: 'EUR',
        asIs: new Set(['status', 'refunds', 'price', 'repeats']),
      },
    );
    expect(
      accounts.map(({ kind, column, value, reason, records, amount }) => [
        kind,
        column,
        value,
        reason,
        records,
        amount,
      ]),
    ).toEqual([
      ['left_out', 'currency', 'USD', 'another currency', 4, 7n],
      ['left_out', 'status', 'test', 'not chosen', 3, 10n],
      ['left_out', 'status', `${'x'.repeat(60)}…`, 'not chosen', 3, 20n],
      ['repeated', null, null, null, 5, 9n],
    ]);
    expect([...blanks]).toEqual([['refund', 6]]);
  });

  it('E286, E287, E291–E293, E299: all that is found is told together, at the table', async () => {
    const { one } = table({
      unlisted: [{ rule: 0, list: null, value: 'odd', records: 3, amount: 20_000n }],
      withoutRate: [{ currency: 'CHF', records: 1, first: 10, last: 10 }],
      seen: {
        values: [
          [
            { value: 'paid', records: 9, amount: 90_000n },
            { value: 'Refunded', records: 1, amount: 10_000n },
          ],
        ],
        sums: [{ above: { records: 2, amount: 30_000n }, below: none }],
        quantity: none,
        returns: none,
        orders: { orders: 2, all: 3, records: 5, once: 10_000n, counted: 25_000n },
        repeats: { records: 4, amount: 40_000n },
      },
    });
    const transactions = await openRemote(
      one,
      options({ where: [{ column: 'currency', values: ['EUR'], not: false }], asIs: new Set(['currency']) }),
    );
    const error = await failure(transactions.load([], NOWHERE));
    const others = (
      error as unknown as { readonly others: readonly { readonly code: string; readonly place: unknown }[] }
    ).others;
    expect([error, ...others].map(({ code }) => code)).toEqual(['E286', 'E287', 'E292', 'E293', 'E295', 'E299']);
    expect([error, ...others].every(({ place }) => (place as { file: string }).file === 'shop.sales')).toBe(true);
    expect(error.values).toMatchObject({ column: 'currency', values: '"odd" (3 records, 2.00)' });
  });

  it.each<readonly [string, Omit<ReadOptions, 'scratch'>]>([
    ['E122', { stopAt: { column: 'email', values: ['TOTAL'] } }],
    ['E122', { fillDown: 'email' }],
    ['E105', { once: 'nowhere' }],
    ['E136', { onlyCurrency: 'EUR', currencyColumn: undefined }],
    ['E452', { where: [{ column: 'list', values: ['x'], not: false }] }],
    ['E452', { amount: 'total - status' }],
    ['E135', { net: true }],
    ['E223', { layout: 'shopify-orders' }],
  ])('%s: %j', async (code, given) => {
    const { one } = table({}, code === 'E136' ? COLUMNS.filter(({ name }) => name !== 'currency') : COLUMNS);
    expect((await failure(openRemote(one, options(given)))).code).toBe(code);
  });
});
