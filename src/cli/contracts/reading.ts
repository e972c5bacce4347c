import { ONE } from '../../base/decimal.ts';
import { ClvError, type ValuesOf, type Warning } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { AMOUNT_SCALE, exactText, grouped } from '../../base/money.ts';
import { shellWord } from '../../base/shell.ts';
import type { Contracts, Pace } from '../../data/contracts.ts';
import type { Length } from '../../data/subscriptions/lengths.ts';
import type { TermRules } from '../../data/subscriptions/payments.ts';
import type { PriceBook } from '../../data/subscriptions/price-book.ts';
import { readPriceBook } from '../../reader/tables/price-book.ts';
import { LAST, NextPrices } from '../../valuation/contracts/next-prices.ts';
import { type ContractReading, defaultGrace, type ValueAt } from '../../valuation/contracts/subscribers.ts';
import { type ContractLengths, contractLengths, lengthNamed, spanDays } from '../contract-lengths.ts';
import { choice, columns } from '../option-values.ts';
import { type PeriodLength, periodOf } from '../periods.ts';
import type { Settings } from '../settings.ts';
import { type ServiceAsked, serviceAsked } from './service.ts';

/** What the commands that read payments of subscriptions have in common: how they are read, and whether they fit that. */

/** The options of payments as text. */
export interface PaymentOptions {
  readonly contract?: string | undefined;
  readonly grace?: string | undefined;
  readonly plan?: string | undefined;
  readonly subscription?: string | undefined;
  readonly oneOff?: string | undefined;
  readonly valueAt?: string | undefined;
  readonly priceBook?: string | undefined;
  readonly periodStart?: string | undefined;
  readonly periodEndColumn?: string | undefined;
  readonly periodEnd?: string | undefined;
}

/** What was typed of them, as built values. */
export interface PaymentsAsked extends ServiceAsked {
  /** `auto`: as the payments of each plan tell. */
  readonly lengths: ContractLengths | 'auto';
  /** Days that a run may miss; null: by length. */
  readonly grace: number | null;
  /** Days of grace by length, of a file of models. */
  readonly savedGrace?: ReadonlyMap<string, number>;
  readonly plan: string | null;
  readonly subscription: string | null;
  readonly oneOff: readonly string[];
  readonly pause: readonly string[];
  readonly valueAt: ValueAt;
  /** The file of prices, where values are at the next; null: none. */
  readonly priceBook: string | null;
}

/** @throws ClvError E101, E112, E122, E123 */
export function paymentsAsked(
  options: PaymentOptions & { readonly costs?: string | undefined; readonly margins?: string | undefined },
): PaymentsAsked {
  const { contract, grace, plan = null, subscription = null, oneOff, priceBook = null } = options;
  const valueAt = choice('--value-at', options.valueAt ?? 'mean', ['mean', 'last', 'next']);
  const [next, book] = ['--value-at next', '--price-book FILE'];
  if (valueAt === 'next' && priceBook === null) throw new ClvError('E112', { option: next, other: book });
  if (valueAt !== 'next' && priceBook !== null) throw new ClvError('E112', { option: book, other: next });
  if (valueAt === 'next' && options.margins !== undefined)
    throw new ClvError('E122', { option: '--price-book', ...variant('E122', 'margins of payments') });
  if (valueAt !== 'mean' && options.costs !== undefined)
    throw new ClvError('E122', { option: '--costs', ...variant('E122', 'costs of the past', { valueAt }) });
  return {
    lengths: contract === 'auto' ? 'auto' : contractLengths(contract),
    grace: grace === undefined ? null : spanDays('--grace', grace),
    plan,
    subscription,
    oneOff: columns('--one-off', oneOff),
    pause: [],
    valueAt,
    priceBook,
    ...serviceAsked(options),
  };
}

/** The days of grace of a length. */
export function graceOf({ grace, savedGrace }: Pick<PaymentsAsked, 'grace' | 'savedGrace'>, length: Length): number {
  return grace ?? savedGrace?.get(length.text) ?? defaultGrace(length);
}

/** How payments, or lines of invoices, are read as terms. @param lengthOf that of a plan */
export function termRules(
  { oneOff, pause, ...asked }: Pick<PaymentsAsked, 'grace' | 'savedGrace' | 'oneOff' | 'pause'>,
  lengthOf: TermRules['lengthOf'],
  refunds: TermRules['refunds'],
  service: TermRules['service'],
): TermRules {
  const [once, paused] = [new Set(oneOff), new Set(pause)];
  return {
    lengthOf,
    graceOf: (length) => graceOf(asked, length),
    isOneOff: (plan) => once.has(plan),
    isPause: (plan) => paused.has(plan),
    refunds,
    service,
  };
}

