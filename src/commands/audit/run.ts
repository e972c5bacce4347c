import { GROUP_COLUMNS } from '../../aggregator/groups.ts';
import type { Warning } from '../../base/errors.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { MARGIN_SCALE, rescale, unitsText } from '../../base/money.ts';
import { assumptionsOf, inputOf, rollUpCustomers, valueWhereItCan } from '../../cli/assumptions.ts';
import { columns, whole } from '../../cli/option-values.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { checkListed } from '../../cli/output/writing.ts';
import { checkEvery, everyOf } from '../../cli/periods.ts';
import { withSavedModel } from '../../cli/saved-model.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { populationWarnings } from '../../cli/warnings.ts';
import type { Audit } from '../../data/audit.ts';
import type { Population } from '../../data/customers.ts';
import { readAudit } from '../../ledger/steps/audit.ts';
import { onlyModelBlock } from '../../report/model.ts';
import { PAST_COLUMNS } from './customers.ts';
import { auditReport } from './document.ts';
import type { AuditOptions } from './options.ts';
import { periodsOf, periodWarnings, spanOf } from './periods.ts';
import { SECTIONS } from './sections.ts';

/** `clv audit`: roll up customers → value them, where that can be done → look at their past → report. */
export async function audit(files: readonly string[], options: AuditOptions): Promise<void> {
  const settings = await withSavedModel(settingsOf(options));
  const by = columns('--by', options.by);
  const top = whole('--top', options.top, 0, 1_000_000);
  const span = spanOf(options.period);
  checkEvery(options.every);
  const { asOf, digits } = settings;
  const shape = { by, taken: TAKEN, refunds: true, sections: sectionsAsked(options, SECTIONS.purchases) };
  await withTransactions(files, settings, shape, async ({ ledger, read, pricing, notes, known }) => {
    const first = read.totals.firstDay!;
    const last = asOf ?? read.totals.lastDay!;
    const periods = periodsOf(span, first, last);
    const every = everyOf(options.every, first, last);
    const { population, settings: chosen, spend } = await rollUpCustomers({ ledger, notes }, settings);
    checkAudited(settings, population);
    const { valued, horizon, warnings: valuing } = await valueWhereItCan({ ledger, notes }, chosen, spend);
    const model = onlyModelBlock(valued);
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

/** E464 where the customers, those without a purchase too, are more than an output can list. */
export function checkAudited(settings: Settings, { valued, withoutPurchase }: Population): void {
  checkListed(settings, 'customers', valued.customers + withoutPurchase.customers);
}

/** W353 where there is no profit. */
export function profitWarnings({ whole }: Audit, digits: number): readonly Warning[] {
  if (whole.profit > 0n) return [];
  const profit = unitsText(rescale(whole.profit, MARGIN_SCALE, digits), digits);
  return [{ code: 'W353', values: { profit } }];
}

/** Columns of ours, beside which a segment column would stand twice. */
export const TAKEN = [...GROUP_COLUMNS, ...PAST_COLUMNS].map((column) => column.name);
