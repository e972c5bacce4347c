import { isoOf } from '../../base/calendar.ts';
import { grouped } from '../../base/money.ts';
import type { Fact, View } from '../../data/report.ts';
import { basisFacts } from '../../report/basis.ts';
import { intervalFacts } from '../../report/intervals.ts';
import type { Statement } from '../../report/statement/found.ts';
import { statementViews } from '../../report/statement/views.ts';
import { moneyIn, segmentViews } from '../../report/views.ts';
import type { Moved } from '../../valuation/ladder/found.ts';
import type { CloseFound } from './found.ts';

/** What a person sees of a close: what is kept, and the statement since the close before, or the equity by segment of the first. */
export function closeViews(found: CloseFound, statement: Statement<Moved> | null): readonly View[] {
  const { number, kept, since } = found;
  const title = `Close ${number}, as of ${isoOf(kept.asOf)}`;
  if (since === null || statement === null)
    return [
      { type: 'facts', title, facts: [...heldFacts(found), ...basisFacts(found)] },
      ...segmentViews(found.assumptions),
    ];
  return [
    { type: 'facts', title, facts: heldFacts(found) },
    ...statementViews(
      { ...found, assumptions: since.assumptions, whole: since.moved, series: [], restated: null },
      statement,
      [],
    ),
  ];
}

/** What is kept, in a few figures. */
export function heldFacts({
  assumptions,
  kept,
  intervals,
}: Pick<CloseFound, 'assumptions' | 'kept' | 'intervals'>): readonly Fact[] {
  return [
    { label: 'Customer equity', value: moneyIn(assumptions)(kept.equity) },
    ...intervalFacts(kept.equity, intervals, assumptions.digits),
    { label: 'Customers', value: grouped(String(kept.customers)) },
    { label: 'Expected active', value: grouped(kept.expectedActive.toFixed(1)) },
  ];
}
