import { isoOf } from '../../base/calendar.ts';
import { parseHorizon } from '../../base/units.ts';
import { optionError, whole } from '../../cli/option-values.ts';
import {
  type Dates,
  type HeldOut,
  longestHoldout,
  mostOrigins,
  rollingOrigins,
  usualHoldout,
} from '../../valuation/backtest/rolling.ts';

/** A holdout in whole days (3m is 91), and how it is told of. */
export interface Span {
  readonly days: number;
  /** As many days as the span has on average, a part of one included. */
  readonly exact: number;
  readonly text: string;
}

/** What is held out, the earliest first, and the days from one to the next; null where it is one. */
export interface Origins {
  readonly span: Span;
  readonly origins: readonly HeldOut[];
  readonly step: number | null;
}

/** What was typed of what is held out. */
interface HoldoutOptions {
  readonly holdout?: string | undefined;
  readonly origins?: string | undefined;
}

/** The values of `--holdout` and `--origins`, before anything is read. */
export interface AskedSpan {
  readonly span: Span | null;
  readonly count: number;
}

/** E101. */
export function askedSpan({ holdout, origins }: HoldoutOptions): AskedSpan {
  const count = origins === undefined ? 1 : whole('--origins', origins, 2, 12);
  return { span: holdout === undefined ? null : spanOf(holdout), count };
}

function spanOf(text: string): Span {
  const span = parseHorizon(text);
  const days = Math.round(span?.days ?? 0);
  return span && days > 0 ? { days, exact: span.days!, text: span.text } : optionError('--holdout', text, 'no holdout');
}

/** E101 where the data are too short for what is asked. */
export function originsOf({ span: asked, count }: AskedSpan, dates: Dates): Origins {
  const usual = usualHoldout(dates);
  const span = asked ?? { days: usual, exact: usual, text: `${usual}d, a quarter of the data` };
  const [first, last] = [isoOf(dates.first), isoOf(dates.until)];
  if (dates.until === dates.first) optionError('--holdout', `${span.days}d`, 'one day', { first });
  const only = { asOf: dates.until - span.days, until: dates.until };
  if (only.asOf < dates.first) optionError('--holdout', span.text, 'all held out', { first, last });
  if (count === 1) return { span, origins: [only], step: null };
  const rolling = rollingOrigins(dates, span.days, count);
  if (!rolling) tooMany(dates, span, count);
  return { span, step: rolling.step, origins: rolling.origins };
}

function tooMany(dates: Dates, { days }: Span, count: number): never {
  const [most, longest] = [mostOrigins(dates, days), longestHoldout(dates, count)];
  const values = { days, first: isoOf(dates.first), last: isoOf(dates.until) };
  if (most >= 2) optionError('--origins', String(count), 'too many origins', { ...values, most });
  if (longest > 0) optionError('--origins', String(count), 'no room', { ...values, longest });
  return optionError('--origins', String(count), 'too short', values);
}
