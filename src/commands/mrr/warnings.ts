import type { Warning } from '../../base/errors.ts';
import { AMOUNT_SCALE, exactText } from '../../base/money.ts';
import type { Settings } from '../../cli/settings.ts';
import { firstOf } from '../../cli/warnings.ts';
import type { Recurring } from '../../valuation/subscriptions/recurring.ts';
import type { MrrAsked } from './asked.ts';

/** W327 payments that do not recur, W326 service that has not begun. */
export function recurringWarnings({ extra, pending }: Recurring, { digits }: Settings): readonly Warning[] {
  const amount = exactText(extra.amount, AMOUNT_SCALE, digits);
  return [
    ...(extra.payments > 0 ? [{ code: 'W327', values: { payments: extra.payments, amount } } satisfies Warning] : []),
    ...(pending > 0 ? [{ code: 'W326', values: { lines: pending } } satisfies Warning] : []),
  ];
}

/** W324 for plans that an option names and no row has. */
export function unusedPlans({ oneOff, pause }: MrrAsked, plans: readonly string[]): readonly Warning[] {
  const options = { '--one-off': oneOff, '--pause': pause };
  return Object.entries(options).flatMap(([option, names]) => {
    const unused = names.filter((name) => !plans.includes(name));
    if (unused.length === 0) return [];
    return [{ code: 'W324', values: { option, plans: firstOf(unused), known: firstOf(plans) } } satisfies Warning];
  });
}
