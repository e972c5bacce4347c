import { createHash } from 'node:crypto';
import type { SpendStates, States } from '../data/states.ts';
import type { KeptFits } from '../ledger/kept-fits.ts';
import { type Fitting, fitOrLimit, withLimits } from '../models/limits.ts';
import type { BuyingModel } from '../models/model.ts';
import type { SpendModel } from '../models/spend/spend.ts';

/** What a result depends on: plain values, and columns of numbers. */
type Ground = string | number | boolean | null | undefined | readonly Ground[] | Int32Array | Float64Array;

/**
 * The result of some work, or what was kept of it when it was done on the same grounds.
 * @param fits null where nothing is kept @param grounds all that the result depends on
 * @param work its result is plain data, which JSON gives back as it is; otherwise it is done each time
 */
export function keptOr<T>(fits: KeptFits | null, what: string, grounds: readonly Ground[], work: () => T): T {
  if (!fits) return work();
  const key = digestOf([what, ...grounds]);
  const known = fits.find(key);
  if (known !== undefined) return known as T;
  const done = work();
  fits.keep(key, done);
  return done;
}

/** What tells a model of buying from every other, its parameters apart. */
export function modelGrounds({ name, regularity, timeUnit, whenOne, ofRegularity, clocked }: BuyingModel): Ground[] {
  const clock = clocked && [clocked.clock.learned !== null, ...clocked.clock.factors];
  return [name, regularity, timeUnit, whenOne?.name, ofRegularity !== undefined, clock];
}

export function stateGrounds({ x, recency, age, count, logGaps }: States): Ground[] {
  return [x, recency, age, count, logGaps];
}

/** Fits a model of spend, or the limit that it tends to, unless that is kept. @throws ClvError E302, E303, E304, E330 */
export function fitSpend(fits: KeptFits | null, asked: SpendModel, states: SpendStates): Fitting<SpendModel> {
  const { model, fit } = keptOr(fits, 'spend', [asked.name, states.x, states.mean, states.count], () => {
    const found = fitOrLimit(asked, states);
    return { model: found.model.name, fit: found.fit };
  });
  return { model: withLimits([asked]).find(({ name }) => name === model)!, fit };
}

/** A hash of grounds, each with its kind and length, so that no two lists of them are told alike. */
export function digestOf(grounds: readonly Ground[]): string {
  const hash = createHash('sha256');
  const add = (ground: Ground): void => {
    if (ground instanceof Int32Array || ground instanceof Float64Array) {
      hash.update(`${ground.constructor.name} ${ground.length}\n`);
      hash.update(new Uint8Array(ground.buffer, ground.byteOffset, ground.byteLength));
    } else if (typeof ground === 'object' && ground !== null) {
      hash.update(`list ${ground.length}\n`);
      for (const one of ground) add(one);
    } else {
      const text = String(ground);
      hash.update(`${typeof ground} ${Buffer.byteLength(text)} ${text}\n`);
    }
  };
  add(grounds);
  return hash.digest('hex').slice(0, 32);
}
