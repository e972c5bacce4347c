import { grouped, unitsText } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import { listOf } from '../../data/lists.ts';
import type { Cell, Column, Fact, View } from '../../data/report.ts';
import { type Bar, costText, elasticityOf, moveOf, SWINGS } from '../../valuation/whatif/figures.ts';
import type { WhatIf } from './found.ts';
import { OUTCOME, outcomeRow } from './lists.ts';

/** What a person reads: where we are, the scenarios, then each driver on its own, the most telling first. */
export function whatIfViews(whatIf: WhatIf, bars: readonly Bar[]): readonly View[] {
  const notes = [...acquisitionNote(whatIf), ...notesOf(bars)];
  return [
    { type: 'facts', title: 'Baseline', facts: facts(whatIf) },
    ...(whatIf.scenarios.length > 0 ? scenarioViews(whatIf) : []),
    tornadoView(whatIf, bars),
    ...(notes.length > 0 ? [{ type: 'facts', title: 'Notes', facts: notes } as const] : []),
  ];
}

function facts(whatIf: WhatIf): readonly Fact[] {
  const { assumptions, customers, past, equity, acquisition, prospect, payback } = whatIf;
  const { digits, currency } = assumptions;
  const unit = currency === null ? '' : ` ${currency}`;
  const money = (text: string): string => `${grouped(text)}${unit}`;
  const months = payback?.months ? `${grouped(payback.months)} months` : 'never';
  const within = assumptions.horizon === 'lifetime' ? '' : ' within the horizon';
  return [
    { label: 'Customer equity', value: money(unitsText(equity, digits)) },
    { label: 'Customers', value: grouped(String(customers)) },
    ...(past === null
      ? []
      : [
          { label: 'Sales (revenue)', value: money(unitsText(past.revenue, digits)) },
          {
            label: 'Won in the last year',
            value: `${grouped(String(past.acquired))} ${plural(past.acquired, 'customer', 'customers')}, as many more worth ${money(unitsText(acquisition, digits))}`,
          },
        ]),
    { label: 'Break-even acquisition cost', value: `${money(unitsText(prospect, digits))} a new customer` },
    ...(payback === null
      ? []
      : [
          { label: 'Payback', value: `${months}${within}, at ${money(costText(payback.cost, digits))} a new customer` },
        ]),
    ...whatIf.basis,
  ];
}

function scenarioViews(whatIf: WhatIf): readonly View[] {
  return [{ type: 'facts', title: 'Scenarios', facts: settingFacts(whatIf) }, scenariosView(whatIf)];
}

/** What each scenario sets. */
function settingFacts({ scenarios, assumptions: { currency, digits } }: WhatIf): readonly Fact[] {
  const unit = currency === null ? '' : ` ${currency}`;
  return scenarios.map(({ name, changes, cost }) => {
    const sets = [...changes].map(([driver, { text }]) => `${driver} ${text}`).join(', ') || 'nothing changes';
    return { label: name, value: cost === null ? sets : `${sets}; it costs ${grouped(costText(cost, digits))}${unit}` };
  });
}

/** Texts of its own: shares of a few thousandths need more decimals than those of a whole. */
function scenariosView(whatIf: WhatIf): View {
  const rows = whatIf.scenarios.map((scenario) => {
    const outcome = outcomeRow(scenario, scenario.tried, whatIf);
    return [scenario.name, ...outcome.map((cell, i) => shown(OUTCOME[i]!, cell))];
  });
  const spent = whatIf.scenarios.some(({ cost }) => cost !== null);
  const won = whatIf.scenarios.some(({ changes }) => changes.has('acquisition'));
  return {
    type: 'section',
    title: 'Customer equity in each scenario',
    section: listOf('scenarios', [{ name: 'name', kind: 'text' }, ...OUTCOME], rows),
    columns: [
      { name: 'name', heading: 'Scenario' },
      { name: 'customer_equity', heading: 'Customer equity' },
      ...(won ? [{ name: 'acquisition_value', heading: 'Those won' }] : []),
      { name: 'change', heading: 'Change' },
      { name: 'change_share', heading: 'in %' },
      { name: 'elasticity', heading: 'Elasticity' },
      ...(spent ? [{ name: 'return_on_spend', heading: 'Return on spend' }] : []),
    ],
  };
}

function shown({ name }: Column, cell: Cell): Cell {
  if (cell === null) return null;
  if (name === 'change') return signed(cell);
  if (name === 'change_share') return signed(`${(100 * Number(cell)).toFixed(2)}%`);
  if (name === 'return_on_spend') return `${(100 * Number(cell)).toFixed(1)}%`;
  return cell;
}

function signed(text: string): string {
  return /^-|^[0.]+%?$/.test(text) ? text : `+${text}`;
}

/** A line a driver: how equity changes at each swing. */
function tornadoView(whatIf: WhatIf, bars: readonly Bar[]): View {
  const columns: readonly Column[] = [
    { name: 'driver', kind: 'text' },
    ...SWINGS.map((name): Column => ({ name, kind: 'money' })),
    { name: 'elasticity', kind: 'number' },
  ];
  const { digits } = whatIf.assumptions;
  const rows = bars.map(({ driver, points }) => {
    const up = points[SWINGS.indexOf('+1%')]!;
    return [
      driver,
      ...points.map((point) => ('refused' in point ? null : signed(unitsText(moveOf(point, whatIf).change, digits)))),
      'refused' in up ? null : elasticityOf(up.changes, moveOf(up, whatIf)),
    ];
  });
  return {
    type: 'section',
    title: 'What a change of one driver makes of customer equity',
    section: listOf('tornado', columns, rows),
    columns: [
      { name: 'driver', heading: 'Driver' },
      ...SWINGS.map((name) => ({ name, heading: name })),
      { name: 'elasticity', heading: 'Elasticity at +1%' },
    ],
    chart: { kind: 'tornado', along: ['driver'], values: ['-10%', '+10%'], title: 'Change of customer equity' },
  };
}

/** What a change of acquisition is a change of. */
function acquisitionNote({ tornado, scenarios }: WhatIf): readonly Fact[] {
  const tried = [...tornado, ...scenarios.map((scenario) => scenario.tried)];
  if (!tried.some((one) => !('refused' in one) && one.acquisition !== null)) return [];
  const value =
    'changes what the customers won in a year are worth, who are no part of customer equity; its change, share and ' +
    'elasticity are of both together';
  return [{ label: 'acquisition', value }];
}

/** Why points of the tornado are not there. */
function notesOf(bars: readonly Bar[]): readonly Fact[] {
  return bars.flatMap(({ driver, points }) => {
    const texts = new Map<string, string[]>();
    for (const point of points) {
      if (!('refused' in point)) continue;
      texts.set(point.refused, [...(texts.get(point.refused) ?? []), point.changes.get(driver)!.text]);
    }
    return [...texts].map(([reason, swings]) => ({
      label: swings.length === points.length ? driver : `${driver} ${swings.join(', ')}`,
      value: reason,
    }));
  });
}
