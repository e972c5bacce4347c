import { describe, expect, it } from 'vitest';
import type { CustomerBlock, Totals } from '../../../src/data/customers.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import { complete, readCustomer, readSighting } from '../../../src/ledger/steps/customers.ts';
import { day, factors, type Line, PLAIN, withLedger } from '../helpers.ts';

const AS_OF = day('2024-02-10');
const QUOTED = `o'b"; DROP TABLE days; --`;
const LINES: Line[] = [
  ...['0006', '0016', '00060', 'Anna', 'anna-2', QUOTED].map((id): Line => [id, '2024-01-01', '10']),
  ['0006', '2024-01-11', '20'],
  ['late', '2024-03-01', '4'],
  ['mixed', '2024-01-07', '-1'],
  ['mixed', '2024-03-02', '5'],
  ['refund', '2024-01-07', '-1'],
];

async function withCustomers<T>(work: (ledger: Ledger) => Promise<T>): Promise<T> {
  return withLedger(LINES, async (ledger) => {
    await ledger.load(PLAIN);
    await ledger.rollUp({ asOf: AS_OF, spendFrom: 'repeat', fillMeans: false });
    return work(ledger);
  });
}

describe('an id that somebody typed', () => {
  it('is told apart: valued, after the as-of date, never a purchase', async () => {
    await withCustomers(async (ledger) => {
      const seen = async (id: string) => readSighting(ledger.loaded, id, AS_OF);
      const first = day('2024-01-01');
      expect(await seen('0006')).toEqual({ records: 2, late: 0, purchases: 2, firstPurchase: first, nearest: [] });
      expect(await seen(QUOTED)).toMatchObject({ purchases: 1 });
      expect(await seen('late')).toMatchObject({ records: 0, late: 1, purchases: 0, firstPurchase: day('2024-03-01') });
      expect(await seen('mixed')).toMatchObject({
        records: 1,
        late: 1,
        purchases: 0,
        firstPurchase: day('2024-03-02'),
      });
      expect(await seen('refund')).toMatchObject({ records: 1, late: 0, purchases: 0, firstPurchase: null });
    });
  });

  it('that is not there has the nearest: first those with other zeros or case, then by edits, then by id', async () => {
    await withCustomers(async (ledger) => {
      const nearest = async (id: string) => (await readSighting(ledger.loaded, id, AS_OF)).nearest;
      expect(await nearest('6')).toEqual(['0006']);
      expect(await nearest('ANNA')).toEqual(['Anna']);
      expect(await nearest('anna2')).toEqual(['anna-2', 'Anna']);
      expect(await nearest('0106')).toEqual(['0006', '00060', '0016']);
      expect(await nearest('xyz')).toEqual([]);
      expect(await nearest('')).toEqual([]);
      expect(await nearest(`o'b"`)).not.toContain('0006');
    });
  });

  it('is valued as it is in the list', async () => {
    await withCustomers(async (ledger) => {
      const { states } = await ledger.states();
      await ledger.value(factors(states, 1, 0.5), 2);
      const { block, group } = (await readCustomer(ledger.loaded, '0006'))!;
      expect(group).toEqual([]);
      const values = ['frequency', 'mean_margin_per_purchase', 'clv'].map((name) => block.columns.get(name)![0]);
      expect([block.length, block.id[0], ...values]).toEqual([1, '0006', 1, 20, 2200n]);
      expect(await readCustomer(ledger.loaded, '06')).toBe(null);
      expect((await readCustomer(ledger.loaded, QUOTED))!.block.id).toEqual([QUOTED]);
    });
  });
});

async function* blocks(...parts: readonly (readonly bigint[])[]): AsyncIterable<CustomerBlock> {
  for (const clv of parts)
    yield { length: clv.length, id: [], segment: [], columns: new Map([['clv', BigInt64Array.from(clv)]]) };
}

const total = (customers: number, clv: bigint) => ({ customers, clv }) as Totals;

async function count(customers: AsyncIterable<CustomerBlock>): Promise<number> {
  let found = 0;
  for await (const block of customers) found += block.length;
  return found;
}

describe('customers that come over a wire', () => {
  it('pass as they are when they are all', async () => {
    expect(await count(complete(blocks([1n, 2n], [-5n]), [total(1, 2n), total(2, -4n)]))).toBe(3);
  });

  it('E501 when some are missing, or one is not what it was', async () => {
    await expect(count(complete(blocks([1n]), [total(2, 1n)]))).rejects.toThrow('E501');
    await expect(count(complete(blocks([1n, 2n]), [total(2, 4n)]))).rejects.toThrow('E501');
  });
});
