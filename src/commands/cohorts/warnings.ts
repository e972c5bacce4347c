import { calendarName } from '../../aggregator/cohorts.ts';
import { type Day, isoOf } from '../../base/calendar.ts';
import type { Warning } from '../../base/errors.ts';
import { AMOUNT_SCALE, exactText } from '../../base/money.ts';
import { firstOf } from '../../cli/warnings.ts';
import type { AcquisitionCost } from '../../data/acquisition/cohorts.ts';
import { lastComplete, periodOf } from '../../data/opportunity.ts';
import type { CohortsFound } from './found.ts';
import { nameOf } from './lists.ts';

interface Held extends Pick<CohortsFound, 'cohorts' | 'every'> {
  readonly acquisition: NonNullable<CohortsFound['acquisition']>;
  readonly asOf: Day;
  readonly digits: number;
}

/** W380 costs without a cohort, W381 cohorts without a cost, W382 costs of a period that is not over. */
export function acquisitionWarnings({ acquisition, cohorts, every, digits, asOf }: Held): readonly Warning[] {
  const { costs, left } = acquisition;
  const money = (some: readonly AcquisitionCost[]): string => exactText(sumOf(some), AMOUNT_SCALE, digits);
  const found: Warning[] = [];
  if (left.length > 0) {
    const names = [
      ...new Set(left.map(({ text, segment }) => [...(segment ?? []), ...(text === null ? [] : [text])].join(' '))),
    ];
    found.push({ code: 'W380', values: { cost: money(left), total: money(costs), names: firstOf(names) } });
  }
  const without = cohorts.filter(({ ages, cost }) => ages.length > 0 && cost === null);
  if (without.length > 0) {
    const names = firstOf(without.map((cohort) => nameOf(cohort, every)!));
    found.push({ code: 'W381', values: { cohorts: without.length, names } });
  }
  const open = periodOf(asOf, every);
  const counted = costs.some((cost) => cost.period === open && !left.includes(cost));
  if (counted && lastComplete(asOf, every) < open)
    found.push({ code: 'W382', values: { period: calendarName(open, every), date: isoOf(asOf) } });
  return found;
}

export function sumOf(costs: readonly AcquisitionCost[]): bigint {
  return costs.reduce((sum, { cost }) => sum + cost, 0n);
}
