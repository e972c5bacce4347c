import type { Fact, View } from '../../../data/report.ts';
import { TIMINGS } from '../../../engine/contracts/timing.ts';
import { contractText, marginText } from '../../../report/contracts.ts';
import { intervalFacts } from '../../../report/intervals.ts';
import { percentText } from '../../../report/methodology.ts';
import { rateText, recurringColumns, rollForwardPicture } from '../../../report/recurring.ts';
import { basisFacts, movementFacts, notPositiveFacts } from '../../../report/statement/facts.ts';
import type { Statement } from '../../../report/statement/found.ts';
import { ladderViews } from '../../../report/statement/views.ts';
import { moneyIn, recordFacts } from '../../../report/views.ts';
import type { ContractsMoved } from '../../../valuation/contracts/ladder/between.ts';
import type { ContractStatementFound } from './found.ts';
import { contractChanges, modelsText } from './methodology.ts';

/** What a person sees of a statement of subscriptions: the ladder, and recurring revenue in the same periods. */
export function contractStatementViews(
  found: ContractStatementFound,
  whole: Statement<ContractsMoved>,
  series: readonly Statement<ContractsMoved>[],
): readonly View[] {
  return [
    ...ladderViews(found.assumptions, whole, series, facts(found, whole)),
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

function facts(found: ContractStatementFound, whole: Statement<ContractsMoved>): readonly Fact[] {
  const { assumptions, settings, lengths, recurring } = found;
  const { nrr, grr } = recurring.rates;
  const money = moneyIn(assumptions);
  return [
    ...movementFacts(assumptions, whole),
    ...intervalFacts(whole.total.closing, found.intervals, assumptions.digits).map(({ label, value }) => ({
      label: label.startsWith('95%') ? `Closing, ${label}` : label,
      value,
    })),
    { label: 'Opening recast', value: `${money(whole.recast)} by the assumptions of the closing` },
    ...contractChanges(assumptions, whole).map((text) => ({ label: 'Changed', value: text })),
    ...notPositiveFacts(assumptions, whole),
    ...(nrr ? [{ label: 'Net revenue retention', value: percentText(rateText(nrr)) }] : []),
    ...(grr ? [{ label: 'Gross revenue retention', value: percentText(rateText(grr)) }] : []),
    { label: 'Model', value: modelsText(whole.closing) },
    { label: 'Contract', value: contractText(lengths) },
    { label: 'Timing', value: `${settings.timing}: ${TIMINGS[settings.timing].words}` },
    ...basisFacts({ ...assumptions, margin: `${assumptions.margin}${marginText(settings)}` }),
    ...recordFacts(found),
  ];
}
