import { ClvError } from '../../src/base/errors.ts';
import type { SpendStates, States } from '../../src/data/states.ts';

/** A customer as models see it; times in days. */
export interface Customer {
  readonly x: number;
  readonly recency: number;
  readonly age: number;
  readonly mean?: number;
}

/** Distinct states, counted and sorted. */
export function statesOf(customers: readonly Customer[]): States {
  const rows = counted(customers.map(({ x, recency, age }) => [x, recency, age]));
  return {
    length: rows.length,
    x: Int32Array.from(rows, ({ key }) => key[0]!),
    recency: Int32Array.from(rows, ({ key }) => key[1]!),
    age: Int32Array.from(rows, ({ key }) => key[2]!),
    count: Float64Array.from(rows, ({ count }) => count),
  };
}

export function spendStatesOf(customers: readonly Customer[]): SpendStates {
  const rows = counted(customers.filter(({ x }) => x > 0).map(({ x, mean }) => [x, mean ?? 0]));
  return {
    length: rows.length,
    x: Int32Array.from(rows, ({ key }) => key[0]!),
    mean: Float64Array.from(rows, ({ key }) => key[1]!),
    count: Float64Array.from(rows, ({ count }) => count),
  };
}

function counted(keys: readonly number[][]): { key: number[]; count: number }[] {
  const found = new Map<string, { key: number[]; count: number }>();
  for (const key of keys) {
    const row = found.get(key.join());
    if (row) row.count++;
    else found.set(key.join(), { key, count: 1 });
  }
  const difference = (a: number[], b: number[]): number => a.map((v, i) => v - b[i]!).find((d) => d !== 0) ?? 0;
  return [...found.values()].sort((a, b) => difference(a.key, b.key));
}

/** A seeded stream of uniform numbers in (0, 1): mulberry32. */
export function uniform(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return (((t ^ (t >>> 14)) >>> 0) + 0.5) / 4294967296;
  };
}

/** Gamma(shape, 1): Marsaglia & Tsang 2000. */
export function gamma(shape: number, random: () => number): number {
  if (shape < 1) return gamma(shape + 1, random) * random() ** (1 / shape);
  const d = shape - 1 / 3;
  for (;;) {
    const normal = Math.sqrt(-2 * Math.log(random())) * Math.cos(2 * Math.PI * random());
    const v = (1 + normal / Math.sqrt(9 * d)) ** 3;
    if (v > 0 && Math.log(random()) < (normal * normal) / 2 + d - d * v + d * Math.log(v)) return d * v;
  }
}

/** Customers as Pareto/NBD has them. */
export function simulatePareto(
  size: number,
  weeks: number,
  draw: (random: () => number) => { rate: number; dropout: number },
  seed: number,
): Customer[] {
  return simulateLives(
    size,
    weeks,
    (random) => {
      const { rate, dropout } = draw(random);
      return { rate, life: -Math.log(random()) / dropout };
    },
    seed,
  );
}

/** Customers who live for so many weeks, first purchases spread over the first half, purchase times cut to days. */
export function simulateLives(
  size: number,
  weeks: number,
  draw: (random: () => number) => { rate: number; life: number },
  seed: number,
): Customer[] {
  const random = uniform(seed);
  return Array.from({ length: size }, () => {
    const age = Math.floor(weeks * 7 * (1 - random() / 2));
    const { rate, life } = draw(random);
    const end = Math.min(age / 7, life);
    const days = new Set<number>();
    let week = -Math.log(random()) / rate;
    while (week < end) {
      days.add(Math.ceil(week * 7));
      week += -Math.log(random()) / rate;
    }
    return { x: days.size, recency: Math.max(0, ...days), age };
  });
}

/** The error that a call raises on purpose. */
export function errorOf(run: () => unknown): ClvError {
  try {
    run();
  } catch (error) {
    if (error instanceof ClvError) return error;
    throw error;
  }
  throw new Error('no error');
}
