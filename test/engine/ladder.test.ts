import { describe, expect, it } from 'vitest';
import { Decimal } from '../../src/base/decimal.ts';
import { halfEvenUnits } from '../../src/base/money.ts';
import type { Factors, States } from '../../src/data/states.ts';
import { deltaPerDay } from '../../src/engine/discount.ts';
import { type Belief, factorsUnder, openingRungs } from '../../src/engine/ladder.ts';
import { bgBb } from '../../src/models/bg-bb/family.ts';
import { paretoNbd } from '../../src/models/pareto-nbd/pareto-nbd.ts';
import { BUYING_MODELS } from '../../src/models/registry.ts';
import { gammaGamma } from '../../src/models/spend/gamma-gamma.ts';
import { gamma, statesOf, uniform } from '../models/customers.ts';

/** The parameters of the CDNOW sample, in weeks, and its discount rate. */
const BUYING = [0.55328, 10.57768, 0.60624, 11.66874] as const;
const SPEND = [6.24957, 3.74422, 15.44352] as const;
const DELTA = deltaPerDay(new Decimal('0.15'));

const beliefIn = (model: Belief['model'], parameters: readonly number[]): Belief => ({
  model,
  parameters,
  credibility: (purchases) => gammaGamma.credibility(purchases, SPEND),
  spendFrom: 'repeat',
});
const worthOf = (factors: Factors, i: number, mean: number): number =>
  factors.dert[i]! * (factors.spendBase[i]! + factors.spendMultiplier[i]! * mean);

const CUSTOMERS = [
  { x: 0, recency: 0, age: 270, mean: 0 },
  { x: 1, recency: 3, age: 270, mean: 11.77 },
  { x: 2, recency: 213, age: 272, mean: 22.35 },
  { x: 26, recency: 216, age: 217, mean: 61.5 },
  { x: 5, recency: 0, age: 1, mean: 4 },
];

/** Simpson's rule over days from `from` to `to` of a customer's discounted chance to live on, time taken in logarithms. */
function discountedLife(age: number, from: number, to: number): number {
  const [, , s, beta] = BUYING;
  const steps = 20_000;
  const [low, high] = [Math.log1p(from / 7), Math.log1p(to / 7)];
  const width = (high - low) / steps;
  let sum = 0;
  for (let k = 0; k <= steps; k++) {
    const week = Math.expm1(low + k * width);
    const weight = k === 0 || k === steps ? 1 : k % 2 === 1 ? 4 : 2;
    const life = (1 + week / (beta + age / 7)) ** -s;
    sum += weight * life * Math.exp(-DELTA * 7 * week) * (1 + week);
  }
  return (sum * width) / 3;
}

describe('rungs of the opening', () => {
  it.each([null, 365.25, 60])(
    'horizon %s days: unwinding, release and rolling on are the integral of DERT, to the cent a customer',
    (horizon) => {
      const days = 92;
      const belief = beliefIn(paretoNbd, BUYING);
      const growth = Math.exp(DELTA * days);
      const never = 60 / DELTA;
      for (const customer of CUSTOMERS) {
        const { pAlive } = paretoNbd.one(customer, BUYING, { delta: DELTA, days: 1 });
        const { base, weight } = belief.credibility(customer.x);
        const rate =
          (pAlive * (BUYING[0] + customer.x) * (base + weight * customer.mean)) / (BUYING[1] + customer.age / 7);
        const worth = (from: number, to: number): number =>
          to > from ? rate * discountedLife(customer.age, from, to) : 0;
        const end = horizon ?? never;
        const wanted = [
          worth(0, end),
          growth * worth(0, end),
          growth * worth(days, end),
          growth * worth(days, horizon === null ? never : horizon + days),
        ];
        const { rungs } = openingRungs(belief, statesOf([customer]), { delta: DELTA, days: horizon }, days);
        const cents = rungs.map((rung) => halfEvenUnits(worthOf(rung, 0, customer.mean), 2));
        expect(cents).toEqual(wanted.map((value) => halfEvenUnits(value, 2)));
      }
    },
  );

  it.each(BUYING_MODELS.map(({ name }) => name))('%s: without any time all rungs are the opening', (name) => {
    const model = BUYING_MODELS.find((one) => one.name === name)!;
    const parameters = {
      'bg-nbd': [0.243, 4.414, 0.793, 2.426],
      'mbg-nbd': [0.525, 6.18, 0.891, 1.614],
      'bg-cnbd-k': [0.243, 4.414, 0.793, 2.426],
      'mbg-cnbd-k': [0.525, 6.18, 0.891, 1.614],
    };
    const own = { ...parameters, 'pareto-nbd': BUYING, 'ggom-nbd': [0.553, 10.58, 0.0002, 0.603, 0.0026] };
    const belief = beliefIn(model, own[name as keyof typeof own]);
    for (const horizon of [null, 365.25]) {
      const window = { delta: DELTA, days: horizon };
      const { rungs, expected } = openingRungs(belief, statesOf(CUSTOMERS), window, 0);
      const { dert } = factorsUnder(belief, statesOf(CUSTOMERS), window);
      for (const rung of rungs) expect([...rung.dert]).toEqual([...dert]);
      expect([...expected.dert]).toEqual(CUSTOMERS.map(() => 0));
    }
  });
});

