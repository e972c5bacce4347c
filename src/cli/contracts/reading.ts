import { ClvError, type Warning } from '../../base/errors.ts';
import { parseHorizon } from '../../base/units.ts';
import type { ContractPeriods, Contracts } from '../../data/contracts.ts';
import { choice, optionError } from '../option-values.ts';
import { PERIODS, type PeriodLength } from '../periods.ts';

/** What the commands that read payments of subscriptions have in common: periods, and whether the payments fit them. */

/** The length of a period by its name. E101. */
export function contractPeriod(text: string): PeriodLength {
  const name = choice(
    '--contract',
    text,
    PERIODS.map((period) => period.text),
  );
  return PERIODS.find((period) => period.text === name)!;
}

/** Whole days that a run of paid periods may miss: half a period when absent. */
export function graceOf(text: string | undefined, period: PeriodLength): number {
  if (text === undefined) return Math.floor(period.days / 2);
  const days = /^0+[dwmqy]?$/.test(text) ? 0 : parseHorizon(text)?.days;
  return Math.floor(days ?? optionError('--grace', text, 'no grace'));
}

/** How payments are read as periods of that length. @param grace days that a run may miss */
export function contractPeriods({ months, days }: PeriodLength, grace: number): ContractPeriods {
  return { months, early: Math.floor(days / 2), grace };
}

/** Payments closer together or farther apart than so many periods, as a rule, are not one a period. */
const FITS = { least: 0.5, most: 1.5 };
/** Where more payments than this are second ones in their period, the rows are not payments of one subscription. */
const SECOND_SHARE = 0.1;

/** Errors E315 payments at another pace than the contract, E316 several payments in a period as a rule. */
export function checkPeriods({ gaps, payments, second }: Contracts, period: PeriodLength): void {
  const gap = median(gaps.days, gaps.count);
  if (gap !== null && !fits(gap, period)) {
    const other = PERIODS.find((one) => fits(gap, one));
    const remedy = other
      ? `use --contract ${other.text}, if each row is a payment of a subscription`
      : 'there is no such contract: leave --contract out to value purchases';
    throw new ClvError('E315', { gap, contract: period.text, remedy });
  }
  if (second > SECOND_SHARE * payments) throw new ClvError('E316', { second, payments, contract: period.text });
}

function fits(gap: number, { days }: PeriodLength): boolean {
  return gap >= FITS.least * days && gap <= FITS.most * days;
}

/** Of counted values in their order; the lower of two. */
function median(values: Int32Array, count: Float64Array): number | null {
  const half = count.reduce((sum, n) => sum + n, 0) / 2;
  let below = 0;
  for (let i = 0; i < values.length; i++) {
    below += count[i]!;
    if (below >= half) return values[i]!;
  }
  return null;
}

/** W322 customers who came back, W323 second payments in a period. */
export function periodWarnings({ returned, earlierRuns, payments, second }: Contracts): readonly Warning[] {
  return [
    ...(returned > 0 ? [{ code: 'W322', values: { customers: returned, runs: earlierRuns } } satisfies Warning] : []),
    ...(second > 0 ? [{ code: 'W323', values: { second, payments } } satisfies Warning] : []),
  ];
}
