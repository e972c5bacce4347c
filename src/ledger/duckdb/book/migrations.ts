import type { DuckDBStore } from '../store.ts';
import { summarise } from './summary.ts';

/**
 * What makes a book of each format one of the next, by the number of the format that it is made of: work on the schema `book`,
 * done on the copy before any other change.
 */
export const MIGRATIONS: Readonly<Record<number, (store: DuckDBStore) => Promise<void>>> = {
  // From 2 on a close may be one of subscriptions, whose model and choices earlier programs cannot read.
  1: (store) => store.run('UPDATE book.main.book SET format = 2'),
  // From 3 on it keeps its customer-days and its customers.
  2: async (store) => {
    await summarise(store);
    await store.run('UPDATE book.main.book SET format = 3');
  },
};
