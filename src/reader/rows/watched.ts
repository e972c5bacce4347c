import { ClvError, type Place } from '../../base/errors.ts';
import { plainName } from '../columns.ts';
import type { Reading } from '../layouts/bind.ts';
import { columnsOf } from '../layouts/expression.ts';
import { isOurs } from '../layouts/library.ts';
import type { ValueList } from '../layouts/value-list.ts';
import type { AsIs, WatchPlan } from './watch.ts';
import {
  isCurrencyColumn,
  isFlagColumn,
  isKeyColumn,
  isOrderColumn,
  isPriceColumn,
  isQuantityColumn,
  isRefundColumn,
  isStatusColumn,
} from './words.ts';

/** What stands in the options beside the reading. */
export interface Watching {
  readonly header: readonly string[];
  readonly files: number;
  /** Whether an option gives the amount. */
  readonly amountGiven: boolean;
  /** The amount's text. */
  readonly amount: string;
  readonly asIs: ReadonlySet<AsIs>;
}

/** The columns to look at: those that nothing has described. A layout of ours has described all, unless an option takes another amount. */
export function watchPlanOf(reading: Reading, { header, files, amountGiven, amount, asIs }: Watching): WatchPlan {
  const names = header.map(plainName);
  const where = (test: (name: string) => boolean): readonly number[] =>
    names.flatMap((name, column) => (test(name) ? [column] : []));
  const first = (test: (name: string) => boolean): number | null => where(test)[0] ?? null;
  const money = columnsOf(reading.amount);
  // Rules that name what counts; those that name what does not leave the rest to be looked at.
  const ruled = new Set(reading.rules.flatMap(({ column, others }) => (others === 'count' ? [] : [column])));
  const told = new Map<number, readonly ValueList[]>();
  for (const [only, ...more] of [...reading.minus, ...reading.zero])
    if (more.length === 0) told.set(only!.column, [...(told.get(only!.column) ?? []), only!.values]);
  const described = isOurs(reading.layout);
  const openAmount = !described || amountGiven;
  const decided = reading.onlyCurrency !== null || reading.rates !== null;
  const currency = reading.currency.length > 0 ? [reading.currency] : where(isCurrencyColumn).map((column) => [column]);
  const single = reading.amount.kind === 'column' ? reading.amount.column : null;
  const key = first(isOrderColumn) ?? first(isKeyColumn);
  return {
    currency: decided || asIs.has('currency') ? [] : currency,
    status:
      described || asIs.has('status')
        ? []
        : where((name) => isStatusColumn(name) || isFlagColumn(name)).filter((column) => !ruled.has(column)),
    refunds:
      openAmount && !asIs.has('refunds')
        ? where(isRefundColumn).filter((column) => !money.includes(column) && !ruled.has(column))
        : [],
    told,
    quantity:
      openAmount && !asIs.has('price') && single !== null && isPriceColumn(names[single]!)
        ? first(isQuantityColumn)
        : null,
    returns:
      openAmount && !asIs.has('price') && single !== null && !isPriceColumn(names[single]!)
        ? first((name) => isQuantityColumn(name) && name !== names[single])
        : null,
    order:
      !described && reading.order === null && reading.once === null && !asIs.has('price') ? first(isOrderColumn) : null,
    key:
      asIs.has('repeats') || reading.once !== null || reading.order?.lines === 'total'
        ? null
        : (reading.order?.column ?? key),
    lines: reading.order !== null,
    several: files > 1 && !asIs.has('repeats') && reading.once === null && reading.order?.lines !== 'total',
    amount,
    money,
  };
}

/** E296: an id a order beside the one of the person, and nobody has said which is meant. */
export function checkUniqueId(header: readonly string[], customer: number, place: Place): void {
  const unique = header.find((name) => plainName(name) === 'customeruniqueid');
  if (unique === undefined || plainName(header[customer]!) !== 'customerid') return;
  throw new ClvError('E296', { column: header[customer]!, unique }, place);
}
