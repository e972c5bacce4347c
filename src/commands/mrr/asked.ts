import { type Day, parseIsoDay } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { AUTO, type ContractLengths, contractLengths, spanDays } from '../../cli/contract-lengths.ts';
import { type ServiceAsked, serviceAsked } from '../../cli/contracts/service.ts';
import { choice, columns, optionError, whole } from '../../cli/option-values.ts';
import { OPPORTUNITIES, type Opportunity } from '../../data/opportunity.ts';
import type { RefundsAs } from '../../data/subscriptions/payments.ts';
import type { ChurnDate } from '../../engine/subscriptions/timeline.ts';
import { type MrrOptions, REFUSED } from './options.ts';

/** What was typed of the options of `clv mrr`, as built values. */
export interface MrrAsked extends ServiceAsked {
  /** Of the gaps between payments, or null: not given, which lines of invoices can do without. */
  readonly lengths: ContractLengths | typeof AUTO | null;
  readonly plan: string | null;
  readonly subscription: string | null;
  readonly oneOff: readonly string[];
  readonly pause: readonly string[];
  /** Days; null: by length. */
  readonly grace: number | null;
  readonly every: Opportunity;
  readonly by: readonly string[];
  readonly months: 1 | 12;
  readonly weeksAYear: 52 | null;
  readonly window: { readonly from: Day; readonly to: Day } | null;
  readonly churnDate: ChurnDate;
  readonly refunds: RefundsAs;
  readonly bySubscription: boolean;
  readonly backWithin: number | null;
  readonly net: boolean;
  readonly top: number;
}

/** @throws ClvError E101, E112, E122, E123 */
export function mrrAsked(options: MrrOptions, typed: readonly string[]): MrrAsked {
  const misfit = typed.find((option) => REFUSED.includes(option));
  if (misfit) throw new ClvError('E122', { option: misfit, ...variant('E122', 'no valuation') });
  const { plan = null, subscription = null, grace, backWithin, weekYear, ratesWindow } = options;
  const bySubscription = choice('--level', options.level, ['customer', 'subscription']) === 'subscription';
  if (bySubscription && subscription === null)
    throw new ClvError('E112', { option: '--level subscription', other: '--subscription' });
  const every = choice(
    '--every',
    options.every,
    OPPORTUNITIES.map(({ text }) => text),
  );
  return {
    lengths:
      options.contract === undefined ? null : options.contract === AUTO ? AUTO : contractLengths(options.contract),
    plan,
    subscription,
    ...serviceAsked(options),
    oneOff: columns('--one-off', options.oneOff),
    pause: columns('--pause', options.pause),
    grace: grace === undefined ? null : spanDays('--grace', grace),
    every: OPPORTUNITIES.find(({ text }) => text === every)!,
    by: columns('--by', options.by),
    months: choice('--per', options.per, ['month', 'year']) === 'year' ? 12 : 1,
    weeksAYear: weekYear === undefined ? null : (Number(choice('--week-year', weekYear, ['52'])) as 52),
    window: ratesWindow === undefined ? null : windowOf(ratesWindow),
    churnDate: choice('--churn-date', options.churnDate, ['after-grace', 'period-end']),
    refunds: choice('--refunds', options.refunds, ['end', 'ignore', 'restate']),
    bySubscription,
    backWithin: backWithin === undefined ? null : spanDays('--back-within', backWithin),
    net: choice('--movements', options.movements, ['day', 'net']) === 'net',
    top: whole('--top', options.top, 0, 1_000_000),
  };
}

function windowOf(text: string): { readonly from: Day; readonly to: Day } {
  const [from, to, ...more] = text.split('..').map(parseIsoDay);
  if (more.length > 0 || from == null || to == null || from >= to)
    return optionError('--rates-window', text, 'no window');
  return { from, to };
}