/** How rows are read as subscriptions. @param service of lines of invoices @param next prices, where values are at the next */
export function contractReading(
  asked: PaymentsAsked,
  { lengthOf, ownLength }: Pick<TermRules, 'lengthOf'> & { readonly ownLength?: TermRules['ownLength'] | undefined },
  service: TermRules['service'],
  next: NextPrices | null,
): ContractReading {
  const terms = termRules(asked, lengthOf, 'end', service);
  const priceNow = next?.of ?? (asked.valueAt === 'last' ? LAST : null);
  return { terms: { ...terms, ...(ownLength && { ownLength }) }, priceNow };
}

/** The book of prices that was asked for; null: none. @throws ClvError E254, E255 and those of readTable */
export async function priceBookOf(
  { priceBook }: PaymentsAsked,
  { currency, read: { onlyCurrency } }: Pick<Settings, 'currency' | 'read'>,
): Promise<Awaited<ReturnType<typeof readPriceBook>> | null> {
  return priceBook === null ? null : readPriceBook(priceBook, currency ?? onlyCurrency ?? null);
}

/** The prices of next payments by a book; null where there is none. */
export function nextPrices(
  priced: { readonly book: PriceBook } | null,
  { margin }: Pick<Settings, 'margin'>,
): NextPrices | null {
  return priced && new NextPrices(priced.book, margin ?? ONE);
}

/** W328 subscriptions that paid another price than the book says. */
export function priceWarnings(next: NextPrices | null): readonly Warning[] {
  if (next === null || next.differing.count === 0) return [];
  const { count, paid, listed } = next.differing;
  const money = (units: bigint): string => grouped(exactText(units, AMOUNT_SCALE, 2));
  return [{ code: 'W328', values: { count, paid: money(paid), listed: money(listed) } }];
}

/** The length of a period by its name. E101. */
export function contractPeriod(text: string): PeriodLength {
  return periodOf(lengthNamed(text, text));
}

/** Where more payments than this are beside the one of their due day, the rows are not payments of one subscription. */
const EXTRA_SHARE = 0.1;

/** Errors E316 several payments in a period as a rule, E315 subscriptions at another pace than theirs. */
export function checkPace({ pace, payments, extra }: Contracts, { lengths }: PaymentsAsked): void {
  if (extra > EXTRA_SHARE * payments) throw new ClvError('E316', { second: extra, payments });
  checkFit(pace, lengths);
}

/** E315 subscriptions at another pace than that of their length. */
function checkFit(pace: Pace, lengths: PaymentsAsked['lengths']): void {
  const found = unfitOf(pace, lengths);
  if (found) throw new ClvError('E315', found);
}

/** E315 where more than a few subscriptions are at the pace of another length; else W329, since they may come and go. */
export function paceWarnings(pace: Pace, lengths: PaymentsAsked['lengths']): readonly Warning[] {
  if (pace.isOther) checkFit(pace, lengths);
  const values = unfitOf(pace, lengths);
  return values ? [{ code: 'W329', values }] : [];
}

/** Subscriptions at another pace than theirs in words, and what to give; null: there are none. */
function unfitOf({ unfit, count, ofLines }: Pace, lengths: PaymentsAsked['lengths']): ValuesOf<'E315'> | null {
  const [first] = unfit;
  if (!first) return null;
  const { customer, gap, length, other } = first;
  return {
    count,
    customers: namedCustomers(unfit, count),
    contract: length.text,
    ...variant('E315', ofLines ? 'lines' : 'payments', { customer, gap }),
    remedy:
      lengths === 'auto'
        ? `give the rows a column of plans, a plan of one length each, and name it: --plan COLUMN; or value the lengths apart, by --where COLUMN=VALUE`
        : !(lengths instanceof Map)
          ? `give each plan its length: --contract PLAN=${length.text},PLAN=${other.text}; or, where lengths follow from the ${ofLines ? 'lines' : 'payments'}: --contract auto; if all are of ${other.text}: --contract ${other.text}`
          : `correct the length of its plan in --contract, ${shellWord(other.text)} say`,
  };
}

/** Most customers that an error names. */
const NAMED = 5;

/** The first of some customers, and a sign that there are more. @param count how many they are in all */
export function namedCustomers(some: readonly { readonly customer: string }[], count: number): string {
  const names = some.slice(0, NAMED).map(({ customer }) => `"${customer}"`);
  return names.join(', ') + (count > names.length ? ', …' : '');
}

/** W322 customers who came back, W323 payments besides the one of their due day, W325 late ones, W340 those that have not begun. */
export function paymentWarnings({
  returned,
  earlierRuns,
  payments,
  extra,
  late,
  ahead,
}: Contracts): readonly Warning[] {
  return [
    ...(returned > 0 ? [{ code: 'W322', values: { customers: returned, runs: earlierRuns } } satisfies Warning] : []),
    ...(extra > 0 ? [{ code: 'W323', values: { second: extra, payments } } satisfies Warning] : []),
    ...(ahead > 0 ? [{ code: 'W340', values: { ahead } } satisfies Warning] : []),
    ...(late > 0 ? [{ code: 'W325', values: { late } } satisfies Warning] : []),
  ];
}
