import { describe, expect, it } from 'vitest';
import type { Population } from '../../../src/data/customers.ts';
import type { RollUpName } from '../../../src/data/movement.ts';
import type { Ledger } from '../../../src/ledger/ledger.ts';
import type { RollUpPlan } from '../../../src/ledger/plan.ts';
import type { FittedCustomers } from '../../../src/valuation/fit.ts';
import { Fits } from '../../../src/valuation/ladder/fits.ts';

/** A ledger of tables that each hold the plan of their last roll-up. */
function tables() {
  const held = new Map<RollUpName, RollUpPlan>();
  const made: unknown[] = [];
  const ledger = {
    rollUp: async (plan: RollUpPlan, name: RollUpName) => {
      held.set(name, plan);
      made.push(plan.asOf);
      return { asOf: plan.asOf } as Population;
    },
  } as unknown as Ledger;
  return { ledger, held, made };
}

const plan = (asOf: number, openingMargins = false) =>
  ({ asOf, spendFrom: 'repeat', fillMeans: false, openingMargins }) as const;

describe('fits of a series', () => {
  it('roll up each date once where the closing of a period is the opening of the next', async () => {
    const { ledger, held, made } = tables();
    const fits = new Fits();
    for (const from of [1, 2, 3, 4]) {
      const rolled = await fits.rollUps(ledger, [plan(from), plan(from + 1)], () => {});
      expect(rolled.map(({ name }) => held.get(name))).toEqual([plan(from), plan(from + 1)]);
      expect(rolled.map(({ population }) => population.asOf)).toEqual([from, from + 1]);
    }
    expect(made).toEqual([1, 2, 3, 4, 5]);
  });

  it('hold the tables that a comparison needs at once apart, whatever stood before', async () => {
    const { ledger, held } = tables();
    const fits = new Fits();
    const both = (from: number, to: number) => [plan(from, true), plan(to, true), plan(from), plan(to)];
    for (const plans of [both(1, 2), [plan(2), plan(3)], [plan(3), plan(4)], both(1, 4), both(4, 4)]) {
      const rolled = await fits.rollUps(ledger, plans, () => {});
      expect(rolled.map(({ name }) => held.get(name))).toEqual(plans);
    }
  });

  it('take over a roll-up with its fit and never write its table', async () => {
    const { ledger, made } = tables();
    const fits = new Fits();
    const [known, other] = [{ source: null }, { source: 'made' }] as FittedCustomers[];
    const customers = { name: 'customers', plan: plan(9), population: { asOf: 9 } as Population } as const;
    fits.know(customers, { saved: null }, known!);
    const [opening, closing] = await fits.rollUps(ledger, [plan(8), plan(9)], () => {});
    expect([opening!.name === 'customers', closing, made]).toEqual([false, customers, [8]]);
    expect(await fits.of(closing!, { saved: null }, async () => other!)).toBe(known);
    expect(await fits.of(opening!, { saved: null }, async () => other!)).toBe(other);
    expect(await fits.of(opening!, { saved: null }, async () => known!)).toBe(other);
  });
});
