import type { Fact } from '../../data/report.ts';
import { TIMINGS } from '../../engine/contracts/timing.ts';
import type { ContractsMoved } from '../../valuation/contracts/ladder/between.ts';
import type { Intervals } from '../../valuation/found.ts';
import { contractText, marginText } from '../contracts.ts';
import { intervalFacts } from '../intervals.ts';
import { moneyIn, recordFacts } from '../views.ts';
import { type ContractStatementBasis, contractChanges, modelsText } from './contract-methodology.ts';
import { basisFacts, movementFacts, notPositiveFacts } from './facts.ts';
import type { Statement } from './found.ts';

/** The figures that a statement of subscriptions is read with. @param recurring what is told of recurring revenue */
export function contractStatementFacts(
  found: ContractStatementBasis & { readonly intervals: Intervals | null },
  whole: Statement<ContractsMoved>,
  recurring: readonly Fact[] = [],
): readonly Fact[] {
  const { assumptions, settings, lengths } = found;
  const money = moneyIn(assumptions);
  return [
    ...(whole.movement.reported === null ? [] : [{ label: 'Opening', value: assumptions.opening.date }]),
    ...movementFacts(assumptions, whole),
    ...intervalFacts(whole.total.closing, found.intervals, assumptions.digits).map(({ label, value }) => ({
      label: label.startsWith('95%') ? `Closing, ${label}` : label,
      value,
    })),
    { label: 'Opening recast', value: `${money(whole.recast)} by the assumptions of the closing` },
    ...contractChanges(assumptions, whole).map((text) => ({ label: 'Changed', value: text })),
    ...notPositiveFacts(assumptions, whole),
    ...recurring,
    { label: 'Model', value: modelsText(whole.closing) },
    { label: 'Contract', value: contractText(lengths) },
    { label: 'Timing', value: `${settings.timing}: ${TIMINGS[settings.timing].words}` },
    ...basisFacts({ ...assumptions, margin: `${assumptions.margin}${marginText(settings)}` }),
    ...recordFacts(found),
  ];
}
