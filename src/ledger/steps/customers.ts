import type { CustomerBlock, Totals } from '../../base/customers.ts';
import { ClvError } from '../../base/errors.ts';
import type { LoadPlan } from '../ledger.ts';
import { count, type Store, units } from '../store.ts';
import { CONTRACT_ROWS } from './contracts-sql.ts';
import { customerRow } from './customer-sql.ts';
import { CUSTOMER_ROWS, TOTALS } from './customers-sql.ts';
import { splitSegment } from './sql.ts';

/** Sums of the valued customers by segment. */
export async function readTotals(store: Store): Promise<readonly Totals[]> {
  const rows = await store.rows(TOTALS);
  return rows.map((row) => ({
    segment: splitSegment(String(row['segment'])),
    customers: count(row['n']),
    revenue: units(row['revenue']),
    margin: units(row['margin']),
    clv: units(row['clv']),
  }));
}

/** Valued customers in the order in which they are printed. */
export function readCustomers(
  store: Store,
  plan: LoadPlan,
  { contracts, limit }: { readonly contracts: boolean; readonly limit?: number | undefined },
): AsyncIterable<CustomerBlock> {
  const text = contracts ? CONTRACT_ROWS : CUSTOMER_ROWS;
  return blocks(store, plan, contracts, text + (limit === undefined ? '' : ` LIMIT ${limit}`));
}

/** The same blocks; at their end E501 unless they are as many customers, and as much CLV, as the store has summed up. */
export async function* complete(
  blocks: AsyncIterable<CustomerBlock>,
  totals: readonly Totals[],
): AsyncIterable<CustomerBlock> {
  let [customers, clv] = [0, 0n];
  for await (const block of blocks) {
    customers += block.length;
    for (const value of block.clv) clv += value;
    yield block;
  }
  const whole = totals.reduce(
    (sum, one) => ({ customers: sum.customers + one.customers, clv: sum.clv + one.clv }),
    NONE,
  );
  if (customers !== whole.customers)
    throw new ClvError('E501', { what: 'customers', reader: customers, ledger: whole.customers });
  if (clv !== whole.clv) throw new ClvError('E501', { what: 'CLV', reader: String(clv), ledger: String(whole.clv) });
}

const NONE = { customers: 0, clv: 0n };

/** The valued customer of an id, as a block of one. */
export async function readCustomer(store: Store, plan: LoadPlan, id: string): Promise<CustomerBlock | null> {
  for await (const block of blocks(store, plan, false, customerRow(store.dialect.parameter(1)), [id])) return block;
  return null;
}

async function* blocks(
  store: Store,
  { by }: LoadPlan,
  contracts: boolean,
  text: string,
  values?: readonly string[],
): AsyncIterable<CustomerBlock> {
  for await (const chunk of store.chunks(text, values)) {
    const segments = by.length > 0 ? chunk.texts(1).map(splitSegment) : [];
    yield {
      length: chunk.rowCount,
      id: chunk.texts(0),
      segment: by.map((_, i) => segments.map((tuple) => tuple[i]!)),
      firstPurchase: chunk.integers(2),
      lastPurchase: chunk.integers(3),
      x: chunk.integers(4),
      recency: chunk.integers(5),
      age: chunk.integers(6),
      revenue: chunk.decimals(7),
      margin: chunk.decimals(8),
      mean: chunk.doubles(9),
      pAlive: chunk.doubles(10),
      expectedMargin: chunk.doubles(11),
      dert: chunk.doubles(12),
      clv: chunk.bigints(13),
      ...(contracts ? { tenure: chunk.integers(14) } : { spend: chunk.decimals(14) }),
    };
  }
}
