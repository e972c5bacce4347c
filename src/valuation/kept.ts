import type { Ground, KeptFits } from '../data/books/kept-fits.ts';
import type { DailyPurchases } from '../data/customers.ts';
import type { SpendStates, States } from '../data/states.ts';
import { type Fitting, fitOrLimit, withLimits } from '../models/limits.ts';
import type { BuyingModel } from '../models/model.ts';
import type { SpendModel } from '../models/spend/spend.ts';

/** The result of some work, or what was kept of it (see KeptFits). @param fits null where nothing is kept */
export function keptOr<T>(fits: KeptFits | null, what: string, grounds: readonly Ground[], work: () => T): T {
  return fits ? fits.of(what, grounds, work) : work();
}

/** What tells a model of buying from every other, its parameters apart. */
export function modelGrounds({ name, regularity, timeUnit, whenOne, ofRegularity, clocked }: BuyingModel): Ground[] {
  const clock = clocked && [clocked.clock.learned !== null, clocked.asOf, ...clocked.clock.factors];
  return [name, regularity, timeUnit, whenOne?.name, ofRegularity !== undefined, clock];
}

export function stateGrounds({ x, recency, age, count, logGaps }: States): Ground[] {
  return [x, recency, age, count, logGaps];
}

export function dailyGrounds({ asOf, day, purchases }: DailyPurchases): Ground[] {
  return [asOf, day, purchases];
}

/** Fits a model of spend, or the limit that it tends to, unless that is kept. @throws ClvError E302, E303, E304, E330 */
export function fitSpend(fits: KeptFits | null, asked: SpendModel, states: SpendStates): Fitting<SpendModel> {
  const { model, fit } = keptOr(fits, 'spend', [asked.name, states.x, states.mean, states.count], () => {
    const found = fitOrLimit(asked, states);
    return { model: found.model.name, fit: found.fit };
  });
  return { model: withLimits([asked]).find(({ name }) => name === model)!, fit };
}
