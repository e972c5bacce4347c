import { sharesOf } from '../../../aggregator/shares.ts';
import { unitsText } from '../../../base/money.ts';
import type { Cell, Column, Section } from '../../../data/report.ts';
import { FIGURE_DIGITS } from '../../../data/report.ts';
import type { ContractResult } from './found.ts';

/** What the customers who are there are worth, by the renewals they have made: the next retention is that of the model. */
export function renewalsSection({ cells, valuation, settings, assumptions }: ContractResult): Section {
  const rows = new Map<number, { customers: number; factor: number; equity: bigint }>();
  const { worth, fitted } = valuation;
  for (let i = 0; i < cells.length; i++) {
    if (!cells.alive[i]) continue;
    const made = cells.tenure[i]! - 1;
    const row = rows.get(made) ?? { customers: 0, factor: worth.factor[i]!, equity: 0n };
    row.customers += cells.count[i]!;
    row.equity += worth.clv[i]! * BigInt(cells.count[i]!);
    rows.set(made, row);
  }
  const sorted = [...rows].sort(([a], [b]) => a - b);
  /** Segments with rates of their own have none in common. */
  const several = fitted.parameterNames !== settings.model.parameterNames;
  const figure = (value: number): Cell => (several ? null : value.toFixed(FIGURE_DIGITS));
  const columns: readonly (readonly [Column, readonly Cell[]])[] = [
    [{ name: 'tenure', kind: 'integer' }, sorted.map(([made]) => String(made))],
    [{ name: 'customers', kind: 'integer' }, sorted.map(([, row]) => String(row.customers))],
    [
      { name: 'retention_next', kind: 'number' },
      sorted.map(([made]) => figure(settings.model.retention(fitted.fit.parameters, made + 1))),
    ],
    [{ name: 'dert', kind: 'number' }, sorted.map(([, row]) => figure(row.factor))],
    [{ name: 'customer_equity', kind: 'money' }, sorted.map(([, row]) => unitsText(row.equity, assumptions.digits))],
    [{ name: 'equity_share', kind: 'share' }, sharesOf(sorted.map(([, row]) => row.equity))],
  ];
  return {
    name: 'tenures',
    columns: columns.map(([column]) => column),
    blocks: [{ length: sorted.length, cells: columns.map(([, cell]) => cell) }],
  };
}
