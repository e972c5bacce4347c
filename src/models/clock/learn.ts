import { type Day, dayOf, daysInMonth } from '../../base/calendar.ts';
import type { DailyPurchases } from '../../data/customers.ts';
import type { States } from '../../data/states.ts';
import { type Fitting, fitOrLimit } from '../limits.ts';
import type { BuyingModel } from '../model.ts';
import { sampleOf } from '../states.ts';
import { Clock, COMMON, EVEN, monthOf } from './clock.ts';
import { clocked } from './clocked.ts';

const ROUNDS = 3;
/** Factors need no parts of a day. */
const TICKS = 1;
/** Purchases that each month is given beside its own, so that one with few of them stays near 1. */
const PRIOR = 30;

/** A clock, with the model to fit on it. */
export interface LearnedClock {
  readonly clock: Clock;
  /** The model that was asked for, or where its likelihood is highest at an edge on this clock its limit there. */
  readonly model: BuyingModel;
  /** Parameters near its optimum. */
  readonly start: readonly number[];
}

/**
 * The clock of customers: from one that runs alike on, three times, f_m ← f_m (a_m + 30)/(e_m + 30), a the repeat purchases in
 * month m of all years, e those that the model expects on the clock so far, scaled to as many in all. Of many states a sample
 * tells the parameters that e needs.
 * @param near parameters that should be close @throws ClvError what the fit throws
 */
export function learnClock(
  asked: BuyingModel,
  states: States,
  daily: DailyPurchases,
  near?: readonly number[],
): LearnedClock {
  const { asOf } = daily;
  const newcomers = newcomersOf(states, asOf);
  const repeats = repeatsByMonth(daily, newcomers);
  const learned = { days: asOf - Math.min(...newcomers.keys()) + 1, repeats, whole: wholeMonths(newcomers, asOf) };
  let clock = EVEN;
  let model = asked;
  let start = near;
  const refitted = (known: States): Fitting<BuyingModel> => {
    const fitting = fitOrLimit(clocked(model, clock, asOf, TICKS), known, start);
    model = fitting.model.clocked!.model;
    start = fitting.fit.parameters;
    return fitting;
  };
  const sample = sampleOf(states);
  for (let round = 0; round < ROUNDS; round++) {
    const expected = expectedByMonth(refitted(sample ?? states), clock, newcomers, asOf);
    const share = sum(repeats) / sum(expected);
    const factors = clock.factors.map((f, m) => (f * (repeats[m]! + PRIOR)) / (expected[m]! * share + PRIOR));
    clock = new Clock(normal(factors), learned);
  }
  if (model !== asked) {
    // What was an edge on the clock that runs alike, or of a sample, need be none on this one.
    [model, start] = [asked, undefined];
    refitted(states);
  }
  return { clock, model, start: start! };
}

/** Customers by the day of their first purchase. */
function newcomersOf({ length, age, count }: States, asOf: Day): ReadonlyMap<Day, number> {
  const customers = new Map<Day, number>();
  for (let i = 0; i < length; i++) {
    const day = asOf - age[i]!;
    customers.set(day, (customers.get(day) ?? 0) + count[i]!);
  }
  return customers;
}

function repeatsByMonth({ day, purchases }: DailyPurchases, newcomers: ReadonlyMap<Day, number>): number[] {
  const repeats = Array.from({ length: 12 }, () => 0);
  day.forEach((date, i) => {
    repeats[monthOf(date)[1] - 1]! += purchases[i]!;
  });
  for (const [date, customers] of newcomers) repeats[monthOf(date)[1] - 1]! -= customers;
  return repeats;
}

/** How often each month of the year was seen from its first day to its last. */
function wholeMonths(newcomers: ReadonlyMap<Day, number>, asOf: Day): number[] {
  const seen = Array.from({ length: 12 }, () => 0);
  for (let [year, month] = monthOf(Math.min(...newcomers.keys()) - 1); ; ) {
    [year, month] = month === 12 ? [year + 1, 1] : [year, month + 1];
    if (dayOf(year, month, daysInMonth(year, month)) > asOf) return seen;
    seen[month - 1]!++;
  }
}