describe('rungs of customers who buy at occasions', () => {
  const MONTH = 30.4375;
  const model = bgBb(MONTH, '1m');
  const parameters = [1.2, 0.75, 0.66, 2.78];
  const at = (x: number, last: number, n: number) => ({
    x,
    recency: Math.round(last * MONTH),
    age: Math.round(n * MONTH),
    mean: 0,
  });

  it.each([
    [0, 0, 6, null],
    [3, 4, 6, null],
    [2, 6, 6, 365.25],
    [5, 5, 5, 2 * MONTH],
  ])(
    'of %d purchases, the last at %d of %d: every history of three more averages to what is foreseen (%s days)',
    (x, last, n, days) => {
      const window = { delta: DELTA, days };
      const likelihood = (state: ReturnType<typeof at>): number =>
        Math.exp(model.logLikelihood(statesOf([state]), parameters));
      let [all, later] = [0, 0];
      for (let path = 0; path < 8; path++) {
        const bought = [1, 2, 3].filter((i) => path & (1 << (i - 1)));
        const state = at(x + bought.length, bought.length > 0 ? n + bought.at(-1)! : last, n + 3);
        const chance = likelihood(state) / likelihood(at(x, last, n));
        const [dert] = factorsUnder(beliefIn(model, parameters), statesOf([state]), window).dert;
        all += chance;
        later += chance * dert!;
      }
      const { rungs } = openingRungs(beliefIn(model, parameters), statesOf([at(x, last, n)]), window, 3 * MONTH);
      expect(all).toBeCloseTo(1, 12);
      expect(later).toBeCloseTo(rungs[3]!.dert[0]!, 11);
    },
  );
});

/** Parts of a day in which the simulation counts time, so that whole numbers of them lose next to nothing. */
const PARTS = 20;
const WEEK = 7 * PARTS;

/** A customer of the simulation: purchases and their money, known at the opening and at the closing. */
interface Life {
  readonly age: number;
  /** x, t_x and the sum of the money. */
  readonly opening: readonly [number, number, number];
  readonly closing: readonly [number, number, number];
}

/** Customers as Pareto/NBD and gamma–gamma have them, first bought 8, 20 or 39 weeks before the opening. */
function simulated(size: number, weeks: number): Life[] {
  const [r, alpha, s, beta] = BUYING;
  const [p, q, scale] = SPEND;
  const random = uniform(1997);
  return Array.from({ length: size }, (_, i) => {
    const age = [8, 20, 39][i % 3]!;
    const rate = gamma(r, random) / alpha;
    const end = Math.min(age + weeks, (-Math.log(random()) * beta) / gamma(s, random));
    const spend = gamma(q, random) / scale;
    let opening: Life['opening'] = [0, 0, 0];
    let closing = opening;
    const pause = (): number => -Math.log(random()) / rate;
    for (let week = pause(); week < end; week += pause()) {
      const money = gamma(p, random) / spend;
      closing = [closing[0] + 1, Math.round(week * WEEK), closing[2] + money];
      if (week <= age) opening = closing;
    }
    return { age: age * WEEK, opening, closing };
  });
}

/** Customers one by one as states, in the order of x; `order` says who is where. */
function statesAt(
  lives: readonly Life[],
  at: 'opening' | 'closing',
  days: number,
): { states: States; order: number[] } {
  const order = lives.map((_, i) => i).sort((a, b) => lives[a]![at][0] - lives[b]![at][0]);
  const column = (of: (life: Life) => number): Int32Array => Int32Array.from(order, (i) => of(lives[i]!));
  const states = {
    length: lives.length,
    x: column((life) => life[at][0]),
    recency: column((life) => life[at][1]),
    age: column((life) => life.age + days),
    count: new Float64Array(lives.length).fill(1),
  };
  return { states, order };
}

describe('experience of simulated customers', () => {
  const weeks = 26;
  const days = weeks * WEEK;
  const lives = simulated(40_000, weeks);
  const [r, alpha, s, beta] = BUYING;
  const belief = beliefIn(paretoNbd, [r, alpha * PARTS, s, beta * PARTS]);
  const [before, after] = [statesAt(lives, 'opening', 0), statesAt(lives, 'closing', days)];

  /** Of every customer. */
  const values = (factors: Factors, order: readonly number[], at: 'opening' | 'closing'): Float64Array => {
    const found = new Float64Array(lives.length);
    for (const [row, i] of order.entries()) {
      const [x, , money] = lives[i]![at];
      found[i] = worthOf(factors, row, x === 0 ? 0 : money / x);
    }
    return found;
  };

  /** Mean of the differences in their standard errors. */
  const standing = (found: Float64Array, foreseen: Float64Array): number => {
    const gaps = found.map((value, i) => value - foreseen[i]!);
    const mean = gaps.reduce((sum, gap) => sum + gap, 0) / gaps.length;
    const variance = gaps.reduce((sum, gap) => sum + (gap - mean) ** 2, 0) / (gaps.length - 1);
    return mean / Math.sqrt(variance / gaps.length);
  };

  it.each([
    ['lifetime', null],
    ['a year', 365.25],
    ['shorter than the period', 91],
  ])('averages to zero: horizon %s', (_, horizon) => {
    const window = { delta: DELTA / PARTS, days: horizon === null ? null : horizon * PARTS };
    const { rungs, expected } = openingRungs(belief, before.states, window, days);
    const foreseen = values(rungs[3]!, before.order, 'opening');
    const found = values(factorsUnder(belief, after.states, window), after.order, 'closing');
    expect(Math.abs(standing(found, foreseen))).toBeLessThan(4);
    const realised = Float64Array.from(lives, ({ opening, closing }) => closing[2] - opening[2]);
    expect(Math.abs(standing(realised, values(expected, before.order, 'opening')))).toBeLessThan(4);
  });
});
