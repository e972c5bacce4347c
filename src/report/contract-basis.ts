import { isoOf } from '../base/calendar.ts';
import type { Fact } from '../data/report.ts';
import type { FitValuation } from '../valuation/contracts/by-fit.ts';
import type { ValueAt } from '../valuation/contracts/subscribers.ts';
import { type ContractTerms, TIMINGS } from '../valuation/contracts/terms.ts';
import { contractText, type LengthNote, marginText, modelFacts, valueAtFacts } from './contracts.ts';
import type { Found } from './found.ts';
import { type Assumptions, annualText, horizonText } from './methodology.ts';
import { recordFacts } from './views.ts';

/** Of a valuation of subscriptions, what its customer equity follows from. */
interface ContractBasis extends Pick<Found, 'input' | 'population'> {
  readonly assumptions: Omit<Assumptions, 'by' | 'top'>;
  readonly settings: Pick<ContractTerms, 'timing' | 'growth' | 'cost'>;
  readonly lengths: readonly LengthNote[];
  readonly fits: readonly FitValuation[];
  readonly valueAt: ValueAt;
}

/** What a valuation of subscriptions stands on: date, models, terms, rate, horizon, timing, margin, and the records. */
export function contractBasisFacts(basis: ContractBasis): readonly Fact[] {
  const { assumptions, settings, lengths } = basis;
  return [
    { label: 'As of', value: isoOf(assumptions.asOf) },
    ...modelFacts(basis),
    { label: 'Contract', value: contractText(lengths) },
    { label: 'Discount rate', value: annualText(assumptions.discountRate) },
    { label: 'Horizon', value: horizonText(assumptions.horizon) },
    { label: 'Timing', value: `${settings.timing}: ${TIMINGS[settings.timing].words}` },
    { label: 'Margin taken as', value: `${assumptions.margin}${marginText(settings)}` },
    ...valueAtFacts(basis.valueAt),
    ...recordFacts(basis),
  ];
}
