import { grouped } from '../../../base/money.ts';
import type { Fact, View } from '../../../data/report.ts';
import { worthText } from '../../../report/answer.ts';
import { oneRateFact } from '../../../report/contracts.ts';
import { type SurvivorNotes, survivorBasisFacts } from '../../../report/survivors.ts';
import { listView, moneyIn } from '../../../report/views.ts';
import type { SurvivorValuation } from '../../../valuation/survivors/value.ts';

export function hasCohorts({ cohorts }: SurvivorValuation): boolean {
  return cohorts.some(({ name }) => name !== null);
}

/** What a person reads: the figures that matter, then the lists. */
export function survivorViews(valuation: SurvivorValuation, notes: SurvivorNotes): readonly View[] {
  const cohorts: View = listView('Cohorts', 'cohorts', {
    cohort: 'Cohort',
    customers_acquired: 'Acquired',
    tenure: 'Renewals made',
    customers: 'Customers alive',
    residual_value: 'Residual value',
    customer_equity: 'Customer equity',
  });
  return [
    { type: 'facts', title: 'Customer equity', facts: facts(valuation, notes) },
    listView('Residual value by tenure', 'tenures', {
      tenure: 'Renewals made',
      customers: 'Customers alive',
      survival: 'Survival',
      retention_next: 'Next retention',
      residual_value: 'Residual value',
      customer_equity: 'Customer equity',
    }),
    ...(hasCohorts(valuation) ? [cohorts] : []),
    listView('Projected survival', 'survival', {
      period: 'Period',
      customers_acquired: 'Acquired',
      survivors: 'Survivors',
      projected_survivors: 'Projected',
      projected_survival: 'Projected survival',
    }),
  ];
}

/** What a manager is told first: what the customers alive are worth, and what one may cost. */
export function survivorAnswer(
  { settings, customers, equity, equityInterval, prospectValue }: SurvivorValuation,
  { currency, horizon }: SurvivorNotes,
): readonly string[] {
  const money = moneyIn({ digits: settings.digits, currency });
  const till = horizon === 'lifetime' ? 'from the end of the table on' : `within ${horizon} of the end of the table`;
  return [
    worthText(customers, money(equity), till),
    ...(equityInterval
      ? [`95% confidence interval: ${equityInterval.map(money).join(' to ')} of the estimate, parameters alone.`]
      : []),
    `Winning a new customer may cost up to ${money(prospectValue)}.`,
  ];
}

function facts(valuation: SurvivorValuation, notes: SurvivorNotes): readonly Fact[] {
  const { settings, customers, equity, equityInterval, oneRate } = valuation;
  const money = moneyIn({ digits: settings.digits, currency: notes.currency });
  return [
    { label: 'Customer equity', value: money(equity) },
    ...(equityInterval
      ? [{ label: '95% confidence interval', value: `${equityInterval.map(money).join(' to ')} (of the estimate)` }]
      : []),
    { label: 'Customers alive', value: grouped(String(customers)) },
    { label: 'Prospect value', value: `${money(valuation.prospectValue)} a new customer` },
    ...(oneRate ? [oneRateFact(oneRate, settings, money)] : []),
    ...survivorBasisFacts(valuation, notes),
  ];
}
