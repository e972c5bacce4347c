import { AMOUNT_SCALE, grouped, halfEvenUnits, MARGIN_SCALE, rescale } from '../../base/money.ts';
import { plural } from '../../base/plural.ts';
import type { Flows } from '../../data/movement.ts';
import type { Fact } from '../../data/report.ts';
import { annualText, horizonText, percentText } from '../methodology.ts';
import { moneyIn } from '../views.ts';
import type { Statement, StatementAssumptions } from './found.ts';

/** Customers, sales and margin of the period, expected and realised. */
export function movementFacts(assumptions: StatementAssumptions, whole: Statement): readonly Fact[] {
  const { digits } = assumptions;
  const { customers, expectedActive, movement } = whole;
  const money = moneyIn(assumptions);
  const { openingCustomers, newCustomers } = movement.realised;
  const margin = (units: bigint): string => money(rescale(units, MARGIN_SCALE, digits));
  const realised = (of: keyof Flows): string => {
    const then = `${margin(movement.realised[of].margin)} realised`;
    const now = movement.realisedByClosing?.[of].margin;
    return now === undefined ? then : `${then} by the margins of the opening; ${margin(now)} by those of the closing`;
  };
  return [
    {
      label: 'Customers',
      value: `${count(customers.opening)}${restatedText(customers.restated)} + ${count(customers.newCustomers)} new = ${count(customers.closing)}`,
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
  ];
}

/** Customers who bring nothing, or less. */
export function notPositiveFacts(assumptions: StatementAssumptions, { notPositive }: Statement): readonly Fact[] {
  if (notPositive.customers === 0) return [];
  const value = `${count(notPositive.customers)} ${plural(notPositive.customers, 'customer', 'customers')}, ${moneyIn(assumptions)(notPositive.value)} of the closing`;
  return [{ label: 'Mean margin of zero or less', value }];
}

/** The rate of both dates, and the span and margin that they share. */
export function basisFacts({ opening, discountRate, horizon, margin }: StatementAssumptions): readonly Fact[] {
  const rate = annualText(discountRate);
  return [
    {
      label: 'Discount rate',
      value: opening.discountRate === discountRate ? rate : `${percentText(opening.discountRate)}, then ${rate}`,
    },
    { label: 'Horizon', value: horizonText(horizon) },
    { label: 'Margin taken as', value: margin },
  ];
}

function restatedText(restated: number): string {
  return restated === 0 ? '' : ` ${restated < 0 ? '-' : '+'} ${count(Math.abs(restated))} restated`;
}

function count(n: number): string {
  return grouped(String(n));
}
