import { minorDigits } from '../../base/currencies.ts';
import { Decimal } from '../../base/decimal.ts';
import { grouped } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import type { ChangedPart } from '../../data/books/close.ts';
import { Exact } from '../../data/report.ts';
import { shareText } from '../../report/answer.ts';
import type { Compared, Side } from './compared.ts';

/** What a manager is told first: whether anything differs, how customer equity went, and whose CLV is another. */
export function diffAnswer({ a, b, differences, customers }: Compared): readonly string[] {
  if (differences.length === 0) return [`${a.name} and ${b.name} are alike: no figure and no text of them differs.`];
  const count = `${grouped(String(differences.length))} ${plural(differences.length, 'line', 'lines')}`;
  const differ = plural(differences.length, 'differs', 'differ');
  return [
    ...equityText(a, b),
    ...(customers === null ? [] : customersText(customers, b.currency)),
    `${count} of ${a.name} and ${b.name} ${differ}.`,
  ];
}

const EQUITY = 'summary.customer_equity';

/** How customer equity went; nothing of results that have none. */
function equityText(a: Side, b: Side): readonly string[] {
  const [was, is] = [a, b].map(({ values }) => moneyOf(values.get(EQUITY)));
  if (!was || !is) return [];
  const change = is.minus(was);
  if (change.isZero()) return [`Customer equity is the same: ${moneyText(is, b.currency)}.`];
  const share = was.isPositive() ? ` (${shareText(change.abs().div(was).toNumber())})` : '';
  const way = change.isPositive() ? 'more' : 'less';
  const before = `the ${moneyText(was, a.currency)} in ${a.name}`;
  const by = `${moneyText(change.abs(), b.currency)}${share} ${way} than ${before}`;
  return [`Customer equity is ${moneyText(is, b.currency)} in ${b.name}, ${by}.`];
}

function moneyOf(value: ReturnType<Side['values']['get']>): Decimal | null {
  if (value instanceof Exact) return new Decimal(value.text);
  return typeof value === 'number' ? new Decimal(value) : null;
}

function moneyText(value: Decimal, currency: string | null): string {
  const digits = (currency === null ? null : minorDigits(currency)) ?? 2;
  return `${grouped(value.toFixed(Math.max(digits, value.decimalPlaces())))}${currency === null ? '' : ` ${currency}`}`;
}

/** Who came, went and changed, and by how much; kinds of nobody are left out. */
function customersText(
  { came, gone, changed }: NonNullable<Compared['customers']>,
  currency: string | null,
): readonly string[] {
  const part = ({ customers, change }: ChangedPart, told: (money: string, rose: boolean) => string): string[] => {
    if (customers === 0) return [];
    const by = new Decimal(change);
    const count = `${grouped(String(customers))} ${plural(customers, 'customer', 'customers')}`;
    return [`${count} ${told(moneyText(by.abs(), currency), !by.isNegative())}`];
  };
  const parts = [
    ...part(came, (money, rose) => `came, worth ${rose ? '' : '−'}${money} in all`),
    ...part(gone, (money, rose) => `went, worth ${rose ? '−' : ''}${money} in all before`),
    ...part(changed, (money, rose) => `changed in worth, by ${money} ${rose ? 'more' : 'less'} in all`),
  ];
  return parts.length === 0 ? ['Every customer is worth the same in both.'] : [`${parts.join('; ')}.`];
}
