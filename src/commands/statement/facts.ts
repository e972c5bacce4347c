import { AMOUNT_SCALE, grouped, halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import type { Flows } from '../../data/movement.ts';
import type { Fact } from '../../data/report.ts';
import { horizonText } from '../../report/methodology.ts';
import { recordFacts } from '../../report/views.ts';
import type { Statement, StatementFound } from './found.ts';
import { changes, percent } from './methodology.ts';

/** The figures that a statement is read with. */
export function statementFacts(found: StatementFound, whole: Statement): readonly Fact[] {
  const { assumptions } = found;
  const { digits, currency, horizon, opening, discountRate } = assumptions;
  const { customers, expectedActive, movement, modelChangeError, notPositive } = whole;
  const money = (units: bigint): string =>
    `${grouped(unitsText(units, digits))}${currency === null ? '' : ` ${currency}`}`;
  const count = (n: number): string => grouped(String(n));
  const { openingCustomers, newCustomers } = movement.realised;
  const margin = (units: bigint): string => money(rescale(units, MARGIN_SCALE, digits));
  const realised = (of: keyof Flows): string => {
    const then = `${margin(movement.realised[of].margin)} realised`;
    const now = movement.realisedByClosing?.[of].margin;
    return now === undefined ? then : `${then} by the margins of the opening; ${margin(now)} by those of the closing`;
  };
  const { model, spend } = whole.closing;
  return [
    {
      label: 'Customers',
      value: `${count(customers.opening)} + ${count(customers.newCustomers)} new = ${count(customers.closing)}`,
    },
    {
      label: 'Expected active',
      value: `${grouped(expectedActive.opening.toFixed(1))} at the opening, ${grouped(expectedActive.closing.toFixed(1))} at the closing`,
    },
    {
      label: 'Sales (revenue)',
      value: `${money(rescale(openingCustomers.revenue + newCustomers.revenue, AMOUNT_SCALE, digits))} in the period`,
    },
    {
      label: 'Margin of opening customers',
      value: `${money(BigInt(halfEvenUnits(whole.expectedMargin, digits)))} expected, ${realised('openingCustomers')}`,
    },
    { label: 'Margin of new customers', value: realised('newCustomers') },
    ...(modelChangeError === null
      ? []
      : [
          {
            label: 'Change of model',
            value: `standard error about ${money(BigInt(halfEvenUnits(modelChangeError, digits)))}; --use-model FILE keeps the parameters`,
          },
        ]),
    { label: 'Opening recast', value: `${money(whole.recast)} by the assumptions of the closing` },
    ...changes(assumptions, whole).map((text) => ({ label: 'Changed', value: text })),
    ...(notPositive.customers === 0
      ? []
      : [
          {
            label: 'Mean margin of zero or less',
            value: `${count(notPositive.customers)} ${plural(notPositive.customers, 'customer', 'customers')}, ${money(notPositive.value)} of the closing`,
          },
        ]),
    { label: 'Model', value: `${model.name}, ${spend.name}` },
    {
      label: 'Discount rate',
      value:
        opening.discountRate === discountRate
          ? annual(discountRate)
          : `${percent(opening.discountRate)}, then ${annual(discountRate)}`,
    },
    { label: 'Horizon', value: horizonText(horizon) },
    { label: 'Margin taken as', value: assumptions.margin },
    ...recordFacts(found),
  ];
}

function annual(rate: string): string {
  return `${percent(rate)} a year, effective`;
}
