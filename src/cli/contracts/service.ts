import { ClvError } from '../../base/errors.ts';
import type { ServiceDays } from '../../data/subscriptions/lines.ts';
import { DateFormat, ISO } from '../../reader/dates/dates.ts';
import type { LoadResult } from '../../reader/transactions.ts';
import { choice } from '../option-values.ts';
import type { Pricing } from '../pricing.ts';

/** What was typed of the days of service of invoice lines. */
export interface ServiceAsked {
  /** Columns, as they are typed; null: found by the layout, or by their names. */
  readonly periodStart: string | null;
  readonly periodEnd: string | null;
  readonly inclusiveEnd: boolean;
}

/** @throws ClvError E101 */
export function serviceAsked(options: {
  readonly periodStart?: string | undefined;
  readonly periodEndColumn?: string | undefined;
  readonly periodEnd?: string | undefined;
}): ServiceAsked {
  const { periodStart = null, periodEndColumn = null, periodEnd = 'exclusive' } = options;
  return {
    periodStart,
    periodEnd: periodEndColumn,
    inclusiveEnd: choice('--period-end', periodEnd, ['exclusive', 'inclusive']) === 'inclusive',
  };
}

/**
 * How days of service are read: by ISO, or in the format of the dates. @returns null where rows are payments
 * @throws ClvError E112 an end that is included where there is none
 */
export function serviceIn(
  { inclusiveEnd }: Pick<ServiceAsked, 'inclusiveEnd'>,
  { plan: { keys, subscriptions } }: Pick<Pricing, 'plan'>,
  { dateFormat }: Pick<LoadResult, 'dateFormat'>,
  digits: number,
): ServiceDays | null {
  const { start, end } = subscriptions!;
  if (start === null || end === null) {
    if (inclusiveEnd)
      throw new ClvError('E112', { option: '--period-end inclusive', other: 'columns of the days of service' });
    return null;
  }
  const formats = [...new Set([ISO, dateFormat])].flatMap((name) => DateFormat.of(name) ?? []);
  return {
    dayOf: (text) => {
      const found = formats.map((format) => format.read(text, 'as written')).find((day) => typeof day === 'number');
      return found ?? null;
    },
    inclusiveEnd,
    columns: `${keys[start]} and ${keys[end]}`,
    digits,
  };
}
