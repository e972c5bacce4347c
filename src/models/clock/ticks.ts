import type { Day } from '../../base/calendar.ts';
import type { States } from '../../data/states.ts';
import type { OneState, PurchaseWindow } from '../model.ts';
import { totalsOf } from '../states.ts';
import type { Clock } from './clock.ts';

/**
 * Models work on whole days: on a clock they are handed whole ticks of warped time, so many to a day. The fewer, the faster;
 * of the CDNOW sample's 539 purchases in 91 days whole days move .29, two ticks .19, four .04, eight .03, sixteen .02.
 */
export const TICKS = 8;

/** A clock as of a day, and its ticks a day. */
export interface Timing {
  readonly clock: Clock;
  readonly asOf: Day;
  readonly ticks: number;
}

/**
 * States of days up to a day, in ticks. Those that become equal stay apart, in their order. The gaps between purchases keep
 * their days: only the k of a model is judged by them, and no parameter.
 */
export function tickedStates(states: States, { clock, asOf, ticks }: Timing): States {
  const { length, x, recency, age, count, logGaps } = states;
  const oldest = age.reduce((most, days) => Math.max(most, days), 0);
  const now = clock.at(asOf);
  const before = Float64Array.from({ length: oldest + 1 }, (_, days) => ticks * (now - clock.at(asOf - days)));
  const ticked = {
    ...{ length, x, recency: new Int32Array(length), age: new Int32Array(length), count },
    ...(logGaps !== undefined && { logGaps: logGaps + Math.log(ticks) * totalsOf(states).purchases }),
  };
  for (let i = 0; i < length; i++) {
    const born = before[age[i]!]!;
    ticked.recency[i] = Math.round(born - before[age[i]! - recency[i]!]!);
    ticked.age[i] = Math.round(born);
  }
  return ticked;
}

/** One customer, whose times need not be whole. */
export function tickedState({ x, recency, age }: OneState, { clock, asOf, ticks }: Timing): OneState {
  const born = clock.at(asOf - age);
  return {
    x,
    recency: ticks * (clock.at(asOf - age + recency) - born),
    age: ticks * (clock.at(asOf) - born),
  };
}

/** A window of warped days. */
export function tickedWindow({ delta, days }: PurchaseWindow, ticks: number): PurchaseWindow {
  return { delta: delta / ticks, days: days === null ? null : days * ticks };
}
