import { statesOfGroup } from '../engine/groups.ts';
import { frequenciesSeen, MOST_FREQUENT } from '../engine/holdout-conditional.ts';
import type { FittedCustomers } from './fit.ts';

/** Numbers of customers by repeat purchases, 0 to 6, then 7 and more: as they are, and as a model expects them. */
export interface Frequencies {
  readonly actual: Float64Array;
  readonly expected: Float64Array;
}

/** Those of customers as of the day up to which models were fitted, expected by the model of each group. */
export function frequenciesOf({ states, groups }: Pick<FittedCustomers, 'states' | 'groups'>): Frequencies {
  const expected = new Float64Array(MOST_FREQUENT + 1);
  for (const { group, model, fit } of groups) {
    const own = states.groups ? statesOfGroup(states, group) : states;
    for (const [x, customers] of model.frequencies(own, fit.parameters, MOST_FREQUENT).entries())
      expected[x]! += customers;
  }
  return { actual: frequenciesSeen(states), expected };
}
