import type { Decimal } from '../../../base/decimal.ts';
import { halfEvenUnits } from '../../../base/money.ts';
import type { Horizon } from '../../../base/units.ts';
import { optionError } from '../../../cli/option-values.ts';
import { type PeriodLength, periodOf, periodsIn } from '../../../cli/periods.ts';
import { FIGURE_DIGITS } from '../../../data/report.ts';
import type { CashRows } from '../../../engine/cash-flows.ts';
import { type ContractExpectation, contractExpectations } from '../../../engine/contracts/cash-flows.ts';
import type { Terms } from '../../../engine/contracts/value.ts';
import { cashRowsOf } from '../asked.ts';
import { type CashTotals, discountFactors } from '../cash-flows.ts';
import type { ExplainedSubscription } from './found.ts';

/** The rows of the table, each of whole periods of every contract. E101. */
export function contractRowsOf(byPeriod: string, horizon: Horizon, periods: readonly PeriodLength[]): CashRows {
  const rows = cashRowsOf(byPeriod, horizon);
  const part = periods.find((period) => periodsIn(rows.period.days, period) === null);
  if (part) optionError('--by-period', byPeriod, 'part of a period', { period: part.text });
  return rows;
}

/** The cash flows of the subscriptions that run, summed row by row; nothing is expected of the others. */
export function contractTotals(subscriptions: readonly ExplainedSubscription[], rows: CashRows): CashTotals {
  const running = subscriptions.filter(({ alive, chance }) => alive && chance > 0).map((one) => totalsOf(one, rows));
  const sum = (of: (totals: CashTotals) => readonly (bigint | null)[], k: number): bigint | null =>
    running.reduce<bigint | null>((all, totals) => {
      const value = of(totals)[k]!;
      return all === null || value === null ? null : all + value;
    }, 0n);
  return {
    rows,
    counts: rows.ends.map((_, k) => sum(({ counts }) => counts, k)),
    margins: rows.ends.map((_, k) => sum(({ margins }) => margins, k)),
    values: rows.ends.map((_, k) => sum(({ values }) => values, k)!),
    factors: running.length === 1 ? running[0]!.factors : rows.ends.map(() => null),
  };
}

/** Of a late one, times the chance that its payment still comes. */
function totalsOf({ fit, tenure, ...one }: ExplainedSubscription, rows: CashRows): CashTotals {
  return totalsOfTerms({ ...one, period: periodOf(fit.length), made: tenure - 1, customers: 1 }, rows);
}

/** What customers who are alike pay from now on. */
export interface PayingCustomers {
  readonly terms: Terms;
  readonly period: PeriodLength;
  /** Renewals made, and the chance that the next one may still be made. */
  readonly made: number;
  readonly chance: number;
  /** A period, in currency units. */
  readonly margin: Decimal;
  readonly customers: number;
  /** Of each, in minor units. */
  readonly clv: bigint;
}

/** The cash flows of one, times the customers: money is that of so many, each rounded. */
export function totalsOfTerms(
  { terms, period, made, margin, chance, customers, clv }: PayingCustomers,
  rows: CashRows,
): CashTotals {
  const all = BigInt(customers);
  const ends = rows.ends.map((days) => (days === null ? null : Math.round(days / period.days)));
  const until = contractExpectations(terms, made, margin.times(chance), ends);
  const count = ({ payments }: ContractExpectation): bigint | null =>
    payments === null ? null : BigInt(halfEvenUnits(payments * chance * customers, FIGURE_DIGITS));
  return {
    rows,
    counts: until.map(count),
    margins: until.map((one) => (one.margin === null ? null : all * one.margin)),
    values: until.map(({ value }, k) => all * (k === until.length - 1 ? clv : value)),
    factors: discountFactors(until.map(({ factor }) => factor)),
  };
}
