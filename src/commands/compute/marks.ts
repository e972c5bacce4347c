import { type Day, isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { parseRate } from '../../base/rates.ts';
import { optionError, whole } from '../../cli/option-values.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Book } from '../../data/books/book.ts';
import type { Close } from '../../data/books/close.ts';
import { UNREAD_SCORES } from '../../data/chosen/scores.ts';
import type { ListedCustomers, RiskCuts } from '../../data/customer-columns.ts';
import { checkAskedNext } from '../../valuation/next-purchase.ts';
import type { ComputeOptions } from './options.ts';

type MarkOptions = Pick<ComputeOptions, 'rfm' | 'nextPurchase' | 'churnRisk' | 'clvChange'>;

/** What the list tells of each customer besides. */
export interface Marks {
  /** So many scores of recency, frequency and money each; null: none. */
  readonly parts: number | null;
  readonly next: boolean;
  readonly risk: RiskCuts | null;
  readonly change: boolean;
}

/** The options among these that were typed. */
export function marksTyped({ rfm, nextPurchase, churnRisk, clvChange }: MarkOptions): readonly string[] {
  return [
    ...(rfm === undefined ? [] : ['--rfm']),
    ...(nextPurchase ? ['--next-purchase'] : []),
    ...(churnRisk === undefined ? [] : ['--churn-risk']),
    ...(clvChange ? ['--clv-change'] : []),
  ];
}

/** E101; E122 where the model does not tell when a customer buys. */
export function marksAsked({ rfm, nextPurchase, churnRisk, clvChange }: MarkOptions, settings: Settings): Marks {
  if (nextPurchase) checkAskedNext(settings.model);
  return {
    parts: rfm === undefined ? null : whole('--rfm', rfm, 2, 10),
    next: nextPurchase === true,
    risk: churnRisk === undefined ? null : riskCuts(churnRisk),
    change: clvChange === true,
  };
}

function riskCuts(text: string): RiskCuts {
  const cuts = text.split(',').map((one) => parseRate(one, 'retention'));
  const [high, low] = cuts.map((cut) => ('problem' in cut ? Number.NaN : cut.toNumber()));
  if (cuts.length === 2 && high! > 0 && low! > high!) return { high: high!, low: low! };
  return optionError('--churn-risk', text, 'no cut points');
}

/** The columns that are asked for, before their figures are known: they are named, and looked for in --fields and --only. */
export function unreadColumns({ parts, next, risk, change }: Marks, intervals: boolean): ListedCustomers {
  return {
    intervals,
    ...{ next, risk },
    scores: parts === null ? null : UNREAD_SCORES,
    since: change ? { number: 0, asOf: 0 } : null,
  };
}

/** The last close before a day, in the same money. E552 where there is none. */
export function closeBefore(book: Book | null, asOf: Day, { currency, digits }: Settings): Close {
  if (book === null) throw new ClvError('E552', variant('E552', 'no book'));
  const date = isoOf(asOf);
  const close = book.closes.findLast((one) => one.asOf < asOf);
  if (!close) throw new ClvError('E552', variant('E552', 'no close', { date }), { file: book.name });
  if (close.digits === digits && (currency === null || close.currency === null || close.currency === currency))
    return close;
  const { number } = close;
  throw new ClvError(
    'E552',
    variant('E552', 'other money', { number, currency: close.currency ?? `money of ${close.digits} decimals` }),
    { file: book.name },
  );
}
