import { type ContractLengths, lengthOf } from '../../cli/contract-lengths.ts';
import { termRules } from '../../cli/contracts/reading.ts';
import type { Pricing } from '../../cli/pricing.ts';
import type { Settings } from '../../cli/settings.ts';
import { DateFormat, ISO } from '../../reader/dates/dates.ts';
import type { LoadResult } from '../../reader/transactions.ts';
import type { RecurringRules } from '../../valuation/subscriptions/timelines.ts';
import type { MrrAsked } from './asked.ts';
import type { Converting } from './rates.ts';

/** What was typed as the rules by which rows become recurring revenue. */
export function rulesOf(
  asked: Omit<MrrAsked, 'lengths'> & { readonly lengths: ContractLengths | null },
  { digits }: Settings,
  converting: Converting | null,
): Omit<RecurringRules, 'lines'> {
  const { lengths, months, weeksAYear, churnDate, refunds, bySubscription } = asked;
  return {
    terms: termRules(asked, (plan) => lengths && lengthOf(lengths, plan), refunds),
    monthly: { months, weeksAYear, digits, rateOn: converting?.rateOn ?? (() => UNCONVERTED) },
    churnDate,
    bySubscription,
    netOf: asked.net ? asked.every : null,
  };
}

/** How lines of invoices are read, where the rows have days of service: by ISO, or in the format of the dates. */
export function lineReading(
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
