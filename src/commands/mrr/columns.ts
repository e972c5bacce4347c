import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { namedColumn, type SubscriptionNames, type SubscriptionsIn } from '../../cli/pricing.ts';
import { plainName } from '../../reader/columns.ts';
import { isCurrencyColumn } from '../../reader/rows/words.ts';
import { AUTO, type MrrAsked } from './asked.ts';

const PLAN_NAMES = ['plan', 'planname', 'planid'];

/** Finds the columns of the plan, the subscription and, where it is converted, the currency. */
export function columnsIn(
  asked: MrrAsked,
  currency: { readonly converts: boolean; readonly column: string | undefined },
): SubscriptionsIn {
  const { plan, subscription, oneOff, pause, lengths } = asked;
  return (transactions): SubscriptionNames => {
    const { header } = transactions;
    const named = header.filter((name) => PLAN_NAMES.includes(plainName(name)));
    const found = plan === null ? (named.length === 1 ? named[0]! : null) : namedColumn('--plan', plan, transactions);
    if (plan === null && named.length > 1) {
      const options = named.map((name) => `--plan ${name}`).join(' or ');
      throw new ClvError('E103', { count: named.length, what: 'plan', columns: named.join(', '), options });
    }
    const byPlan = [
      ...(lengths instanceof Map ? ['--contract PLAN=LENGTH'] : []),
      ...(oneOff.length > 0 ? ['--one-off'] : []),
      ...(pause.length > 0 ? ['--pause'] : []),
    ];
    if (found === null && byPlan.length > 0)
      throw new ClvError('E112', { option: byPlan[0]!, other: 'a column of plans (--plan COLUMN)' });
    const periods = periodColumns(asked, transactions);
    if (lengths === AUTO && periods.start !== null)
      throw new ClvError('E122', { option: '--contract auto', ...variant('E122', 'lines of invoices') });
    if (lengths === null && periods.start === null) throw new ClvError('E123', variant('E123', 'contract'));
    return {
      plan: found,
      subscription: subscription === null ? null : namedColumn('--subscription', subscription, transactions),
      currency: currency.converts ? currencyColumn(currency.column, transactions) : null,
      ...periods,
    };
  };
}

/** The days of service of invoice lines, where the file has both. E123 where it has one of them. */
function periodColumns(
  { periodStart, periodEnd }: MrrAsked,
  transactions: Parameters<SubscriptionsIn>[0],
): Pick<SubscriptionNames, 'start' | 'end'> {
  const byName = (name: string): string | null =>
    transactions.header.find((column) => plainName(column) === name) ?? null;
  const start = periodStart === null ? byName('periodstart') : namedColumn('--period-start', periodStart, transactions);
  const end = periodEnd === null ? byName('periodend') : namedColumn('--period-end-column', periodEnd, transactions);
  if ((start === null) === (end === null)) return { start, end };
  const [option, what] = start === null ? ['--period-start', 'start'] : ['--period-end-column', 'end'];
  throw new ClvError('E123', variant('E123', 'period column', { option: option!, what: what! }));
}

/** E136 where there is not one. */
function currencyColumn(named: string | undefined, transactions: Parameters<SubscriptionsIn>[0]): string {
  if (named !== undefined) return namedColumn('--currency-column', named, transactions);
  const { header } = transactions;
  const found = header.filter((name) => isCurrencyColumn(plainName(name)));
  if (found.length === 1) return found[0]!;
  const columns = (found.length > 0 ? found : header).join(', ');
  throw new ClvError('E136', { option: '--rates', count: found.length || 'no', columns });
}
