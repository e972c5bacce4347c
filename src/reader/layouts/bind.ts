import { ClvError, type Place } from '../../base/errors.ts';
import { didYouMean } from '../../base/nearest.ts';
import { exactly, plainName, positionsOf, type Role } from '../columns.ts';
import { isRefundColumn } from '../rows/words.ts';
import type { Alias } from '../tables/alias.ts';
import type { Rates } from '../tables/exchange.ts';
import { type DescribedRule, type Description, NOT_CHOSEN } from './description.ts';
import { columnsOf, type Expression, movedTo, parseExpression } from './expression.ts';
import type { Condition, Layout, OrderPart } from './layout.ts';
import { ValueList } from './value-list.ts';

/** A condition over positions: every column must hold one of its values. */
export type Case = readonly { readonly column: number; readonly values: ValueList }[];

/** Which values of a column count, and why others do not. */
export interface Rule {
  readonly column: number;
  readonly name: string;
  /** Rows that are asked; null: all. */
  readonly when: Case | null;
  readonly count: ValueList;
  readonly leaveOut: readonly { readonly values: ValueList; readonly reason: string }[];
  /** Rows whose value sorts before that of this column are left out; null: none are. */
  readonly before: { readonly column: number; readonly reason: string } | null;
  /** What is done with a value that is not listed; null: it is an error. */
  readonly others: 'count' | 'leave out' | null;
}

/** How the records of a file are read: positions are those of the header. */
export interface Reading {
  readonly layout: Layout | null;
  /** The first that holds somebody is the customer. */
  readonly customer: readonly number[];
  readonly nobody: ValueList | null;
  /** Whether a record without a customer is counted as such; otherwise it is a fault. */
  readonly guests: boolean;
  readonly unless: { readonly when: Case; readonly customer: readonly number[] } | null;
  /** The text before which an id ends; null: nowhere. */
  readonly upTo: string | null;
  readonly foldEmail: boolean;
  readonly foldIds: boolean;
  readonly alias: Alias | null;
  readonly date: readonly number[];
  readonly amount: Expression;
  readonly minus: readonly Case[];
  readonly zero: readonly Case[];
  /** The columns of the amount that say what was given back of the row. */
  readonly refunded: readonly number[];
  readonly rules: readonly Rule[];
  readonly order: { readonly column: number; readonly lines: OrderPart['lines'] } | null;
  /** The first that is not blank; none: the amounts are in one currency. */
  readonly currency: readonly number[];
  readonly onlyCurrency: string | null;
  readonly rates: Rates | null;
  readonly once: number | null;
  readonly fillDown: number | null;
  readonly stop: { readonly column: number; readonly values: ValueList } | null;
}

/** What is needed beside a description. */
export interface Bound {
  readonly foldIds: boolean;
  readonly alias: Alias | null;
  readonly onlyCurrency: string | null;
  readonly rates: Rates | null;
}

/** The columns of the roles, which the header or the options have told. */
export interface RoleColumns {
  readonly customer: readonly number[];
  readonly date: readonly number[];
  readonly amount: Expression;
}

/** Finds columns by the names of a layout, an option or a person. */
export class Columns {
  readonly header: readonly string[];
  readonly #place: Place;
  readonly #names: Layout['names'];

  constructor(header: readonly string[], place: Place, layout: Layout | null) {
    this.header = header;
    this.#place = place;
    this.#names = layout?.names;
  }

