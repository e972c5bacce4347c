import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { choice, columns } from '../../cli/option-values.ts';
import type { Session } from '../../cli/session.ts';
import type { Condition } from '../../data/chosen/conditions.ts';
import { customerColumns, type ListedCustomers } from '../../data/customer-columns.ts';
import type { Totals } from '../../data/customers.ts';
import type { CustomerList } from '../../ledger/exports.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { chooseCustomers } from '../../ledger/steps/chosen/chosen.ts';
import { type CustomerSource, listColumns, listedText } from '../../report/customers.ts';
import { moneyIn } from '../../report/views.ts';
import { flatColumns } from '../../reporter/parquet.ts';
import { placesOf } from './fields.ts';
import { marksTyped } from './marks.ts';
import { conditionsOf, conditionsTyped } from './only.ts';
import type { ComputeOptions } from './options.ts';

type ListOptions = Pick<ComputeOptions, 'customers' | 'section' | 'fields' | 'only' | 'into'>;

/** Whether the customers are listed. E101; E111, E122 where they are not, and something is asked of the list. */
export function listsCustomers(options: ListOptions & Parameters<typeof marksTyped>[0]): boolean {
  const { customers, section, fields, only, into } = options;
  const asked = [
    ...(fields === undefined ? [] : ['--fields']),
    ...(only === undefined ? [] : ['--only']),
    ...marksTyped(options),
  ];
  if (asked.length > 0 && into !== undefined) throw new ClvError('E111', { option: asked[0]!, other: '--into' });
  if (choice('--customers', customers, ['all', 'none']) === 'all') return true;
  const [option] = [...(section === 'customers' ? ['--section customers'] : []), ...asked];
  if (option === undefined) return false;
  throw new ClvError('E122', { option, ...variant('E122', 'no list') });
}

/** What is asked of the list of customers. */
export interface ListAsked {
  /** Columns in their order; absent: all. */
  readonly fields: readonly string[] | undefined;
  readonly places: readonly number[] | undefined;
  /** Conditions, and how they were typed; null: all customers. */
  readonly only: { readonly text: string; readonly conditions: readonly Condition[] } | null;
}

/** E101, E550, E551. @param by the segment columns */
export function listAsked(
  { fields, only }: ListOptions,
  listed: ListedCustomers,
  by: readonly string[],
  digits: number,
): ListAsked {
  const names = fields === undefined ? undefined : columns('--fields', fields);
  return {
    fields: names,
    places: names && placesOf(names, listColumns(by, listed)),
    only:
      only === undefined
        ? null
        : { text: only, conditions: conditionsOf(conditionsTyped(only), customerColumns(listed), by, digits) },
  };
}

/** A store takes longer to plan how it writes so few customers than they take to be written here: the texts are the same. */
const FEW = 20_000;

/** The valued customers of a ledger that are asked for, as blocks and as its store writes them. */
export async function customersIn(
  { ledger, notes }: Pick<Session, 'ledger' | 'notes'>,
  totals: Pick<Totals, 'customers' | 'clv'>,
  { fields, places, only }: ListAsked,
  all: CustomerList,
  currency: string | null,
): Promise<CustomerSource> {
  const chosen = only && {
    text: only.text,
    ...(await chooseCustomers(ledger.loaded, only.conditions, customerColumns(all), all.counted)),
  };
  const { customers } = chosen ?? totals;
  const text = listedText({ chosen }, totals, moneyIn({ digits: all.digits, currency }));
  if (text !== null) notes.say(`listed: ${text}`);
  return {
    fields,
    chosen,
    rows: customers,
    ...writtenBy(ledger, customers, { ...all, chosen, ...(places && { places }) }),
  };
}

function writtenBy(
  ledger: Ledger,
  customers: number,
  list: CustomerList,
): Pick<CustomerSource, 'blocks' | 'first' | 'csv' | 'parquet'> {
  const { csv, parquet } = ledger.exports;
  return {
    blocks: ledger.customers(list),
    first: (rows) => ledger.customers({ ...list, first: rows }),
    ...(csv && customers > FEW && { csv: () => csv(list) }),
    ...(parquet && { parquet: (columns) => parquet(flatColumns(columns), list) }),
  };
}
