import { sumOf } from '../aggregator/segments.ts';
import { AMOUNT_SCALE, halfEvenUnits, MARGIN_SCALE, rescale, unitsText } from '../base/money.ts';
import type { Totals } from '../data/customers.ts';
import { type Cell, type Column, FIGURE_DIGITS } from '../data/report.ts';
import type { ValuationNotes } from '../valuation/found.ts';
import type { CustomerSource } from './customers.ts';
import { intervalText, predictionText } from './intervals.ts';

/** The totals of a valuation, whatever was valued: an object of the document, and a list of one row. */
export const SUMMARY_COLUMNS: readonly Column[] = [
  { name: 'customers', kind: 'integer' },
  { name: 'expected_active', kind: 'number' },
  { name: 'revenue', kind: 'money' },
  { name: 'margin', kind: 'money' },
  { name: 'customer_equity', kind: 'money' },
  { name: 'customer_equity_interval', kind: 'interval' },
  { name: 'prediction_interval', kind: 'interval' },
  { name: 'prospect_value', kind: 'money' },
];

/** The row of these columns; what is not summed from the segments is exact text already. */
export function summaryRow(
  totals: readonly Totals[],
  digits: number,
  found: {
    readonly expectedActive: string;
    readonly interval: Cell;
    readonly prediction: Cell;
    readonly prospectValue: Cell;
  },
): readonly Cell[] {
  const whole = sumOf(totals);
  return [
    String(whole.customers),
    found.expectedActive,
    unitsText(rescale(whole.revenue, AMOUNT_SCALE, digits), digits),
    unitsText(rescale(whole.margin, MARGIN_SCALE, digits), digits),
    unitsText(whole.clv, digits),
    found.interval,
    found.prediction,
    found.prospectValue,
  ];
}

/** The row of a valuation; several groups have no one prospect. */
export function valuationSummary({
  totals,
  assumptions: { digits },
  intervals,
  expectedActive,
  groups,
}: ValuationNotes & {
  readonly totals: readonly Totals[];
  readonly assumptions: { readonly digits: number };
}): readonly Cell[] {
  return summaryRow(totals, digits, {
    expectedActive: expectedActive.toFixed(FIGURE_DIGITS),
    interval: intervals && intervalText(intervals.equity.total, digits),
    prediction: intervals && predictionText(sumOf(totals).clv, intervals, digits),
    prospectValue: groups.length > 1 ? null : unitsText(halfEvenUnits(groups[0]!.prospectValue, digits), digits),
  });
}

/** What csv and its like carry: the customers, else the segments, else the totals. */
export function mainList(customers: CustomerSource | null, by: readonly string[]): string {
  if (customers) return 'customers';
  return by.length > 0 ? 'segments' : 'summary';
}
