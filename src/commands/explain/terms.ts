import type { Settings } from '../../cli/settings.ts';
import type { CashRows } from '../../engine/cash-flows.ts';
import type { BuyingModel } from '../../models/model.ts';
import type { Fitted } from '../../valuation/fit.ts';
import { windowOf } from '../../valuation/value.ts';
import type { Terms } from './explained.ts';

/** What the settings and the models of a group say of a customer's value. */
export function termsOf(
  model: BuyingModel,
  { fit, spend }: Pick<Fitted, 'fit' | 'spend'>,
  rows: CashRows,
  settings: Settings,
): Terms {
  const counted = settings.spendFrom === 'all' ? 1 : 0;
  return { model, fit, spend, delta: windowOf(settings).delta, counted, rows, digits: settings.digits };
}