  /** Exact names first, then those that differ in case and blanks, then the other names that the layout knows. */
  find(name: string): readonly number[] {
    const found = positionsOf(this.header, name);
    if (found.length > 0) return found;
    const own = Object.entries(this.#names ?? {}).find(([one]) => one.toLowerCase() === name.toLowerCase());
    return own?.[1].map((other) => positionsOf(this.header, other)).find((positions) => positions.length > 0) ?? [];
  }

  has(name: string): boolean {
    return this.find(name).length > 0;
  }

  /** The one column of a name. E105, E103. */
  one(name: string, option: string): number {
    const found = this.find(name);
    if (found.length === 1) return found[0]!;
    if (found.length === 0) throw this.missing(name, option);
    const names = found.map((position) => this.header[position]!);
    const values = { count: found.length, what: `column "${name}"`, columns: names.join(', ') };
    throw new ClvError('E103', { ...values, options: 'give the columns different names in the header' }, this.#place);
  }

  missing(name: string, option: string): ClvError {
    const values = { column: name, columns: this.header.join(', '), option, hint: didYouMean(name, this.header) };
    return new ClvError('E105', values, this.#place);
  }

  /** `A|B`: the columns in order; a column of that name wins. Those that are not there are passed over where `some` is enough. */
  alternatives(text: string, option: string): readonly number[] {
    if (this.has(text)) return [this.one(text, option)];
    return text.split('|').map((name) => this.one(name.trim(), option));
  }

  /** The columns of a list that are there; E105 where none is. */
  some(names: readonly string[], option: string): readonly number[] {
    const there = names.flatMap((name) => {
      const found = this.find(name);
      if (found.length === 0 && name.includes('|')) return [...this.alternatives(name, option)];
      return found.length === 0 ? [] : [this.one(name, option)];
    });
    if (there.length === 0) throw this.missing(names[0]!, option);
    return there;
  }

  /** E105, E134 for what is no expression. @param optional whether terms whose column is not there count as nothing */
  expression(text: string, optional: boolean): Expression {
    const found = parseExpression(text, (name, exact) => (exact ? exactly(this.header, name) : this.find(name)));
    if (!('unknown' in found) && !('problem' in found)) return found;
    if ('problem' in found) throw new ClvError('E134', { text, problem: found.problem }, this.#place);
    const without = optional ? withoutTerm(text, found.unknown) : null;
    if (without === null) throw this.missing(found.unknown, '--amount');
    return this.expression(without, optional);
  }

  case(condition: Condition, option: string): Case {
    return Object.entries(condition).map(([name, values]) => ({
      column: this.one(name, option),
      values: new ValueList(values),
    }));
  }
}

/** Older exports lack columns that newer ones subtract or add: such a term is nothing. Null for any other place in the text. */
function withoutTerm(text: string, name: string): string | null {
  for (const mark of [' - ', ' + ']) {
    const at = text.indexOf(`${mark}${name}`);
    if (at > 0) return text.slice(0, at) + text.slice(at + mark.length + name.length);
  }
  return null;
}

/** Binds a description to the columns of a header. @throws ClvError E103, E105, E134 */
export function bind(description: Description, roles: RoleColumns, columns: Columns, bound: Bound): Reading {
  const { layout, customer } = description;
  const own = layout !== null && customer === layout.customer;
  const nobody = own ? customer?.nobody : undefined;
  const unless = own ? customer?.unless : undefined;
  const cases = (conditions: readonly Condition[], option: string): readonly Case[] =>
    conditions
      .filter((one) => Object.keys(one).every((name) => option !== '' || columns.has(name)))
      .map((one) => columns.case(one, option));
  return {
    layout,
    ...roles,
    nobody: nobody === undefined ? null : new ValueList(nobody),
    guests: own || roles.customer.length > 1,
    unless: unless
      ? { when: columns.case(unless.when, '--customer'), customer: columns.some(unless.columns, '--customer') }
      : null,
    upTo: (own ? customer?.up_to : undefined) ?? null,
    foldEmail: description.foldEmail,
    foldIds: bound.foldIds,
    alias: bound.alias,
    minus: cases(description.minus, description.minus === layout?.minus ? '' : '--minus'),
    zero: cases(description.zero, description.zero === layout?.zero ? '' : '--zero'),
    refunded: refundedIn(roles.amount, columns, layout?.refunded),
    rules: description.rows.map((rule) => ruleOf(rule, columns)),
    order:
      description.order === null
        ? null
        : { column: columns.one(description.order.column, '--order'), lines: description.order.lines },
    currency: currencyOf(description, columns),
    onlyCurrency: bound.onlyCurrency,
    rates: bound.rates,
    once: description.once === null ? null : columns.one(description.once, '--once'),
    fillDown: description.fillDown === null ? null : columns.one(description.fillDown, '--fill-down'),
    stop: description.stop
      ? { column: columns.one(description.stop.column, '--stop-at'), values: new ValueList(description.stop.values) }
      : null,
  };
}

/** The columns of an amount that say what was given back: those that a layout names, and those whose names tell it. */
function refundedIn(amount: Expression, columns: Columns, named: Layout['refunded'] = []): readonly number[] {
  if (amount.kind === 'column') return [];
  const known = new Set(named.flatMap((name) => columns.find(name)));
  return columnsOf(amount).filter((one) => known.has(one) || isRefundColumn(plainName(columns.header[one]!)));
}

function currencyOf({ currency, layout }: Description, columns: Columns): readonly number[] {
  if (currency === null) return [];
  // A layout names the column where its export has one; an option must name one that is there.
  if (currency === layout?.currency && !currency.split('|').some((name) => columns.has(name))) return [];
  return currency === layout?.currency
    ? columns.some(currency.split('|'), '--currency-column')
    : columns.alternatives(currency, '--currency-column');
}

function ruleOf({ column, when, count = [], leave_out = {}, before, others }: DescribedRule, columns: Columns): Rule {
  const position = columns.one(column, '--where');
  const byReason = new Map<string, string[]>();
  for (const [value, reason] of Object.entries(leave_out))
    byReason.set(reason, [...(byReason.get(reason) ?? []), value]);
  return {
    column: position,
    name: columns.header[position]!,
    when: when ? columns.case(when, '--where') : null,
    count: new ValueList(count),
    leaveOut: [...byReason].map(([reason, values]) => ({ values: new ValueList(values), reason })),
    before: before ? { column: columns.one(before.column, '--where'), reason: before.reason } : null,
    others: others ?? null,
  };
}

/** Whether a row matches all columns of a condition. */
export function holds(condition: Case, row: readonly string[]): boolean {
  return condition.every(({ column, values }) => values.has(row[column]!));
}

/** True where a value counts, else the reason why it does not; null: it is listed nowhere. */
export type Decision = true | string | null;
/** Values of a column that are remembered. */
const REMEMBERED = 10_000;

/** What a rule says of rows, by the values of its column, which are few. */
export class Decisions {
  readonly #rule: Rule;
  readonly #known = new Map<string, Decision>();

  constructor(rule: Rule) {
    this.#rule = rule;
  }

  /** True too where the rule does not ask the row. */
  of(row: readonly string[]): Decision {
    const { when, column, before } = this.#rule;
    if (when && !holds(when, row)) return true;
    const value = row[column]!.trim();
    if (before && value !== '' && value < row[before.column]!.trim()) return before.reason;
    let decision = this.#known.get(value);
    if (decision === undefined) {
      decision = decide(this.#rule, value);
      if (this.#known.size < REMEMBERED) this.#known.set(value, decision);
    }
    return decision;
  }
}

export function decide({ count, leaveOut, others }: Rule, value: string): Decision {
  if (count.has(value)) return true;
  const found = leaveOut.find(({ values }) => values.has(value));
  if (found) return found.reason;
  if (others === 'count') return true;
  return others === 'leave out' ? NOT_CHOSEN : null;
}

/** The positions of the columns of each role. */
export function rolePositions({ customer, unless, date, amount }: Reading): Readonly<Record<Role, readonly number[]>> {
  return { customer: [...customer, ...(unless?.customer ?? [])], date, amount: columnsOf(amount) };
}

/** True where the three columns are all that has to be looked at. */
export function isPlain(reading: Reading): boolean {
  const { customer, nobody, unless, upTo, foldEmail, foldIds, alias, date, amount, minus, zero, rules, order } =
    reading;
  const plainIds = customer.length === 1 && !nobody && !unless && upTo === null && !foldEmail && !foldIds && !alias;
  const plainMoney =
    amount.kind === 'column' && minus.length + zero.length === 0 && !reading.onlyCurrency && !reading.rates;
  const allRows = rules.length === 0 && !order && reading.once === null && reading.fillDown === null && !reading.stop;
  return plainIds && plainMoney && allRows && date.length === 1;
}

/** Whether a row may be worth nothing since all of it was given back. */
export function netsRefunds({ zero, refunded }: Reading): boolean {
  return zero.length + refunded.length > 0;
}

/** Every position that is read, each once, in order. */
export function positionsIn(reading: Reading): readonly number[] {
  const { unless, order, once, fillDown, stop } = reading;
  const asked = reading.rules.flatMap(({ when }) => (when ? [when] : []));
  const cases = [...reading.minus, ...reading.zero, ...asked, ...(unless ? [unless.when] : [])];
  const found = [
    ...reading.customer,
    ...(unless?.customer ?? []),
    ...reading.date,
    ...columnsOf(reading.amount),
    ...cases.flatMap((one) => one.map(({ column }) => column)),
    ...reading.rules.flatMap(({ column, before }) => [column, ...(before ? [before.column] : [])]),
    ...reading.currency,
    ...(order ? [order.column] : []),
    ...[once, fillDown].flatMap((column) => (column === null ? [] : [column])),
    ...(stop ? [stop.column] : []),
  ];
  return [...new Set(found)].sort((a, b) => a - b);
}

/** A reading of records that hold only some of the columns. @param at the new position of a column */
export function moved(reading: Reading, at: (column: number) => number): Reading {
  const all = (columns: readonly number[]): readonly number[] => columns.map(at);
  const one = (column: number | null): number | null => (column === null ? null : at(column));
  const inCase = (condition: Case): Case => condition.map(({ column, values }) => ({ column: at(column), values }));
  const { unless, order, stop } = reading;
  return {
    ...reading,
    customer: all(reading.customer),
    unless: unless && { when: inCase(unless.when), customer: all(unless.customer) },
    date: all(reading.date),
    amount: movedTo(reading.amount, at),
    minus: reading.minus.map(inCase),
    zero: reading.zero.map(inCase),
    refunded: reading.refunded.map(at),
    rules: reading.rules.map((rule) => ({
      ...rule,
      column: at(rule.column),
      when: rule.when && inCase(rule.when),
      before: rule.before && { ...rule.before, column: at(rule.before.column) },
    })),
    order: order && { ...order, column: at(order.column) },
    currency: all(reading.currency),
    once: one(reading.once),
    fillDown: one(reading.fillDown),
    stop: stop && { ...stop, column: at(stop.column) },
  };
}
