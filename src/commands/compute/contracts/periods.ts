import { ClvError, type Warning } from '../../../base/errors.ts';
import type { PeriodLength } from '../../../cli/periods.ts';
import { PERIODS } from '../../../cli/periods.ts';
import type { Contracts } from '../../../data/contracts.ts';

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
