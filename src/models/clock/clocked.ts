import type { Day } from '../../base/calendar.ts';
import type { States } from '../../data/states.ts';
import type { BuyingModel, Fit } from '../model.ts';
import { totalsOf } from '../states.ts';
import type { Clock } from './clock.ts';
import { TICKS, type Timing, tickedState, tickedStates, tickedWindow } from './ticks.ts';
import { pairPartsOf, partsOf, warpedWindow } from './windows.ts';

/**
 * A model on a clock: states are of days up to `asOf`, windows begin there, and parameters are per warped week. The likelihood
 * is that of purchases in warped weeks: all constants are in, except the density of a day in warped time, Σ ln f over all
 * repeat purchases with f the factor of the month of each, which is the same for all models on one clock.
 */
export function clocked(model: BuyingModel, clock: Clock, asOf: Day, ticks = TICKS): BuyingModel {
  const made = new Map<BuyingModel, BuyingModel>();
  const around = (other: BuyingModel): BuyingModel => {
    const known = made.get(other) ?? wrapped(other, { clock, asOf, ticks }, around);
    made.set(other, known);
    return known;
  };
  return around(model);
}

/** @param around wraps another model alike, once: a limit that several models share is one */
function wrapped(model: BuyingModel, timing: Timing, around: (other: BuyingModel) => BuyingModel): BuyingModel {
  const { clock, asOf, ticks } = timing;
  const { timePowers, limits, fitNear, evaluate, ranges, purchaseGradients, pairs, frequenciesAhead, buyAgain } = model;
  if (!timePowers) throw new TypeError(`${model.name} has no time for a clock`);
  const scale = timePowers.map((power) => ticks ** power);
  const own = (parameters: readonly number[]): number[] => parameters.map((value, i) => value * scale[i]!);
  const ticked = (states: States): States => tickedStates(states, timing);
  const inWeeks = (logLikelihood: number, states: States): number =>
    logLikelihood + Math.log(ticks) * totalsOf(states).purchases;
  const perWeek = (fit: Fit, states: States): Fit => ({
    ...fit,
    parameters: fit.parameters.map((value, i) => value / scale[i]!),
    covariance: fit.covariance.map((row, i) => row.map((value, j) => value / (scale[i]! * scale[j]!))),
    logLikelihood: inWeeks(fit.logLikelihood, states),
  });
  const { curve: _, ...rest } = model;
  return {
    ...rest,
    ...(limits && { limits: limits.map(around) }),
    clocked: {
      ...{ clock, asOf, model, around },
      dated: (day) => clocked(model, clock, day, ticks),
      inDays: () => clocked(model, clock, asOf, 1),
    },
    fit: (states, start) => perWeek(model.fit(ticked(states), start && own(start)), states),
    ...(fitNear && { fitNear: (states, near) => perWeek(fitNear(ticked(states), own(near)), states) }),
    ...(ranges && { ranges: ranges.map(({ low, high }, i) => ({ low: low / scale[i]!, high: high / scale[i]! })) }),
    ...(evaluate && {
      evaluate(states, parameters) {
        const { value, gradient, hessian } = evaluate(ticked(states), own(parameters));
        return {
          value: inWeeks(value, states),
          gradient: gradient.map((slope, i) => slope * scale[i]!),
          hessian: hessian.map((row, i) => row.map((bend, j) => bend * scale[i]! * scale[j]!)),
        };
      },
    }),
    logLikelihood: (states, parameters) => inWeeks(model.logLikelihood(ticked(states), own(parameters)), states),
    pAlive: (states, parameters) => model.pAlive(ticked(states), own(parameters)),
    purchases(states, parameters, pAlive, window) {
      const [times, values] = [ticked(states), own(parameters)];
      return summed(partsOf(clock, asOf, window), ({ window }) =>
        model.purchases(times, values, pAlive, tickedWindow(window, ticks)),
      );
    },
    ...(purchaseGradients && {
      // For intervals alone, for which whole days do.
      purchaseGradients(states, parameters, window) {
        const times = tickedStates(states, { clock, asOf, ticks: 1 });
        const parts = partsOf(clock, asOf, window).map(({ weight, window }) => ({
          weight,
          slopes: purchaseGradients(times, parameters, window),
        }));
        return parameters.map((_, i) => summed(parts, ({ slopes }) => slopes[i]!));
      },
    }),
    ...(pairs && {
      pairs(states, parameters, pAlive, window) {
        const [times, values] = [ticked(states), own(parameters)];
        return summed(pairPartsOf(clock, asOf, window), ({ window }) =>
          pairs(times, values, pAlive, tickedWindow(window, ticks)),
        );
      },
    }),
    frequencies: (states, parameters, most) => model.frequencies(ticked(states), own(parameters), most),
    ...(frequenciesAhead && {
      frequenciesAhead(states, parameters, pAlive, most, days) {
        const [part] = partsOf(clock, asOf, { delta: 0, days });
        const window = tickedWindow(part!.window, ticks);
        return frequenciesAhead(ticked(states), own(parameters), pAlive, most, window.days!);
      },
    }),
    ...(buyAgain && {
      buyAgain(states, parameters, pAlive, window) {
        const warped = warpedWindow(clock, asOf, window);
        return buyAgain(ticked(states), own(parameters), pAlive, tickedWindow(warped, ticks));
      },
    }),
    one(state, parameters, window) {
      const [times, values] = [tickedState(state, timing), own(parameters)];
      const parts = partsOf(clock, asOf, window).map(({ weight, window }) => {
        const { pAlive, purchases } = model.one(times, values, tickedWindow(window, ticks));
        return { pAlive, purchases: weight * purchases };
      });
      return { pAlive: parts[0]!.pAlive, purchases: parts.reduce((sum, { purchases }) => sum + purchases, 0) };
    },
  };
}

/** Σ weight · values. */
function summed<P extends { readonly weight: number }>(
  [first, ...others]: readonly P[],
  of: (part: P) => Float64Array,
): Float64Array {
  const sum = of(first!).map((value) => first!.weight * value);
  for (const part of others) for (const [i, value] of of(part).entries()) sum[i]! += part.weight * value;
  return sum;
}
