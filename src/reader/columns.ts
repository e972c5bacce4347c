import { ClvError, type Place } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';

/** What a transaction must have. */
export const ROLES = ['customer', 'date', 'amount'] as const;
export type Role = (typeof ROLES)[number];

/** Position of the column of each role in the header, and which of them were found by name. */
export interface Mapping {
  readonly positions: Readonly<Record<Role, number>>;
  readonly detected: readonly Role[];
}

/** Column names given by option. */
export type Asked = { readonly [role in Role]?: string | undefined } & {
  /** The option that names the customer column, where it is not `--customer`. */
  readonly customerOption?: string | undefined;
};

/** The option that names the column of a role. */
export function optionOf(role: Role, { customerOption }: Asked): string {
  return role === 'customer' && customerOption !== undefined ? customerOption : `--${role}`;
}

const SYNONYMS: Readonly<Record<Role, ReadonlySet<string>>> = {
  customer: words(
    'customer customerid customerno customernumber client clientid user userid account accountid buyer buyerid',
  ),
  date: words('date orderdate transactiondate invoicedate purchasedate paymentdate timestamp createdat datetime day'),
  amount: words('amount total price ordertotal totalprice totalamount revenue sales value netamount ordervalue spend'),
};

function words(text: string): ReadonlySet<string> {
  return new Set(text.split(' '));
}

/** Names are compared without case, blanks, underscores and hyphens. */
export function plainName(name: string): string {
  return name.toLowerCase().replace(/[\s_-]/gu, '');
}

/** True for a name that usually heads the column of a role. */
export function isSynonym(role: Role, name: string): boolean {
  return SYNONYMS[role].has(plainName(name));
}

/** Positions of a name given by the user: exact ones if there are any. */
export function positionsOf(header: readonly string[], name: string): number[] {
  const exact = where(header, (column) => column === name);
  return exact.length > 0 ? exact : where(header, (column) => plainName(column) === plainName(name));
}

/** Positions that may hold a role. */
export function candidates(header: readonly string[], role: Role, asked: Asked): number[] {
  const name = asked[role];
  return name === undefined ? where(header, (column) => isSynonym(role, column)) : positionsOf(header, name);
}

function where(header: readonly string[], test: (name: string) => boolean): number[] {
  return header.flatMap((name, position) => (test(name) ? [position] : []));
}

/** The column of every role. E102, E103, E105, E108. */
export function mapColumns(header: readonly string[], asked: Asked, place: Place): Mapping {
  const positions = { customer: -1, date: -1, amount: -1 };
  for (const role of ROLES) {
    const found = candidates(header, role, asked);
    if (found.length === 0) throw missing(header, role, asked, place);
    if (found.length > 1) throw ambiguous(header, found, role, asked, place);
    const taken = ROLES.find((other) => positions[other] === found[0]);
    if (taken) throw new ClvError('E108', { column: header[found[0]!]!, first: taken, second: role }, place);
    positions[role] = found[0]!;
  }
  return { positions, detected: ROLES.filter((role) => asked[role] === undefined) };
}

function missing(header: readonly string[], role: Role, asked: Asked, place: Place): ClvError {
  const [name, columns, option] = [asked[role], header.join(', '), optionOf(role, asked)];
  if (name === undefined) return new ClvError('E102', { what: role, columns, option }, place);
  return new ClvError('E105', { column: name, columns, option, hint: didYouMean(name, header) }, place);
}

function ambiguous(
  header: readonly string[],
  found: readonly number[],
  role: Role,
  asked: Asked,
  place: Place,
): ClvError {
  const names = found.map((position) => header[position]!);
  const options =
    new Set(names).size < names.length
      ? SAME_NAME
      : names.map((name) => `${optionOf(role, asked)} ${shellWord(name)}`).join(' or ');
  return new ClvError('E103', { count: names.length, what: role, columns: names.join(', '), options }, place);
}

const SAME_NAME = 'give the columns different names in the header';

/** Position of a key column by its name in the header. E103 when two have it, E105 when none has. */
export function keyPosition(header: readonly string[], name: string, place: Place): number {
  const found = where(header, (column) => column === name);
  const what = `column "${name}"`;
  if (found.length === 0)
    throw new ClvError('E105', { column: name, columns: header.join(', '), option: '--by', hint: '' }, place);
  if (found.length === 1) return found[0]!;
  throw new ClvError(
    'E103',
    { count: found.length, what, columns: found.map(() => name).join(', '), options: SAME_NAME },
    place,
  );
}

/** Text that a shell takes as one word. */
export function shellWord(text: string): string {
  return /^[\w.@%+:,/-]+$/.test(text) ? text : `'${text.replaceAll("'", "'\\''")}'`;
}
