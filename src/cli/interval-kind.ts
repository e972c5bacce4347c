import type { IntervalKind } from '../valuation/intervals.ts';
import { choice, whole } from './option-values.ts';

/** Resamples of `bootstrap` without a number, and the most. */
const RESAMPLES = { usual: 200, most: 10_000 };

/** The value of `--interval`. E101. */
export function intervalKind(text: string): IntervalKind {
  const [kind, count] = text.split('=', 2);
  if (kind === 'bootstrap')
    return count === undefined ? RESAMPLES.usual : whole('--interval bootstrap', count, 20, RESAMPLES.most);
  return choice('--interval', text, ['covariance', 'none', 'bootstrap', 'bootstrap=N'] as const) as IntervalKind;
}
