import { ClvError } from '../../base/errors.ts';
import type { SpendStates } from '../../data/states.ts';
import { MIN_REPEAT } from '../fitting.ts';
import type { Fit } from '../model.ts';

interface InUnits {
  readonly states: SpendStates;
  readonly customers: number;
  /** The geometric mean of the means, in currency units. */
  readonly unit: number;
}

/** The states that enter the fit, money divided by its geometric mean, so that the unit of money changes nothing. */
export function inUnitsOfTheirMean(all: SpendStates): InUnits {
  const [x, mean, count] = [new Int32Array(all.length), new Float64Array(all.length), new Float64Array(all.length)];
  let [length, customers, logs] = [0, 0, 0];
  for (let i = 0; i < all.length; i++) {
    if (all.x[i]! < 1 || !(all.mean[i]! > 0)) continue;
    x[length] = all.x[i]!;
    mean[length] = all.mean[i]!;
    count[length] = all.count[i]!;
    customers += all.count[i]!;
    logs += all.count[i]! * Math.log(all.mean[i]!);
    length++;
  }
  const unit = customers > 0 ? Math.exp(logs / customers) : 1;
  const states = {
    length,
    x: x.subarray(0, length),
    mean: mean.subarray(0, length).map((one) => one / unit),
    count: count.subarray(0, length),
  };
  return { states, customers, unit };
}

/** The states that enter a fit. @throws ClvError E304 too few customers */
export function enoughSpend(model: string, all: SpendStates): InUnits {
  const found = inUnitsOfTheirMean(all);
  if (found.customers >= MIN_REPEAT) return found;
  throw new ClvError('E304', { repeat: found.customers, model, min_repeat: MIN_REPEAT });
}

/** A fit to money in such units as one to money in currency units. @param money the parameters that have the unit of money */
export function scaled(fit: Fit, customers: number, unit: number, money: readonly number[]): Fit {
  const times = (i: number): number => (money.includes(i) ? unit : 1);
  return {
    ...fit,
    parameters: fit.parameters.map((parameter, i) => parameter * times(i)),
    logLikelihood: fit.logLikelihood - customers * Math.log(unit),
    covariance: fit.covariance.map((row, i) => row.map((c, j) => c * times(i) * times(j))),
  };
}
