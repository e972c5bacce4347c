import type { Warning } from '../../base/errors.ts';
import { AMOUNT_SCALE, exactText } from '../../base/money.ts';
import type { Settings } from '../../cli/settings.ts';
import type { Recurring } from '../../valuation/subscriptions/recurring.ts';

/** W327 payments that do not recur, W326 service that has not begun. */
export function recurringWarnings({ extra, pending }: Recurring, { digits }: Settings): readonly Warning[] {
  const amount = exactText(extra.amount, AMOUNT_SCALE, digits);
  return [
    ...(extra.payments > 0 ? [{ code: 'W327', values: { payments: extra.payments, amount } } satisfies Warning] : []),
    ...(pending > 0 ? [{ code: 'W326', values: { lines: pending } } satisfies Warning] : []),
  ];
}
