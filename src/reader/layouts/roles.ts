import type { Place } from '../../base/errors.ts';
import { type AskedColumns, candidates, exactly, type Mapping, mapColumns, positionsOf, ROLES } from '../columns.ts';
import type { Columns, RoleColumns } from './bind.ts';
import type { Description } from './description.ts';
import { columnsOf, parseExpression } from './expression.ts';

/** The columns of customer, date and amount: as described, else by their usual names. */
export interface Roles extends RoleColumns {
  /** Of the roles that were found by name. */
  readonly detected: Mapping['detected'];
}

/** @throws ClvError E102, E103, E105, E108, E134 */
export function rolesOf(description: Description, columns: Columns, place: Place, asked: AskedColumns): Roles {
  const { layout } = description;
  const { header } = columns;
  const own = layout?.customer === description.customer;
  const customer =
    description.customer &&
    (own
      ? columns.some(description.customer.columns, '--customer')
      : columns.alternatives(description.customer.columns[0]!, '--customer'));
  const date = description.date && columns.some(description.date.columns, '--date');
  const ofLayout = layout !== null && (description.amount === layout.amount || description.amount === layout.net);
  const amount = description.amount === null ? null : columns.expression(description.amount, ofLayout);
  const name = (column: number | undefined): string | undefined => (column === undefined ? undefined : header[column]);
  const mapping = mapColumns(
    header,
    {
      ...asked,
      customer: name(customer?.[0]),
      date: name(date?.[0]),
      amount: name(amount ? columnsOf(amount)[0] : undefined),
    },
    place,
  );
  const { positions } = mapping;
  return {
    customer: customer ?? [positions.customer],
    date: date ?? [positions.date],
    amount: amount ?? { kind: 'column', column: positions.amount },
    detected: ROLES.filter((role) => ({ customer, date, amount })[role] === null),
  };
}

/** Whether a record names all that is asked for, or columns as they usually are. */
export function fitsHeader(header: readonly string[], asked: AskedColumns): boolean {
  return ROLES.every((role) => {
    const text = asked[role];
    if (text === undefined) return candidates(header, role, {}).length > 0;
    if (positionsOf(header, text).length > 0) return true;
    if (role === 'customer') return text.split('|').every((name) => positionsOf(header, name.trim()).length > 0);
    if (role === 'date') return false;
    const found = parseExpression(text, (name, exact) => (exact ? exactly(header, name) : positionsOf(header, name)));
    return !('unknown' in found) && !('problem' in found);
  });
}
