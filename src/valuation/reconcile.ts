import { ClvError } from '../base/errors.ts';
import { type ControlTotals, differingTotal, type LedgerTotals } from '../data/transactions.ts';

/**
 * The ledger must hold exactly the records that the reader accepted, or nothing is printed: E501, and E487 where those of a
 * book are not what its accounts say.
 */
export function reconcile(reader: ControlTotals, ledger: LedgerTotals, book?: string): void {
  const differing = differingTotal(reader, ledger);
  if (differing === null) return;
  if (book === undefined) throw new ClvError('E501', differing);
  const { what, reader: wanted, ledger: found } = differing;
  throw new ClvError('E487', { what: `the ${what}`, found, wanted }, { file: book });
}
