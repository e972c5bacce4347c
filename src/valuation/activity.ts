import type { Factors } from '../data/states.ts';
import { statesOfGroup } from '../engine/groups.ts';
import { MOST_FREQUENT } from '../engine/holdout-conditional.ts';
import type { PurchaseWindow } from '../models/model.ts';
import type { FittedCustomers } from './fit.ts';

/** Customers by repeat purchases and by days since the last purchase, with means of what is expected of them. */
export interface Activity {
  /** The last stands for it and more. */
  readonly frequency: number;
  /** Days since the last purchase, both included. */
  readonly from: number;
  readonly to: number;
  readonly customers: number;
  readonly alive: number;
  /** Purchases expected within a year, not discounted. */
  readonly purchases: number;
  readonly dert: number;
}

const YEAR: PurchaseWindow = { delta: 0, days: 365.25 };
/** Bins of the days since the last purchase. */
const SINCE = 10;

/** Those of valued customers that there are, by repeat purchases first. @param factors that they were valued by */
export function activityOf(
  { states, groups }: Pick<FittedCustomers, 'states' | 'groups'>,
  { pAlive, dert }: Pick<Factors, 'pAlive' | 'dert'>,
): readonly Activity[] {
  const { length, x, recency, age, count } = states;
  let longest = 0;
  for (let i = 0; i < length; i++) longest = Math.max(longest, age[i]! - recency[i]!);
  const width = Math.ceil((longest + 1) / SINCE);
  const sums = Array.from({ length: (MOST_FREQUENT + 1) * SINCE }, () => ({
    ...{ customers: 0, alive: 0, purchases: 0, dert: 0 },
  }));
  for (const { group, model, fit } of groups) {
    const own = states.groups ? statesOfGroup(states, group) : states;
    const expected = model.purchases(own, fit.parameters, pAlive.subarray(group.start, group.end), YEAR);
    for (let i = group.start; i < group.end; i++) {
      const bin = Math.min(x[i]!, MOST_FREQUENT) * SINCE + Math.floor((age[i]! - recency[i]!) / width);
      const [sum, customers] = [sums[bin]!, count[i]!];
      sum.customers += customers;
      sum.alive += customers * pAlive[i]!;
      sum.purchases += customers * expected[i - group.start]!;
      sum.dert += customers * dert[i]!;
    }
  }
  return sums.flatMap(({ customers, alive, purchases, dert }, bin): Activity[] => {
    if (customers === 0) return [];
    const from = (bin % SINCE) * width;
    return [
      {
        ...{ frequency: Math.floor(bin / SINCE), from, to: from + width - 1, customers },
        ...{ alive: alive / customers, purchases: purchases / customers, dert: dert / customers },
      },
    ];
  });
}
