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

const COLUMNS: readonly Column[] = [
  { name: 'period', kind: 'text' },
  { name: 'from', kind: 'date' },
  { name: 'to', kind: 'date' },
  { name: 'expected_purchases', kind: 'number' },
  { name: 'expected_margin', kind: 'money' },
  { name: 'discount_factor', kind: 'number' },
  { name: 'present_value', kind: 'money' },
];

/**
 * Every figure of a row is the rounded whole up to its end less the rounded whole up to its start, so that a column adds up
 * to its rounded sum, and any row is the sum of the shorter rows in it. Dates are null without an as-of date.
 */
export function cashFlowsSection(flows: CashFlows, asOf: Day | null, digits: number): Section {
  return listOf('cash_flows', COLUMNS, rowsOf(flows, asOf, digits));
}

/** The list of cash flows with a last row of the sums, for people. */
export function withTotal(flows: CashFlows, asOf: Day | null, digits: number): Section {
  const whole = { ...flows, until: flows.until.slice(-1) };
  const [[, , , purchases, margin, , value]] = rowsOf(whole, null, digits) as [Cell[]];
  const total = ['total', null, null, purchases!, margin!, null, value!];
  return listOf('cash_flows', COLUMNS, [...rowsOf(flows, asOf, digits), total]);
}

function rowsOf(flows: CashFlows, asOf: Day | null, digits: number): Cell[][] {
  const { until, margin } = flows;
  const wholes = {
    purchases: until.map(({ purchases }) => unitsOf(purchases, FIGURE_DIGITS)),
    margin: until.map(({ purchases }) => unitsOf(purchases * perPurchase(margin), digits)),
    value: until.map(({ discounted }, k) =>
      k === until.length - 1 ? flows.clv : valueUnits(discounted, margin, digits),
    ),
  };
  return until.map((_, k) => [
    rowName(flows, k),
    dateOf(asOf, k === 0 ? 0 : until[k - 1]!.days),
    dateOf(asOf, until[k]!.days),
    difference(wholes.purchases, k, FIGURE_DIGITS),
    difference(wholes.margin, k, digits),
    discountFactor(until, k)?.toFixed(FIGURE_DIGITS) ?? null,
    difference(wholes.value, k, digits),
  ]);
}

/** `year 3`; the last is `thereafter`, or a part of a period where the horizon cuts it. */
function rowName({ period, until }: CashFlows, k: number): string {
  const { days } = until[k]!;
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

/** In effect: discounted over undiscounted purchases of the row. Null where these are infinite, or too few to tell. */
function discountFactor(until: readonly Expectation[], k: number): number | null {
  const { purchases, discounted } = until[k]!;
  const before = k === 0 ? { purchases: 0, discounted: 0 } : until[k - 1]!;
  const within = purchases - before.purchases;
  return Number.isFinite(within) && within > LEAST_SHARE * purchases ? (discounted - before.discounted) / within : null;
}
