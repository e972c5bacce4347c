import { GROUP_COLUMNS } from '../../aggregator/groups.ts';
import type { Warning } from '../../base/errors.ts';
import { messageText, warningsBlock } from '../../base/message-text.ts';
import { MARGIN_SCALE, rescale, unitsText } from '../../base/money.ts';
import type { Horizon } from '../../base/units.ts';
import { assumptionsOf, fitAndValue, inputOf, rollUpCustomers } from '../../cli/assumptions.ts';
import { columns, whole } from '../../cli/option-values.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { type Session, withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { modelWarnings, populationWarnings } from '../../cli/warnings.ts';
import type { Audit } from '../../data/audit.ts';
import { readAudit } from '../../ledger/steps/audit.ts';
import { modelBlock } from '../../report/model.ts';
import { modelFailure } from '../../valuation/model-failure.ts';
import { PAST_COLUMNS } from './customers.ts';
import { auditReport } from './document.ts';
import type { AuditFound } from './found.ts';
import type { AuditOptions } from './options.ts';
import { checkEvery, everyOf, periodsOf, periodWarnings, spanOf } from './periods.ts';

/** `clv audit`: roll up customers → value them, where that can be done → look at their past → report. */
export async function audit(files: readonly string[], options: AuditOptions): Promise<void> {
  const settings = await withSavedModel(settingsOf(options));
  const by = columns('--by', options.by);
  const top = whole('--top', options.top, 0, 1_000_000);
  const span = spanOf(options.period);
  checkEvery(options.every);
  const { asOf, digits } = settings;
  const shape = { by, taken: TAKEN, refunds: true, section: options.section };
  await withTransactions(files, settings, shape, async ({ ledger, read, pricing, notes, known }) => {
    const first = read.totals.firstDay!;
    const last = asOf ?? read.totals.lastDay!;
    const periods = periodsOf(span, first, last);
    const every = everyOf(options.every, first, last);
    const { population, settings: chosen } = await rollUpCustomers({ ledger, notes }, settings);
    const { model, horizon, warnings: valuing } = await valueWhereItCan({ ledger, notes }, chosen);
    notes.stage('adding up profits');
    const found = await readAudit(ledger.loaded, { asOf: last, ...periods, every, valued: model !== null });
    const warnings: readonly Warning[] = [
      ...known,
      ...populationWarnings(population, read, chosen),
      ...valuing,
      ...periodWarnings(periods, first),
      ...profitWarnings(found, digits),
    ];
    notes.warnings(warnings);
    return auditReport({
      assumptions: { ...assumptionsOf({ ...chosen, horizon }, pricing, read, last), top },
      input: inputOf(read, pricing),
      warnings: warningsBlock(warnings),
      population,
      periods,
      every,
      model,
      audit: found,
      subscribers: null,
    });
  });
}

/** W353 where there is no profit. */
export function profitWarnings({ whole }: Audit, digits: number): readonly Warning[] {
  if (whole.profit > 0n) return [];
  const profit = unitsText(rescale(whole.profit, MARGIN_SCALE, digits), digits);
  return [{ code: 'W353', values: { profit } }];
}

/** Columns of ours, beside which a segment column would stand twice. */
export const TAKEN = [...GROUP_COLUMNS, ...PAST_COLUMNS].map((column) => column.name);

/** Values the customers; where a model cannot be fitted, W351. */
async function valueWhereItCan(
  { ledger, notes }: Pick<Session, 'ledger' | 'notes'>,
  settings: Settings,
): Promise<Pick<AuditFound, 'model'> & { readonly horizon: Horizon; readonly warnings: readonly Warning[] }> {
  try {
    const { groups, source, fitted } = await fitAndValue({ ledger, notes }, settings, {
      interval: 'none',
      pool: false,
    });
    const { model, spend } = groups[0]!;
    const { horizon } = fitted;
    const warnings = modelWarnings(groups, settings, horizon);
    return { model: modelBlock({ model: { ...model, source }, spend }), horizon, warnings };
  } catch (error) {
    return { model: null, horizon: settings.horizon, warnings: [notValued(error)] };
  }
}

/** W351: why customers have no value, where that is the model's. */
export function notValued(error: unknown): Warning {
  const { code, values } = modelFailure(error);
  return { code: 'W351', values: { reason: `${code} ${messageText(code, values)}` } };
}
