import { expect, it } from 'vitest';
import { didYouMean, nearest } from '../../src/base/nearest.ts';

it.each([
  ['ammount', ['date', 'amount', 'count'], 'amount'],
  ['Regoin', ['product', 'region'], 'region'],
  ['REGION', ['product', 'region'], 'region'],
  ['paretonbd', ['bg-nbd', 'pareto-nbd'], 'pareto-nbd'],
  ['customer_identifer', ['customer', 'customer_identifier'], 'customer_identifier'],
  ['transactions-2025', ['transactions_2024', 'transactions_2025'], 'transactions_2025'],
  ['regiom', ['region', 'regions'], 'region'],
  // Too far: another word, however short or long.
  ['city', ['date', 'amount', 'region'], null],
  ['csw', ['json', 'csv'], 'csv'],
  ['xls', ['json', 'csv'], null],
  ['2m', ['1m', '1y'], null],
  ['1M', ['1m', '1y'], '1m'],
  ['region', [], null],
])('%s among %j: %j', (typed, names, found) => {
  expect(nearest(typed, names)).toBe(found);
});

it('asks only where a name is near', () => {
  expect(didYouMean('regoin', ['region'])).toBe('; did you mean "region"?');
  expect(didYouMean('b.csw', ['b.csv'], 'data/')).toBe('; did you mean "data/b.csv"?');
  expect(didYouMean('channel', ['region'])).toBe('');
});
