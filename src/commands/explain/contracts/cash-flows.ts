import type { Decimal } from '../../../base/decimal.ts';
import { halfEvenUnits } from '../../../base/money.ts';
import type { Horizon } from '../../../base/units.ts';
import { optionError } from '../../../cli/option-values.ts';
import { type PeriodLength, periodsIn } from '../../../cli/periods.ts';
import { FIGURE_DIGITS } from '../../../data/report.ts';
import type { CashRows } from '../../../engine/cash-flows.ts';
import { contractExpectations } from '../../../engine/contracts/cash-flows.ts';
import type { Terms } from '../../../engine/contracts/value.ts';
import { cashRowsOf } from '../asked.ts';
import { type CashTotals, discountFactors } from '../cash-flows.ts';

/** A subscriber who is there: how it is valued, the renewals it has made, and its margin a period in currency units. */
interface Running {
  readonly terms: Terms;
  readonly made: number;
  readonly margin: Decimal;
}

/** The rows of the table, each of whole periods of the contract. E101. */
export function contractRowsOf(byPeriod: string, horizon: Horizon, period: PeriodLength): CashRows {
  const rows = cashRowsOf(byPeriod, horizon);
  if (periodsIn(rows.period.days, period) === null)
    optionError('--by-period', byPeriod, 'part of a period', { period: period.text });
  return rows;
}

/** @param running null for one whose subscription has ended, of whom nothing is expected */
export function contractTotals(running: Running | null, clv: bigint, rows: CashRows, period: PeriodLength): CashTotals {
  if (!running) {
    const nothing = rows.ends.map(() => 0n);
    return { rows, counts: nothing, margins: nothing, values: nothing, factors: rows.ends.map(() => null) };
  }
  const ends = rows.ends.map((days) => (days === null ? null : Math.round(days / period.days)));
  const until = contractExpectations(running.terms, running.made, running.margin, ends);
  return {
    rows,
    counts: until.map(({ payments }) => (payments === null ? null : BigInt(halfEvenUnits(payments, FIGURE_DIGITS)))),
    margins: until.map(({ margin }) => margin),
    values: until.map(({ value }, k) => (k === until.length - 1 ? clv : value)),
    factors: discountFactors(until.map(({ factor }) => factor)),
  };
}
