import type { Cell, Column } from '../../data/report.ts';
import { type Alike, MOST_FREQUENT, together } from '../../engine/holdout-conditional.ts';
import { FREQUENCIES, frequencyText } from '../../report/frequencies.ts';
import type { Tested } from '../../valuation/backtest/found.ts';
import { figure } from './lists.ts';

/** Lists by what was known of the customers on the as-of date. A row without customers is left out. */

/** Means a customer by repeat purchases, 7+ for seven and more. */
export const FREQUENCY: readonly Column[] = [
  { name: 'repeat_purchases', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'predicted_purchases', kind: 'number' },
  { name: 'actual_purchases', kind: 'number' },
];

export function frequencyRows({ conditional: { cells } }: Tested): Cell[][] {
  return cells.map(together).flatMap((group, x) => rowOf([frequencyText(x, MOST_FREQUENT)], group, meansOf));
}

/** Customers by their purchases in the holdout; expected null where a model has no formula of them. */
export const AHEAD: readonly Column[] = [{ name: 'purchases', kind: 'text' }, ...FREQUENCIES.slice(1)];

export function aheadRows({ frequenciesAhead: { actual, expected } }: Tested): Cell[][] {
  return Array.from(actual, (customers, x) => [
    frequencyText(x, MOST_FREQUENT),
    String(customers),
    expected && figure(expected[x]!),
  ]);
}

/** Means a customer by whole weeks since the last purchase, in ten bins of equal width. */
export const RECENCY: readonly Column[] = [
  { name: 'weeks_from', kind: 'integer' },
  { name: 'weeks_to', kind: 'integer' },
  { name: 'customers', kind: 'integer' },
  { name: 'predicted_purchases', kind: 'number' },
  { name: 'actual_purchases', kind: 'number' },
];

export function recencyRows({ conditional: { cells, weeks } }: Tested): Cell[][] {
  const bins = cells[0]!.map((_, bin) => together(cells.map((row) => row[bin]!)));
  return bins.flatMap((group, bin) => rowOf(weeksOf(bin, weeks), group, meansOf));
}

/** Mean P(alive) by both. */
export const ALIVE: readonly Column[] = [
  { name: 'repeat_purchases', kind: 'text' },
  { name: 'weeks_from', kind: 'integer' },
  { name: 'weeks_to', kind: 'integer' },
  { name: 'customers', kind: 'integer' },
  { name: 'p_alive', kind: 'number' },
];

export function aliveRows({ conditional: { cells, weeks } }: Tested): Cell[][] {
  return cells.flatMap((row, x) =>
    row.flatMap((group, bin) =>
      rowOf([frequencyText(x, MOST_FREQUENT), ...weeksOf(bin, weeks)], group, ({ alive, customers }) => [
        figure(alive / customers),
      ]),
    ),
  );
}

function rowOf(key: readonly Cell[], group: Alike, means: (group: Alike) => readonly Cell[]): Cell[][] {
  return group.customers === 0 ? [] : [[...key, String(group.customers), ...means(group)]];
}

function meansOf({ customers, predicted, actual }: Alike): readonly Cell[] {
  return [figure(predicted / customers), figure(actual / customers)];
}

function weeksOf(bin: number, weeks: number): readonly Cell[] {
  return [String(bin * weeks), String((bin + 1) * weeks - 1)];
}
