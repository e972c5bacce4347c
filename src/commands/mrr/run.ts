import { monthsAfter } from '../../base/calendar.ts';
import { ONE } from '../../base/decimal.ts';
import type { Warning } from '../../base/errors.ts';
import { warningsBlock } from '../../base/message-text.ts';
import { inputOf } from '../../cli/assumptions.ts';
import { checkPlans, lengthOf } from '../../cli/contract-lengths.ts';
import { columnsIn } from '../../cli/contracts/columns.ts';
import type { Pricing } from '../../cli/pricing.ts';
import { withTransactions } from '../../cli/session.ts';
import { type Settings, settingsOf } from '../../cli/settings.ts';
import { firstOf, populationWarnings } from '../../cli/warnings.ts';
import { defaultGrace } from '../../engine/subscriptions/lengths.ts';
import { calendarSpans } from '../../engine/subscriptions/spans.ts';
import { readPlans } from '../../ledger/steps/subscriptions/rows.ts';
import { DateFormat, ISO } from '../../reader/dates/dates.ts';
import type { LoadResult } from '../../reader/transactions.ts';
import { rollForward } from '../../valuation/subscriptions/recurring.ts';
import { type RecurringRules, timelinesAt } from '../../valuation/subscriptions/timelines.ts';
import { type MrrAsked, mrrAsked } from './asked.ts';
import { mrrReport } from './document.ts';
import { MRR_NAMES } from './lists.ts';
import type { MrrOptions } from './options.ts';
import { type Converting, convertingOf } from './rates.ts';

/** `clv mrr`: payments → terms → what moved → report. It fits nothing. */
export async function mrr(files: readonly string[], options: MrrOptions, typed: readonly string[]): Promise<void> {
  const asked = mrrAsked(options, typed);
  const settings = settingsFor(options);
  const converting = await convertingOf(options, settings);
  const subscriptions = columnsIn(asked, { converts: converting !== null, column: options.currencyColumn });
  const shape = { by: asked.by, taken: MRR_NAMES, section: options.section, subscriptions };
  await withTransactions(files, settings, shape, async ({ ledger, read, pricing, notes, known }) => {
    const asOf = settings.asOf ?? read.totals.lastDay!;
    notes.stage('rolling up customers');
    const population = await ledger.rollUp({ asOf, spendFrom: 'all', fillMeans: false });
    const plans = await readPlans(ledger.loaded);
    checkPlans(
      plans.filter((plan) => ![...asked.oneOff, ...asked.pause].includes(plan)),
      asked.lengths,
    );
    const rules = rulesOf(asked, settings, converting);
    const lines = lineReading(asked, rules.terms, pricing, read);
    const timelines = await timelinesAt(ledger.loaded, { ...rules, lines }, asOf);
    const movements = { backWithin: asked.backWithin };
    notes.stage('finding what moved');
    const window = asked.window ?? { from: monthsAfter(asOf, -12), to: asOf };
    const recurring = await rollForward(timelines(), {
      spans: calendarSpans(asked.every, asOf),
      window,
      movements,
      top: asked.top,
    });
    const warnings = [
      ...known,
      ...populationWarnings({ ...population, notPositive: 0, segmentChanged: 0 }, read, settings),
      ...unusedPlans(asked, plans),
    ];
    notes.warnings(warnings);
    return mrrReport({
      assumptions: {
        ...asked,
        by: pricing.by,
        asOf,
        currency: settings.currency,
        digits: settings.digits,
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

function rulesOf(asked: MrrAsked, { digits }: Settings, converting: Converting | null): Omit<RecurringRules, 'lines'> {
  const { lengths, grace, months, weeksAYear, churnDate, refunds, bySubscription } = asked;
  const [oneOff, pause] = [new Set(asked.oneOff), new Set(asked.pause)];
  return {
    terms: {
      lengthOf: (plan) => lengthOf(lengths, plan),
      graceOf: (length) => grace ?? defaultGrace(length),
      isOneOff: (plan) => oneOff.has(plan),
      isPause: (plan) => pause.has(plan),
      refunds,
    },
    monthly: { months, weeksAYear, digits, rateOn: converting?.rateOn ?? (() => UNCONVERTED) },
    churnDate,
    bySubscription,
    netOf: asked.net ? asked.every : null,
  };
}

/** How lines of invoices are read, where the rows have days of service: by ISO, or in the format of the dates. */
function lineReading(
  { inclusiveEnd }: MrrAsked,
  { lengthOf, isOneOff, isPause }: RecurringRules['terms'],
  { plan: { keys, subscriptions } }: Pricing,
  { dateFormat }: LoadResult,
): RecurringRules['lines'] {
  const { plan, start, end } = subscriptions!;
  if (start === null || end === null) return null;
  const formats = [...new Set([ISO, dateFormat])].flatMap((name) => DateFormat.of(name) ?? []);
  return {
    dayOf: (text) => {
      const found = formats.map((format) => format.read(text, 'as written')).find((day) => typeof day === 'number');
      return found ?? null;
    },
    inclusiveEnd,
    columns: `${keys[start]} and ${keys[end]}`,
    lengthOf: plan === null ? () => null : lengthOf,
    isOneOff,
    isPause,
  };
}

const UNCONVERTED = { n: 1n, d: 1n };

/** W324 for plans that an option names and no row has. */
function unusedPlans({ oneOff, pause }: MrrAsked, plans: readonly string[]): readonly Warning[] {
  const options = { '--one-off': oneOff, '--pause': pause };
  return Object.entries(options).flatMap(([option, names]) => {
    const unused = names.filter((name) => !plans.includes(name));
    if (unused.length === 0) return [];
    return [{ code: 'W324', values: { option, plans: firstOf(unused), known: firstOf(plans) } } satisfies Warning];
  });
}
