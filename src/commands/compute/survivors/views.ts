import type { Decimal } from '../../../base/decimal.ts';
import { grouped, unitsText } from '../../../base/money.ts';
import { plural } from '../../../base/plural.ts';
import type { Fact, View } from '../../../data/report.ts';
import { TIMINGS } from '../../../engine/contracts/timing.ts';
import { horizonText } from '../../../report/methodology.ts';
import { oneRateFact } from '../../../valuation/contracts/comparison.ts';
import { costText } from '../../../valuation/contracts/terms.ts';
import type { SurvivorValuation } from '../../../valuation/survivors/value.ts';
import type { SurvivorNotes } from './found.ts';

export function hasCohorts({ cohorts }: SurvivorValuation): boolean {
  return cohorts.some(({ name }) => name !== null);
}

/** What a person reads: the figures that matter, then the lists. */
export function survivorViews(valuation: SurvivorValuation, notes: SurvivorNotes): readonly View[] {
  const cohorts: View = {
    type: 'section',
    title: 'Cohorts',
    section: 'cohorts',
    columns: [
      { name: 'cohort', heading: 'Cohort' },
      { name: 'customers_acquired', heading: 'Acquired' },
      { name: 'tenure', heading: 'Renewals made' },
      { name: 'customers', heading: 'Customers alive' },
      { name: 'residual_value', heading: 'Residual value' },
      { name: 'customer_equity', heading: 'Customer equity' },
    ],
  };
  return [
    { type: 'facts', title: 'Customer equity', facts: facts(valuation, notes) },
    {
      type: 'section',
      title: 'Residual value by tenure',
      section: 'tenures',
      columns: [
        { name: 'tenure', heading: 'Renewals made' },
        { name: 'customers', heading: 'Customers alive' },
        { name: 'survival', heading: 'Survival' },
        { name: 'retention_next', heading: 'Next retention' },
        { name: 'residual_value', heading: 'Residual value' },
        { name: 'customer_equity', heading: 'Customer equity' },
      ],
    },
    ...(hasCohorts(valuation) ? [cohorts] : []),
    {
      type: 'section',
      title: 'Projected survival',
      section: 'survival',
      columns: [
        { name: 'period', heading: 'Period' },
        { name: 'customers_acquired', heading: 'Acquired' },
        { name: 'survivors', heading: 'Survivors' },
        { name: 'projected_survivors', heading: 'Projected' },
        { name: 'projected_survival', heading: 'Projected survival' },
      ],
    },
  ];
}

function facts(valuation: SurvivorValuation, { currency, horizon }: SurvivorNotes): readonly Fact[] {
  const { settings, fit, customers, equity, equityInterval, oneRate } = valuation;
  const money = (units: bigint): string =>
    `${grouped(unitsText(units, settings.digits))}${currency === null ? '' : ` ${currency}`}`;
  const growth = settings.growth.isZero() ? '' : `, growing ${percent(settings.growth)} a year`;
  const cost = costText(settings);
  return [
    { label: 'Customer equity', value: money(equity) },
    ...(equityInterval
      ? [{ label: '95% confidence interval', value: `${equityInterval.map(money).join(' to ')} (of the estimate)` }]
      : []),
    { label: 'Customers alive', value: grouped(String(customers)) },
    { label: 'Prospect value', value: `${money(valuation.prospectValue)} a new customer` },
    ...(oneRate ? [oneRateFact(oneRate, settings.model, money)] : []),
    {
      label: 'Model',
      value: settings.retention
        ? `${settings.model.name} of ${percent(settings.retention.toDecimalPlaces(6))} a period, as given`
        : `${settings.model.name}, fitted to ${grouped(String(fit.customers))} ${plural(fit.customers, 'customer', 'customers')}`,
    },
    {
      label: 'Discount rate',
      value: `${percent(settings.discountRate)} a year, effective; ${periods(settings.periodsPerYear)}`,
    },
    { label: 'Horizon', value: horizonText(horizon) },
    { label: 'Timing', value: `${settings.timing}: ${TIMINGS[settings.timing].words}` },
    { label: 'Margin', value: `${grouped(settings.marginPerPeriod.toFixed())} a customer and period${growth}${cost}` },
  ];
}

function percent(rate: Decimal): string {
  return `${rate.times(100).toFixed()}%`;
}

function periods(perYear: number): string {
  return perYear === 1 ? 'a period is a year' : `${perYear} periods a year`;
}
