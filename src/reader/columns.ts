import { ClvError, type Place } from '../base/errors.ts';
import { didYouMean } from '../base/nearest.ts';
import { shellWord } from '../base/shell.ts';
import { GIVEN_BACK } from '../data/transactions.ts';
import { inMinorUnits, namedLike, plainName, plausible, ROLES, type Role } from './column-names.ts';

export { isSynonym, plainName, ROLES, type Role } from './column-names.ts';

/** Position of the column of each role in the header, and which of them were found by name. */
export interface Mapping {
  readonly positions: Readonly<Record<Role, number>>;
  readonly detected: readonly Role[];
}

/** Column names given by option. */
export type AskedColumns = { readonly [role in Role]?: string | undefined };

/** Positions of a name given by the user: exact ones if there are any. */
export function positionsOf(header: readonly string[], name: string): number[] {
  const exact = exactly(header, name);
  return exact.length > 0 ? exact : where(header, (column) => plainName(column) === plainName(name));
}

/** Positions of the very name. */
export function exactly(header: readonly string[], name: string): number[] {
  return where(header, (column) => column === name);
}

/** Positions that may hold a role. */
export function candidates(header: readonly string[], role: Role, asked: AskedColumns): number[] {
  const name = asked[role];
  return name === undefined ? namedLike(header, role) : positionsOf(header, name);
}

function where(header: readonly string[], test: (name: string) => boolean): number[] {
  return header.flatMap((name, position) => (test(name) ? [position] : []));
}

/** The columns that may hold each role. */
type Found = Readonly<Record<Role, readonly number[]>>;

/** The column of every role. E108; where one role has none or several E102, E103, E105, and E124 where more than one has. */
export function mapColumns(header: readonly string[], asked: AskedColumns, place: Place): Mapping {
  const [customer, date, amount] = ROLES.map((role) => candidates(header, role, asked));
  const found: Found = { customer: customer!, date: date!, amount: amount! };
  const unclear = ROLES.filter((role) => found[role].length !== 1);
  if (unclear.length > 1) throw severalUnclear(header, found, unclear, asked, place);
  for (const role of unclear) {
    if (found[role].length === 0) throw missing(header, found, role, asked, place);
    throw ambiguous(header, found[role], role, place);
  }
  const positions = { customer: customer![0]!, date: date![0]!, amount: amount![0]! };
  for (const [i, role] of ROLES.entries()) {
    const taken = ROLES.slice(0, i).find((other) => positions[other] === positions[role]);
    if (taken) throw new ClvError('E108', { column: header[positions[role]]!, first: taken, second: role }, place);
  }
  return { positions, detected: ROLES.filter((role) => asked[role] === undefined) };
}

function missing(header: readonly string[], found: Found, role: Role, asked: AskedColumns, place: Place): ClvError {
  const [name, columns] = [asked[role], header.join(', ')];
  if (name === undefined) {
    const options = optionFor(header, found, role) + ofUnits(header, found);
    return new ClvError('E102', { what: role, columns, options }, place);
  }
  return new ClvError('E105', { column: name, columns, option: `--${role}`, hint: didYouMean(name, header) }, place);
}

function ambiguous(header: readonly string[], found: readonly number[], role: Role, place: Place): ClvError {
  const names = found.map((position) => header[position]!);
  const options = hasTwice(names) ? SAME_NAME : names.map((name) => `--${role} ${shellWord(name)}`).join(' or ');
  return new ClvError('E103', { count: names.length, what: role, columns: names.join(', '), options }, place);
}

/** All of them at once, with a line to paste that names the three columns as far as they are known. */
function severalUnclear(
  header: readonly string[],
  found: Found,
  unclear: readonly Role[],
  asked: AskedColumns,
  place: Place,
): ClvError {
  const names = (role: Role): readonly string[] => found[role].map((position) => header[position]!);
  const problems = unclear.map((role) => {
    if (found[role].length > 0) return `${found[role].length} columns could be the ${role} (${names(role).join(', ')})`;
    return asked[role] === undefined ? `no column for the ${role}` : `no column "${asked[role]}" for the ${role}`;
  });
  const line = ROLES.map((role) => optionFor(header, found, role)).join(' ');
  const renamed = unclear.some((role) => hasTwice(names(role))) ? `; ${SAME_NAME}` : '';
  const values = {
    problems: problems.join(', '),
    columns: header.join(', '),
    options: line + renamed + ofUnits(header, found),
  };
  return new ClvError('E124', values, place);
}

/** The option of a role with its column, with the one that looks like it, or with COLUMN for the user to fill in. */
function optionFor(header: readonly string[], found: Found, role: Role): string {
  const [only, ...others] = found[role];
  const taken = ROLES.flatMap((other) => (other !== role && found[other].length === 1 ? found[other] : []));
  const looks = only === undefined ? plausible(header, role, taken) : null;
  const position = only !== undefined && others.length === 0 ? only : looks;
  return `--${role} ${position === null ? 'COLUMN' : shellWord(header[position]!)}`;
}

/** What to do about amounts in cents, which are proposed for nothing. */
function ofUnits(header: readonly string[], { amount }: Found): string {
  const [minor] = amount.length === 0 ? inMinorUnits(header) : [];
  return minor === undefined ? '' : `; ${minor} is in minor units, so first divide it in the export, by 100 for cents`;
}

function hasTwice(names: readonly string[]): boolean {
  return new Set(names).size < names.length;
}

const SAME_NAME = 'give the columns different names in the header';

/** The position of the key that is no column. */
export const GIVEN_BACK_AT = -1;

/** Position of a key column by its name in the header, or of GIVEN_BACK. E103 when two have it, E105 when none has. */
export function keyPosition(header: readonly string[], name: string, place: Place): number {
  if (name === GIVEN_BACK) return GIVEN_BACK_AT;
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
