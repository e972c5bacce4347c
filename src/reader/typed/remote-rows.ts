import type { Place } from '../../base/errors.ts';
import type { TypedColumn } from '../../data/columnar.ts';
import type { Counted, DescribedRead, LeftOutRows, RemoteWatch, ValueRows } from '../../data/remote-table.ts';
import { Amounts } from '../amounts/amounts.ts';
import type { Reading } from '../layouts/bind.ts';
import { NOT_CHOSEN } from '../layouts/description.ts';
import { type Account, Accounts } from '../rows/accounts.ts';
import { FaultsError } from '../rows/rejects.ts';
import { Unlisted } from '../rows/unlisted.ts';
import { type AsIs, type CountedElsewhere, Watch, type WatchPlan } from '../rows/watch.ts';
import { shown } from '../text/places.ts';

/** Rows of a table that are no transactions, by their account. */
export function accountsOf(read: DescribedRead, reading: Reading, header: readonly string[]): readonly Account[] {
  const accounts = new Accounts(undefined);
  const nowhere = (): Place => ({ file: '' });
  const kinds = [
    ['continuation', read.continuation],
    ['repeated', read.repeated],
    ['without_customer', read.withoutCustomer],
  ] as const;
  for (const [kind, { records, amount }] of kinds) if (records > 0) accounts.add(kind, amount, nowhere, null, records);
  for (const rows of read.leftOut) {
    const by = { column: reading.rules[rows.rule]!.name, value: shown(rows.value), reason: reasonOf(rows, reading) };
    accounts.add('left_out', rows.amount, nowhere, by, rows.records);
  }
  for (const { value, records, amount } of read.otherCurrencies) {
    const by = { column: header[reading.currency[0]!]!, value: shown(value), reason: 'another currency' };
    accounts.add('left_out', amount, nowhere, by, records);
  }
  return accounts.result;
}

function reasonOf({ rule, list }: LeftOutRows, { rules }: Reading): string {
  if (list === null) return NOT_CHOSEN;
  const { leaveOut, before } = rules[rule]!;
  return (leaveOut[list - 1] ?? before)!.reason;
}

/** What of a plan to watch a table is asked for: numbers are summed there, texts are looked at by their values. */
export function remoteWatch(plan: WatchPlan, columns: readonly TypedColumn[]): RemoteWatch {
  const { currency, status, refunds, quantity, returns, order, key, lines, told } = plan;
  // What options have told of its values is looked up by them.
  const summed = (one: number): boolean => isNumber(columns, one) && !told.has(one);
  const [numbers, texts] = [refunds.filter(summed), refunds.filter((one) => !summed(one))];
  const counted = quantity !== null && isNumber(columns, quantity);
  const inTexts = quantity === null || counted ? [] : [quantity];
  return {
    values: [...currency, ...[...status, ...texts, ...inTexts].map((column) => [column])],
    sums: numbers,
    quantity: counted ? quantity : null,
    returns,
    order,
    // Equal lines of one order are lines of it.
    key: lines ? null : key,
  };
}

function isNumber(columns: readonly TypedColumn[], column: number): boolean {
  return ['integer', 'decimal', 'float'].includes(columns[column]!.kind);
}

/** How a table was looked at. */
interface Looking {
  readonly reading: Reading;
  readonly watch: WatchPlan;
  readonly looking: RemoteWatch;
  readonly header: readonly string[];
  readonly place: Place;
  readonly asIs: ReadonlySet<AsIs>;
}

/** E286, E287, E290–E295, E299, all together. */
export function faultsOf(read: DescribedRead, { reading, watch, looking, header, place, asIs }: Looking): void {
  const unlisted = new Unlisted();
  const there = (): Place => place;
  for (const { rule, value, amount, records } of read.unlisted)
    unlisted.add(reading.rules[rule]!, value, amount, there, records);
  for (const { currency, first, last, records } of read.withoutRate) {
    const column = header[reading.currency[0]!]!;
    unlisted.rate(column, currency, first, there, records - 1);
    unlisted.rate(column, currency, last, there, 1);
  }
  const watching = new Watch(watch, header, new Amounts({ mark: '.' }), null);
  watching.take(seenIn(read, watch, looking), place);
  FaultsError.check([...unlisted.faults, ...watching.faults(asIs)]);
}

function seenIn(
  { seen }: DescribedRead,
  { currency, status, refunds, quantity }: WatchPlan,
  looking: RemoteWatch,
): CountedElsewhere {
  const byColumn = new Map(looking.values.map((columns, i) => [columns[0]!, seen.values[i]!]));
  const capitals = ({ value, ...rest }: ValueRows): ValueRows => ({ value: value.toUpperCase(), ...rest });
  const ofCurrency = currency.map(([column]): [number, readonly ValueRows[]] => {
    const found = byColumn.get(column!)!.filter(({ value }) => value !== '');
    return [column!, found.map(capitals)];
  });
  const valuesOf = (column: number): [number, readonly ValueRows[]] => [column, byColumn.get(column)!];
  const others = quantity === null || looking.quantity !== null ? [] : byColumn.get(quantity)!.filter(isNotOne);
  return {
    values: new Map([...ofCurrency, ...status.map(valuesOf)]),
    refundTexts: new Map(refunds.filter((column) => !looking.sums.includes(column)).map(valuesOf)),
    refunds: new Map(looking.sums.map((column, i) => [column, seen.sums[i]!])),
    quantities: some(looking.quantity === null ? countedSum(others) : seen.quantity),
    returns: some(seen.returns),
    orders: seen.orders,
    repeats: some(seen.repeats),
  };
}

function isNotOne({ value }: ValueRows): boolean {
  return value !== '' && !/^1([.,]0*)?$/.test(value);
}

function countedSum(found: readonly Counted[]): Counted {
  return {
    records: found.reduce((sum, { records }) => sum + records, 0),
    amount: found.reduce((sum, { amount }) => sum + amount, 0n),
  };
}

function some(counted: Counted): Counted | null {
  return counted.records > 0 ? counted : null;
}
