import { AMOUNT_SCALE, rescale } from '../../base/money.ts';
import type { Population } from '../../data/customers.ts';
import { type Input, inputBlock } from '../../report/input.ts';
import type { WhatIf } from './found.ts';

/** What a what-if tells of transactions, as they were read. */
export function populationOf(
  input: Input,
  population: Population,
  { digits }: { readonly digits: number },
): Pick<WhatIf, 'input' | 'customers' | 'past'> {
  const { valued, recentFirst: acquired } = population;
  return {
    input: inputBlock({ input, population, assumptions: { digits } }),
    customers: valued.customers,
    past: { revenue: rescale(valued.amount, AMOUNT_SCALE, digits), acquired },
  };
}
