import { grouped } from '../../../base/money.ts';
import { plural } from '../../../base/plural.ts';
import type { Fact, View } from '../../../data/report.ts';
import { TIMINGS } from '../../../engine/contracts/timing.ts';
import { marginText, oneRateFact } from '../../../report/contracts.ts';
import { annualText, horizonText, percentText } from '../../../report/methodology.ts';
import { listView, moneyIn } from '../../../report/views.ts';
import type { SurvivorValuation } from '../../../valuation/survivors/value.ts';
import type { SurvivorNotes } from './found.ts';

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

function facts(valuation: SurvivorValuation, { currency, horizon }: SurvivorNotes): readonly Fact[] {
  const { settings, model, fit, customers, equity, equityInterval, oneRate } = valuation;
  const money = moneyIn({ digits: settings.digits, currency });
  return [
    { label: 'Customer equity', value: money(equity) },
    ...(equityInterval
      ? [{ label: '95% confidence interval', value: `${equityInterval.map(money).join(' to ')} (of the estimate)` }]
      : []),
    { label: 'Customers alive', value: grouped(String(customers)) },
    { label: 'Prospect value', value: `${money(valuation.prospectValue)} a new customer` },
    ...(oneRate ? [oneRateFact(oneRate, settings, money)] : []),
    {
      label: 'Model',
      value: settings.retention
        ? `${settings.model.name} of ${percentText(settings.retention.toDecimalPlaces(6))} a period, as given`
        : `${model.name}, fitted to ${grouped(String(fit.customers))} ${plural(fit.customers, 'customer', 'customers')}`,
    },
    {
      label: 'Discount rate',
      value: `${annualText(settings.discountRate)}; ${periods(settings.periodsPerYear)}`,
    },
    { label: 'Horizon', value: horizonText(horizon) },
    { label: 'Timing', value: `${settings.timing}: ${TIMINGS[settings.timing].words}` },
    {
      label: 'Margin',
      value: `${grouped(settings.marginPerPeriod.toFixed())} a customer and period${marginText(settings)}`,
    },
  ];
}

function periods(perYear: number): string {
  return perYear === 1 ? 'a period is a year' : `${perYear} periods a year`;
}
