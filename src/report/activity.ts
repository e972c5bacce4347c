import { listed } from '../data/lists.ts';
import { type Column, FIGURE_DIGITS, type Section, type View } from '../data/report.ts';
import { MOST_FREQUENT } from '../engine/holdout-conditional.ts';
import type { Activity } from '../valuation/activity.ts';
import { frequencyText } from './frequencies.ts';

/** Customers by repeat purchases and by time since the last: who is still one, and how much they will buy. */
const ACTIVITY: readonly Column[] = [
  { name: 'repeat_purchases', kind: 'text' },
  { name: 'days_from', kind: 'integer' },
  { name: 'days_to', kind: 'integer' },
  { name: 'days_since', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'p_alive', kind: 'number' },
  { name: 'expected_purchases_1y', kind: 'number' },
  { name: 'dert', kind: 'number' },
];

/** The list; asked of the models when it is first walked. */
export function activitySection(activity: () => readonly Activity[]): Section {
  let found: readonly Activity[] | undefined;
  return listed('activity', ACTIVITY, async () => {
    found ??= activity();
    return found.map(({ frequency, from, to, customers, alive, purchases, dert }) => [
      frequencyText(frequency, MOST_FREQUENT),
      String(from),
      String(to),
      `${from}–${to}`,
      String(customers),
      ...[alive, purchases, dert].map((mean) => mean.toFixed(FIGURE_DIGITS)),
    ]);
  });
}

/** The pictures. */
export function activityViews(): readonly View[] {
  return [
    activityView(
      'Who is still a customer: the chance, by purchases and by time since the last',
      'p_alive',
      'Chance still a customer',
    ),
    activityView(
      'What they will buy: purchases expected of a customer within a year, not discounted',
      'expected_purchases_1y',
      'Purchases within a year',
    ),
  ];
}

function activityView(title: string, name: string, heading: string): View {
  return {
    type: 'chart',
    title,
    section: 'activity',
    columns: [
      { name: 'repeat_purchases', heading: 'Repeat purchases' },
      { name: 'days_since', heading: 'Days since the last purchase' },
      { name: 'customers', heading: 'Customers' },
      { name, heading },
    ],
    chart: { kind: 'heat', along: ['days_since'], values: ['repeat_purchases', name], title: 'mean of each group' },
  };
}
