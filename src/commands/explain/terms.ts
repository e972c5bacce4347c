import type { Settings } from '../../cli/settings.ts';
import type { CashRows } from '../../engine/cash-flows.ts';
import type { BuyingModel } from '../../models/model.ts';
import type { Fitted } from '../../valuation/fit.ts';
import { windowOf } from '../../valuation/value.ts';
import type { CustomerTerms } from './explained.ts';

/** What the settings and the models of a group say of a customer's value. */
export function customerTerms(
  model: BuyingModel,
  { fit, spend }: Pick<Fitted, 'fit' | 'spend'>,
  rows: CashRows,
  settings: Settings,
): CustomerTerms {
  return {
    model,
    fit,
    spend,
    delta: windowOf(settings).delta,
    spendFrom: settings.spendFrom,
    rows,
    digits: settings.digits,
  };
}
