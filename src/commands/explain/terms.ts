import type { Settings } from '../../cli/settings.ts';
import type { CashRows } from '../../engine/cash-flows.ts';
import { deltaPerDay } from '../../engine/discount.ts';
import type { Fitted } from '../../valuation/fit.ts';
import type { CustomerTerms } from './explained.ts';

/** What the settings and the models of a group say of a customer's value. */
export function customerTerms(
  { model, fit, spend }: Pick<Fitted, 'model' | 'fit' | 'spend'>,
  rows: CashRows,
  { discountRate, spendFrom, digits }: Settings,
): CustomerTerms {
  return { model, fit, spend, delta: deltaPerDay(discountRate), spendFrom, rows, digits };
}
