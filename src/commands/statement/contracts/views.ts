import type { Fact, View } from '../../../data/report.ts';
import { percentText } from '../../../report/methodology.ts';
import { rateText, recurringColumns, rollForwardPicture } from '../../../report/recurring.ts';
import { contractStatementFacts } from '../../../report/statement/contract-facts.ts';
import type { Statement } from '../../../report/statement/found.ts';
import { ladderViews } from '../../../report/statement/views.ts';
import type { ContractsMoved } from '../../../valuation/contracts/ladder/between.ts';
import type { Recurring } from '../../../valuation/subscriptions/recurring.ts';
import type { ContractStatementFound } from './found.ts';

/** What a person sees of a statement of subscriptions: the ladder, and recurring revenue in the same periods. */
export function contractStatementViews(
  found: ContractStatementFound,
  whole: Statement<ContractsMoved>,
  series: readonly Statement<ContractsMoved>[],
): readonly View[] {
  return [
    ...ladderViews(
      found.assumptions,
      whole,
      series,
      contractStatementFacts(found, whole, recurringFacts(found.recurring)),
    ),
    rollForwardPicture(
      'Recurring revenue a month, from opening to closing',
      'Recurring revenue a month',
      found.recurring.periods,
      found.assumptions.digits,
    ),
    {
      type: 'section',
      title: 'Recurring revenue a month',
      section: 'recurring_revenue',
      columns: recurringColumns(found.recurring.periods),
    },
  ];
}

function recurringFacts({ rates: { nrr, grr } }: Recurring): readonly Fact[] {
  return [
    ...(nrr ? [{ label: 'Net revenue retention', value: percentText(rateText(nrr)) }] : []),
    ...(grr ? [{ label: 'Gross revenue retention', value: percentText(rateText(grr)) }] : []),
  ];
}
