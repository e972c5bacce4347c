import { expect, it } from 'vitest';
import { subscriptionLater, subscriptionOf } from '../../../src/engine/subscriptions/of-payments.ts';
import { customersOf } from '../../../src/engine/subscriptions/payments-of-rows.ts';
import { blocksOf, day, rowsOf, rules } from './payments.ts';

it('a subscription as of a later day has the terms it had, unless something was paid between', async () => {
  const M10 = rules('1m', { grace: 10 });
  const rows = rowsOf('2024-01-10 10', '2024-02-10 10', '2024-03-10 10');
  for await (const [customer] of customersOf(blocksOf(rows, day('2024-12-31')))) {
    const [one] = customer!.subscriptions;
    const at = (text: string) => subscriptionOf(customer!, one!, M10, day(text));
    const known = { at: at('2024-02-15'), rules: M10, asOf: day('2024-02-15') };
    const later = (text: string, of = M10) => subscriptionLater(customer!, one!, of, day(text), known);
    expect(later('2024-03-09')).toEqual(at('2024-03-09'));
    expect(later('2024-03-09').terms).toBe(known.at.terms);
    for (const text of ['2024-03-10', '2024-03-15', '2024-06-01']) {
      expect(later(text)).toEqual(at(text));
      expect(later(text).terms).not.toBe(known.at.terms);
    }
    // Other rules make other terms.
    expect(later('2024-03-09', rules('1m', { grace: 20 })).terms).not.toBe(known.at.terms);
  }
});
