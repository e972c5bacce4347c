import { ClvError, type Warning } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { shellWord } from '../../base/shell.ts';
import type { Contracts } from '../../data/contracts.ts';
import type { TermRules } from '../../data/subscriptions/payments.ts';
import { type ContractReading, defaultGrace, type PriceNow } from '../../valuation/contracts/subscribers.ts';
import { type ContractLengths, contractLengths, lengthNamed, spanDays } from '../contract-lengths.ts';
import { choice, columns } from '../option-values.ts';
import { type PeriodLength, periodOf } from '../periods.ts';
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
  readonly periodStart?: string | undefined;
  readonly periodEndColumn?: string | undefined;
  readonly periodEnd?: string | undefined;
}

/** What a period brings from now on. */
export type ValueAt = 'mean' | 'last';

/** What was typed of them, as built values. */
export interface PaymentsAsked extends ServiceAsked {
  /** `auto`: as the payments of each plan tell. */
  readonly lengths: ContractLengths | 'auto';
  /** Days that a run may miss; null: by length. */
  readonly grace: number | null;
  readonly plan: string | null;
  readonly subscription: string | null;
  readonly oneOff: readonly string[];
  readonly pause: readonly string[];
  readonly valueAt: ValueAt;
}

/** @throws ClvError E101, E122, E123 */
export function paymentsAsked(options: PaymentOptions & { readonly costs?: string | undefined }): PaymentsAsked {
  const { contract, grace, plan = null, subscription = null, oneOff } = options;
  const valueAt = choice('--value-at', options.valueAt ?? 'mean', ['mean', 'last']);
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
    ...serviceAsked(options),
  };
}

/** How payments, or lines of invoices, are read as terms. @param lengthOf that of a plan */
export function termRules(
  { grace, oneOff, pause }: Pick<PaymentsAsked, 'grace' | 'oneOff' | 'pause'>,
  lengthOf: TermRules['lengthOf'],
  refunds: TermRules['refunds'],
  service: TermRules['service'],
): TermRules {
  const [once, paused] = [new Set(oneOff), new Set(pause)];
  return {
    lengthOf,
    graceOf: (length) => grace ?? defaultGrace(length),
    isOneOff: (plan) => once.has(plan),
    isPause: (plan) => paused.has(plan),
    refunds,
    service,
  };
}

/** How rows are read as subscriptions. @param service of lines of invoices */
export function contractReading(
  asked: PaymentsAsked,
  { lengthOf, ownLength }: Pick<TermRules, 'lengthOf'> & { readonly ownLength?: TermRules['ownLength'] | undefined },
  service: TermRules['service'],
): ContractReading {
  const terms = termRules(asked, lengthOf, 'end', service);
  return { terms: { ...terms, ...(ownLength && { ownLength }) }, priceNow: asked.valueAt === 'last' ? LAST : null };
}

const LAST: PriceNow = ({ margin }) => ({ margin, periods: 1 });

/** The length of a period by its name. E101. */
export function contractPeriod(text: string): PeriodLength {
  return periodOf(lengthNamed(text, text));
}

/** Where more payments than this are beside the one of their due day, the rows are not payments of one subscription. */
const EXTRA_SHARE = 0.1;

/** Errors E316 several payments in a period as a rule, E315 subscriptions at another pace than theirs. */
export function checkPace({ pace, payments, extra }: Contracts, { lengths }: PaymentsAsked): void {
  if (extra > EXTRA_SHARE * payments) throw new ClvError('E316', { second: extra, payments });
  const { unfit } = pace;
  if (unfit.length > 0) {
    const { customer, gap, length, other } = unfit[0]!;
    const names = unfit.slice(0, NAMED).map((one) => `"${one.customer}"`);
    throw new ClvError('E315', {
      count: pace.count,
      customers: names.join(', ') + (pace.count > names.length ? ', …' : ''),
      contract: length.text,
      customer,
      gap,
      remedy:
        lengths === 'auto'
          ? `give the rows a column of plans, a plan of one length each, and name it: --plan COLUMN; or value the lengths apart, by --where COLUMN=VALUE`
          : !(lengths instanceof Map)
            ? `give each plan its length: --contract PLAN=${length.text},PLAN=${other.text}; or, where lengths follow from the payments: --contract auto; if all are of ${other.text}: --contract ${other.text}`
            : `correct the length of its plan in --contract, ${shellWord(other.text)} say`,
    });
  }
}

/** Most customers that an error names. */
const NAMED = 5;

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
