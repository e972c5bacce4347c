import { ClvError } from '../base/errors.ts';
import type { TableSource } from '../data/inputs.ts';
import { plainName, type Role } from './columns.ts';
import type { Head } from './header.ts';
import { bind, Columns, type Reading } from './layouts/bind.ts';
import { type Description, described } from './layouts/description.ts';
import type { Layout } from './layouts/layout.ts';
import { knows } from './layouts/match.ts';
import { rolesOf } from './layouts/roles.ts';
import type { ReadOptions } from './read-options.ts';
import { folded } from './rows/ids.ts';
import { checkUniqueId } from './rows/watched.ts';
import { isCurrencyColumn } from './rows/words.ts';
import { type Alias, readAlias } from './tables/alias.ts';
import { readRates } from './tables/exchange.ts';

/** What a layout, or options, have said of an export. */
export interface Described {
  readonly layout: Layout | null;
  readonly description: Description;
  readonly net: boolean;
  readonly onlyCurrency: string | null;
  readonly rates: string | null;
}

/** The reading of an export, and the names of its roles. */
interface Named {
  readonly reading: Reading;
  readonly names: RoleNames;
}

/** The columns of the roles, as an option would name them, and those that were found by name. */
export type RoleNames = Readonly<Record<Role, string>> & { readonly detected: readonly Role[] };

/** What is known of a header before its columns are. */
export type KnownHeader = Pick<Head, 'columns' | 'place' | 'layout'>;

/** What a layout and the options say of the columns of a header. @throws ClvError E102, E103, E105, E108, E112, E134–E136, E254, E255, E284, E285, E289, E296 */
export async function understood(
  head: KnownHeader,
  options: ReadOptions,
): Promise<{ reading: Named; described: Described; tables: readonly TableSource[] }> {
  const { layout, place } = head;
  if (layout?.refuse) throw new ClvError('E289', { title: layout.title, ...layout.refuse }, place);
  if (options.net && layout?.net === undefined)
    throw new ClvError(
      'E135',
      { what: layout === null ? 'a file without a layout' : `the layout ${layout.name}` },
      place,
    );
  const columns = new Columns(head.columns, place, layout);
  const description = withCurrency(described(layout, options), options, head);
  if (options.lines !== undefined && description.order === null)
    throw new ClvError('E112', { option: '--lines', other: '--order' });
  const roles = rolesOf(description, columns, place, options);
  if (roles.detected.includes('customer') && !options.asIs?.has('ids'))
    checkUniqueId(head.columns, roles.customer[0]!, place);
  const [alias, rates] = [
    await aliasOf(options, description),
    options.rates ? await readRates(options.rates.file, options.rates.base) : null,
  ];
  const reading = bind(description, roles, columns, {
    foldIds: options.foldIds === true,
    alias,
    rates,
    onlyCurrency: options.onlyCurrency ?? null,
  });
  const name = (positions: readonly number[]): string => positions.map((one) => head.columns[one]!).join('|');
  const amount = roles.amount.kind === 'column' ? head.columns[roles.amount.column]! : description.amount!;
  return {
    reading: {
      reading,
      names: { customer: name(roles.customer), date: name(roles.date), amount, detected: roles.detected },
    },
    described: {
      layout,
      description,
      net: options.net === true,
      onlyCurrency: options.onlyCurrency ?? null,
      rates: options.rates?.file ?? null,
    },
    tables: [alias?.source, rates?.source].filter((one) => one !== undefined),
  };
}

async function aliasOf({ alias, foldIds = false }: ReadOptions, { foldEmail }: Description): Promise<Alias | null> {
  return alias === undefined ? null : readAlias(alias, (id) => folded(id, { foldEmail, foldIds, alias: null }));
}

/**
 * An option that needs the currency of each row takes the one column that is called so, also where the layout names one that this
 * export does not have. E136 where there is not one.
 */
function withCurrency(
  description: Description,
  options: ReadOptions,
  { columns, place, layout }: KnownHeader,
): Description {
  const { currency } = description;
  const isThere = (name: string): boolean =>
    layout === null || currency !== layout.currency || knows(columns, name, layout);
  if (currency?.split('|').some(isThere) || (options.onlyCurrency === undefined && options.rates === undefined))
    return description;
  const found = columns.filter((name) => isCurrencyColumn(plainName(name)));
  if (found.length === 1) return { ...description, currency: found[0]! };
  const option = options.onlyCurrency === undefined ? '--rates' : '--only-currency';
  throw new ClvError(
    'E136',
    { option, count: found.length || 'no', columns: (found.length > 0 ? found : columns).join(', ') },
    place,
  );
}
