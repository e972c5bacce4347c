import { byMonth, isoOf } from '../base/calendar.ts';
import { plural } from '../base/plural.ts';
import type { Fact } from '../data/report.ts';
import type { ModelNote, ValuationNotes } from '../valuation/found.ts';
import type { Found } from './found.ts';
import { type Assumptions, annualText, horizonText } from './methodology.ts';
import { recordFacts } from './views.ts';

/** Of a valuation, what its customer equity follows from. */
type Basis = Pick<ValuationNotes, 'groups' | 'source'> &
  Pick<Found, 'input' | 'population'> & { readonly assumptions: Omit<Assumptions, 'by' | 'top'> };

/** What a valuation stands on: date, models, rate, horizon, margin, and the records. */
export function basisFacts(valuation: Basis): readonly Fact[] {
  const { assumptions } = valuation;
  return [
    { label: 'As of', value: isoOf(assumptions.asOf) },
    { label: 'Model', value: modelText(valuation) },
    ...chosenFacts(valuation.groups[0]!.model),
    ...seasonFacts(valuation.groups[0]!.model),
    { label: 'Discount rate', value: annualText(assumptions.discountRate) },
    { label: 'Horizon', value: horizonText(assumptions.horizon) },
    { label: 'Margin taken as', value: assumptions.margin },
    ...recordFacts(valuation),
  ];
}

/** Why a model was chosen. */
function chosenFacts({ chosen }: ModelNote): readonly Fact[] {
  return chosen === undefined ? [] : [{ label: 'Chosen', value: chosen }];
}

/** The factors of the months. */
export function seasonFacts({ season }: ModelNote): readonly Fact[] {
  if (season === undefined) return [];
  const value = season
    ? Object.entries(byMonth(season.factors)).map(([month, factor]) => `${month} ${factor.toFixed(2)}`)
    : ['none: too few days of data'];
  return [{ label: 'Season', value: value.join(', ') }];
}

/** The models of a valuation, in a line. */
export function modelText({
  groups,
  source,
  assumptions,
}: Pick<ValuationNotes, 'groups' | 'source'> & { readonly assumptions: Pick<Assumptions, 'fitBy'> }): string {
  const { model, spend } = groups[0]!;
  const models = [...new Set(groups.map((group) => group.model.name))].sort().join(' or ');
  const unit = model.timeUnit === undefined ? '' : ` by ${model.timeUnit}`;
  const names = `${models}${unit}, ${spend.name}`;
  if (source !== null) return `${names} (parameters from ${source})`;
  if (groups[0]!.name.length === 0) return names;
  const pooled = groups.filter((group) => group.pooled).length;
  const some = pooled === 0 ? '' : `, ${pooled} too small and valued by the models of all customers`;
  return `${names}, one for each of ${groups.length} ${plural(groups.length, 'group', 'groups')} by ${assumptions.fitBy.join(', ')}${some}`;
}
