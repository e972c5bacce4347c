import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { accuracyOf } from '../../src/engine/holdout-accuracy.ts';
import { decilesOf } from '../../src/engine/holdout-deciles.ts';
import { standingBy } from '../../src/engine/standing.ts';
import { type Case, type Customer, cases } from './holdout-customers.ts';

const sum = (values: readonly number[]) => values.reduce((total, value) => total + value, 0);
const near = (value: number, wanted: number) => expect(value).toBeCloseTo(wanted, 8);

function found({ states, outcomes, predicted }: Case) {
  const standing = standingBy(predicted, states.count);
  return {
    accuracy: accuracyOf(states, outcomes, predicted, standing),
    deciles: decilesOf(states, outcomes, predicted, predicted, standing),
  };
}

/** Chance of a customer to stand on the places from first to before end, ties broken at random. */
function chance(values: readonly number[], value: number, first: number, end: number): number {
  const higher = values.filter((other) => other > value).length;
  const equal = values.filter((other) => other === value).length;
  const places = Array.from({ length: equal }, (_, i) => higher + i);
  return places.filter((place) => place >= first && place < end).length / equal;
}

function spearman(customers: readonly Customer[]): number {
  const ranks = (of: (customer: Customer) => number): number[] =>
    customers.map((one) => {
      const before = customers.filter((other) => of(other) < of(one)).length;
      return before + (customers.filter((other) => of(other) === of(one)).length + 1) / 2;
    });
  const [a, b] = [ranks((one) => one.predicted), ranks((one) => one.bought)];
  const middle = (customers.length + 1) / 2;
  const product = (p: number[], q: number[]) => sum(p.map((rank, i) => (rank - middle) * (q[i]! - middle)));
  return product(a, b) / Math.sqrt(product(a, a) * product(b, b));
}

describe('accuracy', () => {
  it('is that of the customers one by one', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { customers } = given;
        const { accuracy } = found(given);
        const misses = customers.map(({ predicted, bought }) => bought - predicted);
        near(accuracy.mae, sum(misses.map(Math.abs)) / customers.length);
        near(accuracy.rmse, Math.sqrt(sum(misses.map((miss) => miss * miss)) / customers.length));
        const wanted = spearman(customers);
        if (Number.isNaN(wanted)) expect(accuracy.spearman).toBeNaN();
        else near(accuracy.spearman, wanted);
        const top = Math.floor(customers.length / 10);
        const [predicted, bought] = [customers.map((one) => one.predicted), customers.map((one) => one.bought)];
        const both = customers.map(
          (one) => chance(predicted, one.predicted, 0, top) * chance(bought, one.bought, 0, top),
        );
        near(accuracy.topDecileFound, sum(both) / top);
      }),
    );
  });
});

describe('deciles', () => {
  it('are ten groups alike in size that hold everybody, ties shared', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const { customers } = given;
        const { deciles } = found(given);
        const sizes = deciles.map((decile) => decile.customers);
        expect(Math.max(...sizes) - Math.min(...sizes)).toBeLessThanOrEqual(1);
        expect(sum(sizes)).toBe(customers.length);
        const predicted = customers.map((one) => one.predicted);
        let first = 0;
        for (const decile of deciles) {
          const end = first + decile.customers;
          const within = customers.map((one) => chance(predicted, one.predicted, first, end));
          near(decile.predicted, sum(customers.map((one, i) => within[i]! * one.predicted)));
          near(decile.actual, sum(customers.map((one, i) => within[i]! * one.bought)));
          near(decile.actualMargin, sum(customers.map((one, i) => within[i]! * one.margin)));
          first = end;
        }
      }),
    );
  });

  it('fall from the first to the last in what was predicted', () => {
    fc.assert(
      fc.property(cases, (given) => {
        const means = found(given).deciles.map(({ predicted, customers }) => predicted / customers);
        for (let k = 1; k < 10; k++) expect(means[k]!).toBeLessThanOrEqual(means[k - 1]! + 1e-12);
      }),
    );
  });
});
