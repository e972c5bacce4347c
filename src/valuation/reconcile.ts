import { ClvError } from '../base/errors.ts';
import type { ControlTotals } from '../data/transactions.ts';

/**
 * The ledger must hold exactly the records that the reader accepted, or nothing is printed: E501, and E487 where those of a
 * book are not what its accounts say.
 */
export function reconcile(reader: ControlTotals, ledger: ControlTotals, book?: string): void {
  const pairs = [
    ['records', reader.records, ledger.records],
    ['sum of amounts', reader.amount, ledger.amount],
    ['sum of days', reader.days, ledger.days],
    ['bytes of ids', reader.idBytes, ledger.idBytes],
    ['first day', reader.firstDay, ledger.firstDay],
    ['last day', reader.lastDay, ledger.lastDay],
  ] as const;
  for (const [what, wanted, found] of pairs) {
    if (wanted === found) continue;
    if (book !== undefined)
      throw new ClvError('E487', { what: `the ${what}`, found: String(found), wanted: String(wanted) }, { file: book });
    throw new ClvError('E501', { what, reader: String(wanted), ledger: String(found) });
  }
}
