import { peakOf } from '../../aggregator/curve.ts';
import { grouped, MARGIN_SCALE, rescale } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import { shareText } from '../../report/answer.ts';
import { moneyIn } from '../../report/views.ts';
import type { AuditFound } from './found.ts';

/** What a manager is told first: who made the profit, and who cost some of it. */
export function auditAnswer({ audit, assumptions }: AuditFound): readonly string[] {
  const { whole, customerDeciles } = audit;
  const { digits } = assumptions;
  const money = moneyIn(assumptions);
  const count = (value: number): string => grouped(String(value));
  const profit = rescale(whole.profit, MARGIN_SCALE, digits);
  const [best] = customerDeciles;
  const share = whole.profit > 0n && best ? Number(best.profit) / Number(whole.profit) : null;
  const { destroyed } = peakOf(audit, digits);
  const { customers, unprofitable } = whole;
  return [
    `${count(customers)} ${plural(customers, 'customer', 'customers')} made a profit of ${money(profit)} so far.`,
    ...(share === null || customers < 10
      ? []
      : [`The best tenth of them, ${count(best!.customers)}, made ${shareText(share)} of it.`]),
    unprofitable === 0
      ? 'None of them made a loss.'
      : `${count(unprofitable)} of them made a loss, ${money(destroyed)} together.`,
    ...(whole.valued > 0 ? [`From here on they are worth ${money(whole.clv)}.`] : []),
  ];
}
