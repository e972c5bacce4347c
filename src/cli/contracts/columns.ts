import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { shellWord } from '../../base/shell.ts';
import type { TermRules } from '../../data/subscriptions/payments.ts';
import { GIVEN_BACK } from '../../data/transactions.ts';
import { plainName } from '../../reader/columns.ts';
import { Columns } from '../../reader/layouts/bind.ts';
import type { SubscriptionPart } from '../../reader/layouts/layout.ts';
import { isCurrencyColumn } from '../../reader/rows/words.ts';
import type { AUTO, ContractLengths } from '../contract-lengths.ts';
import { namedColumn, type SubscriptionNames, type SubscriptionsIn } from '../pricing.ts';

const PLAN_NAMES = ['plan', 'planname', 'planid'];

/** What was typed of the columns of subscriptions; null: nothing. */
export interface ColumnsAsked {
  readonly plan: string | null;
  readonly subscription: string | null;
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
  readonly lengths: ContractLengths | typeof AUTO | null;
  readonly oneOff: readonly string[];
  readonly pause: readonly string[];
  readonly priceBook?: string | null;
  /** How refunds are read; absent: a whole one ends its term. */
  readonly refunds?: TermRules['refunds'];
  /** Whether terms are converted, so that the currency of each row is asked for, and its column where it was typed. */
  readonly converts?: boolean;
  readonly currencyColumn?: string | null;
}

/**
 * Finds the columns of plans, subscriptions, days of service and, where terms are converted, currencies: by the options, by the
 * layout of the export, then by their names.
 * @throws ClvError E103, E105, E112, E122, E123, E136 as it looks
 */
export function columnsIn(asked: ColumnsAsked): SubscriptionsIn {
  return (transactions): SubscriptionNames => {
    const plan = planColumn(asked, transactions);
    const periods = periodColumns(asked, transactions);
    if (asked.lengths === null && periods.start === null) throw new ClvError('E123', variant('E123', 'contract'));
    if (asked.refunds === 'ignore' && transactions.netsRefunds)
      throw new ClvError('E122', { option: '--refunds ignore', ...variant('E122', 'netted refunds') });
    const { subscription, converts = false, currencyColumn: currency = null } = asked;
    return {
      plan,
      subscription:
        subscription === null
          ? byLayout('id', transactions)
          : namedColumn('--subscription', subscription, transactions),
      currency: converts ? currencyIn(currency, transactions) : null,
      givenBack: transactions.netsRefunds ? GIVEN_BACK : null,
      ...periods,
    };
  };
}

/** The column that the layout of the export gives a part; null where it gives none, or the header does not have it. */
function byLayout(part: keyof SubscriptionPart, { header, description: { layout } }: Header): string | null {
  const name = layout?.subscription?.[part];
  const [found] = name === undefined ? [] : new Columns(header, { file: '' }, layout).find(name);
  return found === undefined ? null : header[found]!;
}

/** Null where no option needs plans and neither the layout nor a name tells their column. */
function planColumn(
  { plan, lengths, oneOff, pause, priceBook = null }: ColumnsAsked,
  transactions: Header,
): string | null {
  if (plan !== null) return namedColumn('--plan', plan, transactions);
  const told = byLayout('plan', transactions);
  if (told !== null) return told;
  const named = transactions.header.filter((name) => PLAN_NAMES.includes(plainName(name)));
  if (named.length === 1) return named[0]!;
  if (named.length > 1) {
    const options = named.map((name) => `--plan ${shellWord(name)}`).join(' or ');
    throw new ClvError('E103', { count: named.length, what: 'plan', columns: named.join(', '), options });
  }
  const [byPlan] = [
    ...(lengths instanceof Map ? ['--contract PLAN=LENGTH'] : []),
    ...(oneOff.length > 0 ? ['--one-off'] : []),
    ...(pause.length > 0 ? ['--pause'] : []),
    ...(priceBook === null ? [] : ['--price-book']),
  ];
  if (byPlan === undefined) return null;
  throw new ClvError('E112', { option: byPlan, other: 'a column of plans (--plan COLUMN)' });
}

type Header = Parameters<SubscriptionsIn>[0];

/** The days of service of invoice lines, where the file has both. E123 where it has one of them. */
function periodColumns(
  { periodStart, periodEnd }: ColumnsAsked,
  transactions: Header,
): Pick<SubscriptionNames, 'start' | 'end'> {
  const byName = (name: string): string | null =>
    transactions.header.find((column) => plainName(column) === name) ?? null;
  const start =
    periodStart === null
      ? (byLayout('start', transactions) ?? byName('periodstart'))
      : namedColumn('--period-start', periodStart, transactions);
  const end =
    periodEnd === null
      ? (byLayout('end', transactions) ?? byName('periodend'))
      : namedColumn('--period-end-column', periodEnd, transactions);
  if ((start === null) === (end === null)) return { start, end };
  const [option, what] = start === null ? ['--period-start', 'start'] : ['--period-end-column', 'end'];
  throw new ClvError('E123', variant('E123', 'period column', { option: option!, what: what! }));
}

/** E136 where there is not one. */
function currencyIn(named: string | null, transactions: Header): string {
  if (named !== null) return namedColumn('--currency-column', named, transactions);
  const { header } = transactions;
  const found = header.filter((name) => isCurrencyColumn(plainName(name)));
  if (found.length === 1) return found[0]!;
  const columns = (found.length > 0 ? found : header).join(', ');
  throw new ClvError('E136', { option: '--rates', count: found.length || 'no', columns });
}
