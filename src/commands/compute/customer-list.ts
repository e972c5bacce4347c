import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { choice } from '../../cli/option-values.ts';
import type { CustomerList } from '../../ledger/exports.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { CustomerSource } from '../../report/customers.ts';
import { flatColumns } from '../../reporter/parquet.ts';
import type { ComputeOptions } from './options.ts';

/** Whether the customers are listed. E101; E122 where they are not, and are the list that is asked for. */
export function listsCustomers({ customers, section }: Pick<ComputeOptions, 'customers' | 'section'>): boolean {
  if (choice('--customers', customers, ['all', 'none']) === 'all') return true;
  if (section !== 'customers') return false;
  throw new ClvError('E122', { option: '--section customers', ...variant('E122', 'no list') });
}

/** A store takes longer to plan how it writes so few customers than they take to be written here: the texts are the same. */
const FEW = 20_000;

/** The valued customers of a ledger, so many, as blocks and as its store writes them. */
export function customersIn(ledger: Ledger, customers: number, list: CustomerList): CustomerSource {
  const { csv, parquet } = ledger.exports;
  return {
    blocks: ledger.customers(list),
    rows: customers,
    ...(csv && customers > FEW && { csv: () => csv(list) }),
    ...(parquet && { parquet: (columns) => parquet(flatColumns(columns), list) }),
  };
}
