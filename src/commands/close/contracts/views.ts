import { isoOf } from '../../../base/calendar.ts';
import type { View } from '../../../data/report.ts';
import { contractBasisFacts } from '../../../report/contract-basis.ts';
import { contractStatementFacts } from '../../../report/statement/contract-facts.ts';
import type { Statement } from '../../../report/statement/found.ts';
import { ladderViews } from '../../../report/statement/views.ts';
import { segmentViews } from '../../../report/views.ts';
import type { ContractsMoved } from '../../../valuation/contracts/ladder/between.ts';
import { heldFacts } from '../views.ts';
import type { ContractCloseFound } from './found.ts';

/** What a person sees of a close of subscriptions: see `closeViews`. */
export function contractCloseViews(
  found: ContractCloseFound,
  statement: Statement<ContractsMoved> | null,
): readonly View[] {
  const { number, kept, since, valuation } = found;
  const title = `Close ${number}, as of ${isoOf(kept.asOf)}`;
  if (since === null || statement === null)
    return [
      { type: 'facts', title, facts: [...heldFacts(found), ...contractBasisFacts({ ...found, fits: valuation.fits })] },
      ...segmentViews(found.assumptions),
    ];
  const facts = contractStatementFacts({ ...found, assumptions: since.assumptions }, statement);
  return [{ type: 'facts', title, facts: heldFacts(found) }, ...ladderViews(since.assumptions, statement, [], facts)];
}
