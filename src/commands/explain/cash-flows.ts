import { type Day, isoOf } from '../../base/calendar.ts';
import { halfEvenUnits, unitsText } from '../../base/money.ts';
import { listOf } from '../../data/lists.ts';
import { type Cell, type Column, FIGURE_DIGITS, type Section } from '../../data/report.ts';
import type { CashRows, Expectation } from '../../engine/cash-flows.ts';

/** The cash flows behind one CLV. */
export interface CashFlows extends CashRows {
  /** Up to the end of every row; the last is the whole. */
  readonly until: readonly Expectation[];
  readonly margin: ExpectedMargin;
  /** The customer's CLV in minor units: what the present values add up to. */
  readonly clv: bigint;
}

/** Margin expected of each purchase: base + weight × mean, in currency units. */
export interface ExpectedMargin {
  readonly base: number;
  readonly weight: number;
  readonly mean: number;
}

/** Minor units of discounted purchases × margin, rounded once; the arithmetic of ledger/steps/value.ts, term by term. */
export function valueUnits(discounted: number, { base, weight, mean }: ExpectedMargin, digits: number): bigint {
  return BigInt(halfEvenUnits(discounted * base + discounted * weight * mean, digits));
}

/** Currency units. */
export function perPurchase({ base, weight, mean }: ExpectedMargin): number {
  return base + weight * mean;
}

/**
 * Figures from the as-of date up to the end of each row, rounded: every figure of a row is the difference of two neighbours, so
 * that a column adds up to its rounded sum, and any row is the sum of the shorter rows in it. Null where there is no bound.
 */
export interface CashTotals {
  readonly rows: CashRows;
  /** 10^-6, of what is counted. */
  readonly counts: readonly (bigint | null)[];
  /** Minor units. */
  readonly margins: readonly (bigint | null)[];
  readonly values: readonly bigint[];
  /** Of each row. */
  readonly factors: readonly (number | null)[];
}

/** What a cash flow counts: purchases, or payments of a subscription. */
type Counted = 'expected_purchases' | 'expected_payments';

export function columnsOf(counted: Counted): readonly Column[] {
  return [
    { name: 'period', kind: 'text' },
    { name: 'from', kind: 'date' },
    { name: 'to', kind: 'date' },
    { name: counted, kind: 'number' },
    { name: 'expected_margin', kind: 'money' },
    { name: 'discount_factor', kind: 'number' },
    { name: 'present_value', kind: 'money' },
  ];
}

/** Dates are null without an as-of date. */
export function cashFlowsSection(
  totals: CashTotals,
  asOf: Day | null,
  digits: number,
  counted: Counted = 'expected_purchases',
): Section {
  return listOf('cash_flows', columnsOf(counted), rowsOf(totals, asOf, digits));
}

/** The first so many cash flows, as they are drawn. */
export function periodsSection(totals: CashTotals, digits: number, rows: number): Section {
  return listOf('cash_flows', columnsOf('expected_purchases'), rowsOf(totals, null, digits).slice(0, rows));
}

/** The list of cash flows with a last row of the sums, for people. */
export function withTotal(
  totals: CashTotals,
  asOf: Day | null,
  digits: number,
  counted: Counted = 'expected_purchases',
): Section {
  const money = (units: bigint | null): Cell => (units === null ? null : unitsText(units, digits));
  const count = totals.counts.at(-1)!;
  const total = [
    'total',
    null,
    null,
    count === null ? null : unitsText(count, FIGURE_DIGITS),
    money(totals.margins.at(-1)!),
    null,
    money(totals.values.at(-1)!),
  ];
  return listOf('cash_flows', columnsOf(counted), [...rowsOf(totals, asOf, digits), total]);
}

/** Those of a customer who buys. */
export function totalsOf(flows: CashFlows, digits: number): CashTotals {
  const { until, margin } = flows;
  return {
    rows: flows,
    counts: until.map(({ purchases }) => unitsOf(purchases, FIGURE_DIGITS)),
    margins: until.map(({ purchases }) => unitsOf(purchases * perPurchase(margin), digits)),
    values: until.map(({ discounted }, k) =>
      k === until.length - 1 ? flows.clv : valueUnits(discounted, margin, digits),
    ),
    factors: discountFactors(until.map(({ purchases, discounted }) => ({ undiscounted: purchases, discounted }))),
  };
}

function rowsOf({ rows, counts, margins, values, factors }: CashTotals, asOf: Day | null, digits: number): Cell[][] {
  return values.map((_, k) => [
    rowName(rows, k),
    dateOf(asOf, k === 0 ? 0 : rows.ends[k - 1]!),
    dateOf(asOf, rows.ends[k]!),
    difference(counts, k, FIGURE_DIGITS),
    difference(margins, k, digits),
    factors[k]?.toFixed(FIGURE_DIGITS) ?? null,
    difference(values, k, digits),
  ]);
}

/** `year 3`; the last is `thereafter`, or a part of a period where the horizon cuts it. */
function rowName({ period, ends }: CashRows, k: number): string {
  const days = ends[k]!;
  if (days === null) return 'thereafter';
  const part = days < (k + 1) * period.days ? ', part' : '';
  return `${period.name} ${k + 1}${part}`;
}

/** The day so many days after the as-of date, a part of a day rounded (definitions: explain). */
function dateOf(asOf: Day | null, days: number | null): string | null {
  return asOf === null || days === null ? null : isoOf(asOf + Math.round(days));
}

/** Null where it is infinite. */
function unitsOf(value: number, digits: number): bigint | null {
  return Number.isFinite(value) ? BigInt(halfEvenUnits(value, digits)) : null;
}

function difference(wholes: readonly (bigint | null)[], k: number, digits: number): string | null {
  const [until, before] = [wholes[k]!, k === 0 ? 0n : wholes[k - 1]!];
  return until === null || before === null ? null : unitsText(until - before, digits);
}

/** Of a whole, what is left of a difference of two wholes below this share is mostly rounding. */
const LEAST_SHARE = 1e-9;

/** Sums from the as-of date up to the end of a row; undiscounted ones may have no bound. */
interface FactorSums {
  readonly undiscounted: number | null;
  readonly discounted: number;
}

/** In effect: discounted over undiscounted payments of each row. Null where these are infinite, or too few to tell. */
export function discountFactors(until: readonly FactorSums[]): readonly (number | null)[] {
  return until.map(({ undiscounted, discounted }, k) => {
    const before = until[k - 1] ?? { undiscounted: 0, discounted: 0 };
    const within = (undiscounted ?? Number.POSITIVE_INFINITY) - (before.undiscounted ?? Number.POSITIVE_INFINITY);
    const tells = Number.isFinite(within) && within > LEAST_SHARE * undiscounted!;
    return tells ? (discounted - before.discounted) / within : null;
  });
}
