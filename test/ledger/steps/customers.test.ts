import { describe, expect, it } from 'vitest';
import type { CustomerBlock, Totals } from '../../../src/base/customers.ts';
import { complete } from '../../../src/ledger/steps/customers.ts';

async function* blocks(...parts: readonly (readonly bigint[])[]): AsyncIterable<CustomerBlock> {
  for (const clv of parts) yield { length: clv.length, clv: BigInt64Array.from(clv) } as unknown as CustomerBlock;
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