/** Repeat purchases that a model expects in each month of the year, of all years together. */
function expectedByMonth(
  { model, fit: { parameters } }: Fitting<BuyingModel>,
  clock: Clock,
  newcomers: ReadonlyMap<Day, number>,
  asOf: Day,
): number[] {
  const first = Math.min(...newcomers.keys());
  const [start, end] = [clock.at(first), clock.at(asOf)];
  const until = curveOf(model.clocked!.model, parameters, end - start);
  const [year, month] = monthOf(first);
  const born = Array.from(newcomers, ([day, customers]) => ({ day, customers, at: clock.at(day) }));
  const expected = Array.from({ length: 12 }, () => 0);
  for (let m = month - 1, from = first; from < asOf; m++) {
    const to = Math.min(asOf, dayOf(year + Math.floor((m + 1) / 12), ((m + 1) % 12) + 1, 1) - 1);
    const [before, after] = [clock.at(from), clock.at(to)];
    for (const { day, customers, at } of born)
      if (day < to) expected[m % 12]! += customers * (until(after - at) - until(Math.max(0, before - at)));
    from = to;
  }
  return expected;
}

/** Purchases that are expected of a new customer within so many warped days: at whole ones, and between them by a line. */
function curveOf(model: BuyingModel, parameters: readonly number[], days: number): (days: number) => number {
  const newcomer = { x: 0, recency: 0, age: 0 };
  const within = (day: number): number => model.one(newcomer, parameters, { delta: 0, days: day }).purchases;
  const each = (spans: readonly number[]) => model.curve?.(parameters, spans) ?? spans.map(within);
  const at = smooth((knots) => [0, ...each(knots.slice(1))], Math.ceil(days) + 1);
  return (warped) => {
    const day = Math.floor(warped);
    return at[day]! + (warped - day) * (at[day + 1]! - at[day]!);
  };
}

/** Days at which a curve is asked for; between them it is that of a cubic through the four nearest (Lagrange). */
const KNOTS = 64;

/** A smooth curve at 0, 1 … last: asked for at days, 0 first, that lie closer together the earlier they are. */
function smooth(of: (days: readonly number[]) => readonly number[], last: number): Float64Array {
  const days = new Set(Array.from({ length: KNOTS }, (_, k) => Math.round(last * (k / (KNOTS - 1)) ** 2)));
  for (let day = 0; day < Math.min(last, NODES); day++) days.add(day);
  const knots = [...days].sort((a, b) => a - b);
  const values = of(knots);
  const curve = new Float64Array(last + 1);
  for (let day = 0, after = 0; day <= last; day++) {
    while (knots[after]! < day) after++;
    const from = Math.min(Math.max(0, after - 2), Math.max(0, knots.length - NODES));
    curve[day] =
      knots[after] === day ? values[after]! : cubicAt(day, knots.slice(from, from + NODES), values.slice(from));
  }
  return curve;
}

/** Nodes of a cubic. */
const NODES = 4;

function cubicAt(day: number, nodes: readonly number[], values: readonly number[]): number {
  return nodes.reduce((sum, node, i) => {
    const weight = nodes.reduce(
      (product, other, j) => (i === j ? product : (product * (day - other)) / (node - other)),
      1,
    );
    return sum + weight * values[i]!;
  }, 0);
}

/** Factors whose mean over the days of a year is 1. */
function normal(factors: readonly number[]): number[] {
  const days = sum(factors.map((factor, m) => factor * daysInMonth(COMMON, m + 1)));
  return factors.map((factor) => (factor * 365) / days);
}

function sum(values: readonly number[]): number {
  return values.reduce((all, value) => all + value, 0);
}
