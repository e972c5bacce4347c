import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { bootstrapContracts } from '../../valuation/contracts/bootstrap.ts';
import { contractIntervals } from '../../valuation/contracts/intervals.ts';
import { contractModelError, type PaymentLog } from '../../valuation/contracts/model-error.ts';
import type { Intervals } from '../../valuation/found.ts';
import type { Settings } from '../settings.ts';
import type { TypedContract } from './terms.ts';
import type { ValuedSubscriptions } from './value.ts';

/** E122 a model error without an interval, E111 refits of parameters that are given. */
export function checkIntervals({ interval, resamples, saved }: TypedContract, { modelError }: Settings): void {
  if (!interval && resamples === null && typeof modelError === 'number')
    throw new ClvError('E122', { option: '--model-error', ...variant('E122', 'no interval') });
  if (resamples !== null && saved !== null)
    throw new ClvError('E111', { option: '--interval bootstrap', other: '--use-model' });
}

/** How far the equity of subscriptions may be trusted; null where that was not asked for, or cannot be had. */
export async function intervalsOfContracts(
  { contracts, valuation }: Pick<ValuedSubscriptions, 'contracts' | 'valuation'>,
  { interval, resamples, saved }: TypedContract,
  { digits, modelError: kind }: Pick<Settings, 'digits' | 'modelError'>,
  log: PaymentLog,
): Promise<Intervals | null> {
  if (!interval && resamples === null) return null;
  const refitted = resamples === null ? null : bootstrapContracts(contracts, valuation.fits, resamples);
  if (refitted === null && valuation.interval === null) return null;
  const modelError = await contractModelError(log, valuation.fits, { kind, saved: saved?.modelError ?? null });
  const { segments } = contracts.cells;
  return contractIntervals(valuation, { segments, digits }, { refitted, modelError });
}
