import { type Day, isoOf } from '../../base/calendar.ts';
import type { Decimal } from '../../base/decimal.ts';
import { MARGIN_SCALE, RATE_SCALE } from '../../base/money.ts';
import { FORMS } from '../../data/ids.ts';
import type { LoadPlan } from '../plan.ts';
import type { Dialect } from '../store.ts';

/**
 * The SQL the stores share: pure text, one statement a function. It keeps to what DuckDB and ClickHouse read alike: grouping,
 * CASE, LEFT JOIN (misses are NULL: ClickHouse needs join_use_nulls), difference of dates, decimal sums and products.
 * No decimal division, avg or round: engines differ there. Names in it are ours; a user's text never is.
 *
 * Rows: `customer_id, day, amount DECIMAL(18,4), k0 …`. Money: revenue DECIMAL(38,4), margin DECIMAL(38,10), clv minor units.
 */
export const SEGMENT_SEPARATOR = '\u0000';

/** The values in a segment's or group's text; none in the empty one, since a blank value is `(none)`. */
export function splitSegment(text: string): string[] {
  return text === '' ? [] : text.split(SEGMENT_SEPARATOR);
}

const NO_SEGMENT = '(none)';

/** The segment of a row: its by-columns, blank as `(none)`, joined by a character that sorts before all others. */
export function segmentOf(by: readonly number[], separator: string): string {
  const parts = by.map((key) => `CASE WHEN k${key} = '' THEN '${NO_SEGMENT}' ELSE k${key} END`);
  return parts.join(` || ${separator} || `);
}

/**
 * Rows with the ids of their customers as `customer_id`, as they stand after FROM.
 * @param rows as they stand after FROM, with the key `customer`
 * @param ids see Loaded
 */
export function withIds(rows: string, ids: string | null): string {
  if (ids === null) return `(SELECT t.*, t.customer AS customer_id FROM ${rows} AS t)`;
  return `(SELECT t.*, i.customer_id AS customer_id FROM ${rows} AS t INNER JOIN ${ids} AS i ON t.customer = i.customer)`;
}

/** Rows with a `customer_id` and the key of the customer as `customer`; the other way round. */
export function withKeys(rows: string, ids: string | null): string {
  if (ids === null) return `(SELECT t.*, t.customer_id AS customer FROM ${rows} AS t)`;
  return `(SELECT t.*, i.customer AS customer FROM ${rows} AS t INNER JOIN ${ids} AS i ON t.customer_id = i.customer_id)`;
}

export const WIDE_AMOUNT = 'DECIMAL(38,4)';
export const WIDE_MARGIN = `DECIMAL(38,${MARGIN_SCALE})`;

/** A day as an SQL literal. */
export function dateLiteral(day: Day): string {
  return `CAST('${isoOf(day)}' AS DATE)`;
}

/** A rate as an exact SQL literal. */
export function rateLiteral(rate: Decimal): string {
  return `CAST('${rate.toFixed(RATE_SCALE)}' AS DECIMAL(7,${RATE_SCALE}))`;
}

/** A day (customer-day) is a purchase when it has records and nets to zero or more. */
export const PURCHASE = 'records > 0 AND revenue >= 0';

/** The purchases of a customer among its days. */
export const PURCHASE_SUMS = `min(CASE WHEN ${PURCHASE} THEN day END) AS first_purchase,
  max(CASE WHEN ${PURCHASE} THEN day END) AS last_purchase,
  count(CASE WHEN ${PURCHASE} THEN 1 END) AS purchases`;

/** What is added up of the transactions of a day. */
export const DAY_SUMS = 'count(*) AS records, sum(amount) AS revenue';
export const REFUND_SUM = 'sum(CASE WHEN amount < 0 THEN amount ELSE 0 END) AS refunds';

/** The margin of some days, each money column aggregated alike: of the rules by row, or of revenue by one rate; less costs. */
export function marginBy(plan: LoadPlan, aggregate: (column: string) => string): string {
  const { rate, rules } = plan.margin;
  const gross = rules ? aggregate('margin') : `${aggregate('revenue')} * ${rateLiteral(rate!)}`;
  return `CAST(${gross}${plan.costs !== null ? ` - ${aggregate('cost')}` : ''} AS ${WIDE_MARGIN})`;
}

/**
 * A double with the value of an exact margin, the same in every engine: of a narrow one, whole part and fraction apart; of a
 * wide one by way of its text, since engines differ in the last bit of a wide decimal.
 */
export function double(decimal: string): string {
  const narrow = narrowDouble(`CAST(${decimal} AS ${NARROW_MARGIN})`);
  return `(CASE WHEN ${decimal} > -${NARROW} AND ${decimal} < ${NARROW} THEN ${narrow} ELSE ${byText(decimal)} END)`;
}

/** The same of a margin that is a decimal of 64 bits. */
export function narrowDouble(narrow: string): string {
  return `(CAST(trunc(${narrow}) AS DOUBLE) + CAST(${narrow} - trunc(${narrow}) AS DOUBLE))`;
}

/** The margin of a narrow revenue by a rate, in 64 bits. */
export function narrowMargin(rate: Decimal, revenue: string): string {
  return `CAST(CAST(${revenue} AS DECIMAL(11,4)) * ${rateLiteral(rate)} AS ${NARROW_MARGIN})`;
}

/** Revenue below this times a rate is a decimal of 64 bits. */
export const NARROW_REVENUE = 10 ** 7;

/** A double with the value of an exact number, the nearest one in every engine. */
export function byText(exact: string): string {
  return `CAST(CAST(${exact} AS VARCHAR) AS DOUBLE)`;
}

/** A margin below this fits a decimal of 64 bits, in which arithmetic is ten times as fast. */
export const NARROW = 10 ** (18 - MARGIN_SCALE) - 1;
export const NARROW_MARGIN = `DECIMAL(18,${MARGIN_SCALE})`;

/** A float64 in units of 10^-digits, half to even. As money.halfEvenUnits. */
export function halfEvenDouble(value: string, digits: number, { halfEven }: Pick<Dialect, 'halfEven'>): string {
  return halfEven(`((${value}) * CAST(${10 ** digits} AS DOUBLE))`);
}

/** A text with one form of the characters that have two. @param translate the function of an engine that exchanges characters */
export function inOneForm(text: string, translate: string): string {
  return `${translate}(${text}, '${FORMS.from}', '${FORMS.to}')`;
}

/** Zero-width characters, marks of direction and the soft hyphen. */
const UNSEEN = ['\u00ad', '\u200b', '\u200c', '\u200d', '\u200e', '\u200f', '\u2060', '\ufeff'];

/** A text without characters that no one sees. */
export function withoutUnseen(text: string, replace: string): string {
  return UNSEEN.reduce((rest, mark) => `${replace}(${rest}, '${mark}', '')`, text);
}
