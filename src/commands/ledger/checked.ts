import { ONE } from '../../base/decimal.ts';
import type { Warning } from '../../base/errors.ts';
import { checkAsOf } from '../../cli/session.ts';
import { checkIds } from '../../cli/suspect-ids.ts';
import { type CountedBook, liveAdds } from '../../data/books/book.ts';
import type { BookChange } from '../../ledger/book-change.ts';
import type { LoadPlan } from '../../ledger/plan.ts';
import { readIds } from '../../ledger/steps/ids.ts';
import { bookTransactions } from '../../reader/book/transactions.ts';
import { reconcile } from '../../valuation/reconcile.ts';

/** Nothing but customers, days and amounts. */
const PLAIN: LoadPlan = { keys: [], by: [], fitBy: [], margin: { rate: ONE, rules: null }, costs: null };

/**
 * A changed book as every command will read it, before it is put in place; an empty one is not read.
 * @returns warnings of its ids
 * @throws ClvError E215, E297, E298, E487
 */
export async function checkedBook(
  change: BookChange,
): Promise<{ readonly book: CountedBook; readonly warnings: readonly Warning[] }> {
  return change.read(async (ledger, book) => {
    if (liveAdds(book).length === 0) return { book, warnings: [] };
    const transactions = bookTransactions(book);
    const read = await transactions.load([], ledger);
    checkAsOf({ asOf: null }, read);
    reconcile(read.totals, await ledger.load(PLAIN), book.name);
    return { book, warnings: checkIds(await readIds(ledger.loaded, read.idKinds), transactions, 2) };
  });
}
