import fc from 'fast-check';
import { Decimal } from '../../src/base/decimal.ts';
import type { Ledger } from '../../src/ledger/ledger.ts';
import type { LoadPlan } from '../../src/ledger/plan.ts';

/** Valued customers whose every figure is near a place where roundings part. */
export const DATES = ['2024-01-05', '2024-01-09', '2024-02-29', '2025-12-31'];
/** Values whose digits after the sixth decide, ties among them, and that are as large as they come. */
const FIGURES = [0, 1, 0.5, 1 / 128, 3 / 128, 0.9999995, 0.0000005, 12.3456785, 1e-9, 123456.7890625];

/** The figures of states, in turn. */
export const figures = fc.array(fc.oneof(fc.constantFrom(...FIGURES), fc.double({ min: 0, max: 1e4, noNaN: true })), {
  minLength: 3,
  maxLength: 7,
});

export const rates = fc.constantFrom('1', '0.333333', '0.35', '-0.2', '0.000001');

/** Loads, rolls up and values by these figures, with intervals of customers and days of their next purchases. */
export async function value(ledger: Ledger, plan: LoadPlan, digits: number, figures: readonly number[]): Promise<void> {
  await ledger.load(plan);
  await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
  const { states } = await ledger.states();
  const column = (from: number): Float64Array =>
    Float64Array.from({ length: states.length }, (_, i) => figures[(i + from) % figures.length]!);
  const [spendBase, spendMultiplier] = [column(2), column(3)];
  const share = (from: number): Float64Array => column(from).map((figure) => figure / 1e6);
  const confidence = {
    below: share(0),
    above: share(1),
    base: spendBase.map((base) => (base / 10) ** 2),
    linear: spendBase.map(() => 0),
    quadratic: spendMultiplier.map((weight) => (weight / 5) ** 2),
  };
  const bounds = {
    prediction: { low: column(1), high: column(0) },
    confidence: figures.length % 2 === 0 ? null : confidence,
  };
  const days = (from: number): Float64Array => column(from).map((figure) => 1 + Math.floor(figure % 7000));
  const next = { buysAgain: share(0), from: days(1), median: days(2), to: days(3) };
  await ledger.value({ states, pAlive: column(0), dert: column(1), spendBase, spendMultiplier, bounds, next }, digits);
}

export const amounts = fc.oneof(
  fc.integer({ min: -20_000_000, max: 90_000_000 }).map((units) => new Decimal(units).div(10_000).toFixed(4)),
  fc.integer({ min: 0, max: 4000 }).map((units) => new Decimal(units).times('0.005').toFixed(3)),
  fc.constantFrom('99999999999999.9999', '0.0050', '0.0149', '-0.0051', '0', '12345678.1250', '-99999999.9950'),
);
