import type { Day } from '../base/calendar.ts';
import type { Warning } from '../base/errors.ts';
import { messageText } from '../base/message-text.ts';
import type { Horizon } from '../base/units.ts';
import type { LoadResult } from '../reader/transactions.ts';
import type { Input } from '../report/input.ts';
import type { Assumptions } from '../report/methodology.ts';
import type { SpendRead } from '../valuation/fit.ts';
import type { ValuationNotes } from '../valuation/found.ts';
import { modelFailure } from '../valuation/model-failure.ts';
import { rollUpBySpend } from '../valuation/spend-choice.ts';
import { valueCustomers } from '../valuation/value.ts';
import type { Pricing } from './pricing.ts';
import type { Session } from './session.ts';
import type { Settings } from './settings.ts';
import { modelWarnings } from './warnings.ts';

/** What a valuation of transactions stands on, whatever the command makes of it. */
export function assumptionsOf(
  settings: Settings,
  pricing: Pricing,
  { decimalMark, markMatters, roundedAmounts }: Pick<LoadResult, 'decimalMark' | 'markMatters' | 'roundedAmounts'>,
  asOf: Day,
): Omit<Assumptions, 'top'> & { readonly asOf: Day } {
  return {
    asOf,
    currency: settings.currency,
    digits: settings.digits,
    discountRate: settings.discountRate.toFixed(),
    horizon: settings.horizon.text,
    by: pricing.by,
    fitBy: pricing.fitBy,
    margin: pricing.margin,
    spendFrom: settings.spendFrom,
    roundedAmounts,
    amounts: pricing.amounts,
    calendar: pricing.calendar,
    decimalMark: markMatters ? decimalMark : null,
    segmentFrom: settings.segmentFrom,
    season: settings.season,
  };
}

/** What was read: transactions, and tables beside them. */
export function inputOf(
  { files, table, accounts }: LoadResult,
  { tables, reading, book }: Pricing,
  others: Input['tables'] = [],
): Input {
  return { files, table, book, tables: [...tables, ...others], accounts, reading };
}

/**
 * The customers as of the valuation date, as every valuation of purchases has them, the settings with the spend that has a mean, and
 * that spend where it was looked at.
 * @param last see RollUpPlan
 */
export function rollUpCustomers(
  { ledger, notes }: Pick<Session, 'ledger' | 'notes'>,
  asked: Settings,
  last = false,
): ReturnType<typeof rollUpBySpend<Settings>> {
  notes.stage('rolling up customers');
  return rollUpBySpend(ledger, asked, ({ asOf, spendFrom, opportunity, spend, model, season, spendChosen }) =>
    ledger.rollUp({
      asOf,
      spendFrom,
      fillMeans: spend.fillsMeans,
      opportunity,
      last: last && !model.needsGaps && season === 'none' && !spendChosen,
    }),
  );
}

/** Fits the models to rolled-up customers and values each of them. */
export function fitAndValue(
  { ledger, notes }: Pick<Session, 'ledger' | 'notes'>,
  settings: Settings,
  how: Parameters<typeof valueCustomers>[2],
): ReturnType<typeof valueCustomers> {
  return valueCustomers(ledger, settings, how, (stage) => notes.stage(stage));
}

/** Values the customers for a report that can do without; where a model cannot be fitted, W351. */
export async function valueWhereItCan(
  session: Pick<Session, 'ledger' | 'notes'>,
  settings: Settings,
  spend: SpendRead | null,
): Promise<{
  readonly valued: Pick<ValuationNotes, 'groups' | 'source'> | null;
  readonly horizon: Horizon;
  readonly warnings: readonly Warning[];
}> {
  try {
    const valued = await fitAndValue(session, settings, { interval: 'none', pool: false, spend });
    const { horizon } = valued.fitted;
    return { valued, horizon, warnings: modelWarnings(valued.groups, settings, horizon) };
  } catch (error) {
    return { valued: null, horizon: settings.horizon, warnings: [notValued(error)] };
  }
}

/** W351: why customers have no value, where that is the model's. */
export function notValued(error: unknown): Warning {
  const { code, values } = modelFailure(error);
  return { code: 'W351', values: { reason: `${code} ${messageText(code, values)}` } };
}
