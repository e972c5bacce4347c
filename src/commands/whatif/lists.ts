import { Decimal } from '../../base/decimal.ts';
import { unitsText } from '../../base/money.ts';
import type { Cell, Column } from '../../data/report.ts';
import { driverName, type Scenario } from '../../data/what-if.ts';
import {
  type Bar,
  changeShare,
  costText,
  elasticityOf,
  moveOf,
  returnOnSpend,
  type Tried,
} from '../../valuation/whatif/figures.ts';
import type { WhatIf } from './found.ts';

/** What becomes of customer equity, and of the customers won in a year. Change and elasticity are against the baseline. */
const MOVES: readonly Column[] = [
  { name: 'customer_equity', kind: 'money' },
  { name: 'acquisition_value', kind: 'money' },
  { name: 'change', kind: 'money' },
  { name: 'change_share', kind: 'number' },
  { name: 'elasticity', kind: 'number' },
];

/** Columns of what comes of a scenario, after its name and what it sets. */
export const OUTCOME: readonly Column[] = [
  ...MOVES,
  { name: 'prospect_value', kind: 'money' },
  { name: 'campaign_cost', kind: 'money' },
  { name: 'return_on_spend', kind: 'number' },
];

/** A scenario as a row: its name, what it sets in the words of --set, and its outcome. */
export const SCENARIO: readonly Column[] = [{ name: 'name', kind: 'text' }, { name: 'set', kind: 'text' }, ...OUTCOME];

export function scenarioRow(scenario: Scenario, tried: Tried, whatIf: WhatIf): Cell[] {
  const sets = [...scenario.changes].map(([driver, { text }]) => `${driver}=${text}`);
  return [scenario.name, sets.join(' '), ...outcomeRow(scenario, tried, whatIf)];
}

export function outcomeRow({ cost }: Scenario, tried: Tried, whatIf: WhatIf): Cell[] {
  const { digits } = whatIf.assumptions;
  if ('refused' in tried) return OUTCOME.map(() => null);
  const spent = cost && costText(cost, digits);
  const change = new Decimal(unitsText(moveOf(tried, whatIf).change, digits));
  const prospect = unitsText(tried.prospect, digits);
  return [...movesRow(tried, whatIf), prospect, spent, cost && returnOnSpend(change, cost)];
}

/** A point of the tornado: a driver and the share that it changes by; `note` says why there is none. */
export const TORNADO: readonly Column[] = [
  { name: 'driver', kind: 'text' },
  { name: 'driver_change', kind: 'number' },
  ...MOVES,
  { name: 'note', kind: 'text' },
];

export function tornadoRows({ driver, points }: Bar, whatIf: WhatIf): Cell[][] {
  return points.map((point) => [
    driverName(driver),
    point.changes.get(driver)!.value.toFixed(),
    ...movesRow(point, whatIf),
    'refused' in point ? point.refused : null,
  ]);
}

function movesRow(tried: Tried, whatIf: WhatIf): Cell[] {
  if ('refused' in tried) return MOVES.map(() => null);
  const { digits } = whatIf.assumptions;
  const move = moveOf(tried, whatIf);
  return [
    unitsText(tried.equity, digits),
    tried.acquisition === null ? null : unitsText(tried.acquisition, digits),
    unitsText(move.change, digits),
    changeShare(move),
    elasticityOf(tried.changes, move),
  ];
}
