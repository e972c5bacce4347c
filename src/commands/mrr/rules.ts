import { type ContractLengths, lengthOf } from '../../cli/contract-lengths.ts';
import { termRules } from '../../cli/contracts/reading.ts';
import type { Settings } from '../../cli/settings.ts';
import type { ServiceDays } from '../../data/subscriptions/lines.ts';
import type { RecurringRules } from '../../valuation/subscriptions/timelines.ts';
import type { MrrAsked } from './asked.ts';
import type { Converting } from './rates.ts';

/** What was typed as the rules by which rows become recurring revenue. */
export function rulesOf(
  asked: Omit<MrrAsked, 'lengths'> & { readonly lengths: ContractLengths | null },
  { digits }: Settings,
  converting: Converting | null,
  service: ServiceDays | null,
): RecurringRules {
  const { lengths, months, weeksAYear, churnDate, refunds, bySubscription } = asked;
  return {
    terms: termRules(asked, (plan) => lengths && lengthOf(lengths, plan), refunds, service),
    monthly: { months, weeksAYear, digits, rateOn: converting?.rateOn ?? (() => UNCONVERTED) },
    churnDate,
    bySubscription,
    netOf: asked.net ? asked.every : null,
  };
}

const UNCONVERTED = { n: 1n, d: 1n };
