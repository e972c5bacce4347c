import type { Settings } from '../../cli/settings.ts';
import type { CashRows } from '../../engine/cash-flows.ts';
import { deltaPerDay } from '../../engine/discount.ts';
import type { Fitted } from '../../valuation/fit.ts';
import type { Terms } from './explained.ts';

/** What the settings and the models of a group say of a customer's value. */
export function termsOf(
  { model, fit, spend }: Pick<Fitted, 'model' | 'fit' | 'spend'>,
  rows: CashRows,
  settings: Settings,
): Terms {
  const counted = settings.spendFrom === 'all' ? 1 : 0;
  return { model, fit, spend, delta: deltaPerDay(settings.discountRate), counted, rows, digits: settings.digits };
}
