import { type Day, isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { readSighting } from '../../ledger/steps/customers.ts';

/** @throws ClvError E131 no such customer, E132 one that is not valued, and why; before time goes into a fit */
export async function mustHaveValue(ledger: Ledger, customer: string, asOf: Day): Promise<void> {
  const { records, late, purchases, firstPurchase, nearest } = await readSighting(ledger.loaded, customer, asOf);
  if (purchases > 0) return;
  if (records + late === 0) {
    const remedy =
      nearest.length > 0
        ? `the nearest ids: ${nearest.join(', ')}`
        : 'no id is like it: ids are text, with their leading zeros and their case';
    throw new ClvError('E131', { customer, remedy });
  }
  if (firstPurchase !== null)
    throw new ClvError('E132', {
      customer,
      reason: `the first purchase, on ${isoOf(firstPurchase)}, is after the as-of date ${isoOf(asOf)}`,
      remedy: `use --as-of ${isoOf(firstPurchase)} or later`,
    });
  throw new ClvError('E132', {
    customer,
    reason: 'none of its days is a purchase: they net to less than zero',
    remedy: 'a customer is valued from its first purchase on; check the sign of the amounts',
  });
}
