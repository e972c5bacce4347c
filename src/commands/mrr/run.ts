import { monthsAfter } from '../../base/calendar.ts';
import { ONE } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { variant, warningsBlock } from '../../base/message-text.ts';
import { inputOf } from '../../cli/assumptions.ts';
import { AUTO, checkPlans } from '../../cli/contract-lengths.ts';
import { lengthsFound } from '../../cli/contracts/auto.ts';
import { columnsIn } from '../../cli/contracts/columns.ts';
import { unusedPlans } from '../../cli/contracts/plan-lengths.ts';
import { paceWarnings } from '../../cli/contracts/reading.ts';
import { serviceIn } from '../../cli/contracts/service.ts';
import { sectionsAsked } from '../../cli/output/sections.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { populationWarnings } from '../../cli/warnings.ts';
import type { ServiceDays } from '../../data/subscriptions/lines.ts';
import { PaceOf } from '../../engine/subscriptions/pace.ts';
import { calendarSpans } from '../../engine/subscriptions/recurring/spans.ts';
import { readPlans } from '../../ledger/steps/subscriptions/rows.ts';
import { rollForward } from '../../valuation/subscriptions/recurring.ts';
import { timelinesAt } from '../../valuation/subscriptions/timelines.ts';
import { type MrrAsked, mrrAsked } from './asked.ts';
import { mrrReport } from './document.ts';
import { MRR_NAMES } from './lists.ts';
import type { MrrOptions } from './options.ts';
import { convertingOf } from './rates.ts';
import { rulesOf } from './rules.ts';
import { SECTIONS } from './sections.ts';
import { recurringWarnings } from './warnings.ts';

/** `clv mrr`: payments → terms → what moved → report. It fits nothing. */
export async function mrr(files: readonly string[], options: MrrOptions, typed: readonly string[]): Promise<void> {
  const asked = mrrAsked(options, typed);
  const settings = settingsFor(options);
  const converting = await convertingOf(options, settings);
  const currency = { converts: converting !== null, currencyColumn: options.currencyColumn ?? null };
  const subscriptions = columnsIn({ ...asked, ...currency });
  const shape = { by: asked.by, taken: MRR_NAMES, sections: sectionsAsked(options, SECTIONS), subscriptions };
  await withTransactions(files, settings, shape, async ({ ledger, read, pricing, notes, known }) => {
    const asOf = settings.asOf ?? read.totals.lastDay!;
    notes.stage('rolling up customers');
    const population = await ledger.rollUp({ asOf, spendFrom: 'all', fillMeans: false });
    const plans = await readPlans(ledger.loaded);
    const recurs = (plan: string): boolean => ![...asked.oneOff, ...asked.pause].includes(plan);
    const service = serviceIn(asked, pricing, read, settings.digits);
    const lengths =
      asked.lengths !== AUTO ? asked.lengths : service ? null : await lengthsFound({ ledger, notes }, asOf, recurs);
    checkLines(asked, service);
    if (lengths)
      checkPlans(
        plans.filter(recurs).filter((plan) => !isCalendarLine(plan, service)),
        lengths,
      );
    const byPlan = service === null || pricing.plan.subscriptions!.plan !== null;
    const timelines = await timelinesAt(
      ledger.loaded,
      rulesOf({ ...asked, lengths: byPlan ? lengths : null }, settings, converting, service),
      asOf,
    );
    const movements = { backWithin: asked.backWithin };
    notes.stage('finding what moved');
    const pace = new PaceOf();
    const window = asked.window ?? { from: monthsAfter(asOf, -12), to: asOf };
    const recurring = await rollForward(timelines(pace), {
      spans: calendarSpans(asked.every, asOf),
      window,
      movements,
      top: asked.top,
    });
    const warnings = [
      ...known,
      ...populationWarnings({ ...population, notPositive: 0, segmentChanged: 0 }, read, settings),
      ...unusedPlans(asked, plans),
      ...recurringWarnings(recurring, settings),
      ...(asked.lengths ? paceWarnings(pace.done(), asked.lengths) : []),
    ];
    notes.warnings(warnings);
    return mrrReport({
      assumptions: {
        ...asked,
        lengths,
        by: pricing.by,
        asOf,
        currency: settings.currency,
        digits: settings.digits,
        isLines: service !== null,
        ratesFile: options.rates ?? null,
        amounts: pricing.amounts,
      },
      input: inputOf(read, pricing, converting ? [converting.source] : []),
      warnings: warningsBlock(warnings),
      population,
      recurring,
      timelines,
      movements,
    });
  });
}

/** Amounts stay in their currency: each term is converted by itself. */
function settingsFor(options: MrrOptions): Settings {
  const { rates, ...rest } = options;
  const settings = settingsOf(rest);
  const { asIs } = settings.read;
  const known = rates === undefined ? asIs : new Set([...(asIs ?? []), 'currency' as const]);
  return { ...settings, margin: ONE, read: { ...settings.read, ...(known && { asIs: known }) } };
}

/** E122 for what only payments have. */
function checkLines({ refunds }: MrrAsked, service: ServiceDays | null): void {
  if (service !== null && refunds !== 'end')
    throw new ClvError('E122', { option: `--refunds ${refunds}`, ...variant('E122', 'refunds of lines') });
}

/** A line without a plan goes by calendar months. */
function isCalendarLine(plan: string, service: ServiceDays | null): boolean {
  return service !== null && plan === '';
}
