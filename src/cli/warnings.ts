import { isoOf } from '../base/calendar.ts';
import type { Population } from '../base/customers.ts';
import type { Warning } from '../base/errors.ts';
import type { LoadResult } from '../reader/transactions.ts';

/** The last date is suspect when it lies so many days after the one before it. */
const LONELY_DAYS = 90;
/** First purchases pile up when the first 28 days have so many times those of an average 28 days of the next 56. */
const PILE = 3;
/** Correlations beyond this are worth a word. */
const CORRELATED = 0.2;

/** Findings that make the figures less trustworthy, without making them wrong (definitions: Input). */
export function warningsOf(
  population: Population,
  groups: readonly { readonly name: readonly string[]; readonly spend: { readonly correlation: number | null } }[],
  read: Pick<LoadResult, 'rejects' | 'totals'>,
  options: { readonly asOfGiven: boolean },
): readonly Warning[] {
  const { valued, lastDays, earlyFirst, nextFirst, segmentChanged, notPositive } = population;
  const [last, before] = lastDays;
  const percent = (part: number): string => `${((100 * part) / valued.customers).toFixed(1)} %`;
  const found: Warning[] = [];
  const [reject] = read.rejects.samples;
  if (reject) {
    const values = { rejected: read.rejects.total, records: read.totals.records + read.rejects.total };
    found.push({ code: 'W306', values: { ...values, file: reject.place.file, line: reject.place.line ?? 0 } });
  }
  if (!options.asOfGiven && last !== undefined && before !== undefined && last - before > LONELY_DAYS) {
    found.push({ code: 'W301', values: { last: isoOf(last), gap: last - before } });
  }
  if (earlyFirst > (PILE * nextFirst) / 2 && nextFirst > 0) {
    found.push({ code: 'W302', values: { share: percent(earlyFirst), days: 28 } });
  }
  if (segmentChanged > 0) {
    const values = { count: segmentChanged, customers: valued.customers, share: percent(segmentChanged) };
    found.push({ code: 'W303', values });
  }
  if (notPositive > 0) found.push({ code: 'W304', values: { count: notPositive } });
  for (const { name, spend } of groups) {
    if (spend.correlation === null || Math.abs(spend.correlation) <= CORRELATED) continue;
    const where = name.length === 0 ? '' : ` in ${name.join(' · ')}`;
    found.push({ code: 'W305', values: { correlation: spend.correlation.toFixed(3), where } });
  }
  return found;
}
