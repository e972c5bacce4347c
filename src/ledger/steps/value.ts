import { ClvError } from '../../base/errors.ts';
import { NORMAL_95 } from '../../base/normal.ts';
import type { Totals } from '../../data/customers.ts';
import type { AppraisalName, Appraised, RollUpName } from '../../data/movement.ts';
import type { CustomerBounds, Factors, Pricing, States } from '../../data/states.ts';
import { count, type Dialect, type Loaded, type Row, type Store, units } from '../store.ts';
import { readTotals } from './customers.ts';
import { halfEvenDouble, SEGMENT_SEPARATOR, splitSegment, withIds } from './sql.ts';

/** The valued customers without their ids, where they have keys. */
export const UNNAMED = 'unnamed';

/** Values every customer by some factors of its state, rounded once, half to even, to 10^-digits; returns the sums by segment. */
export async function writeValues(
  { store, ids, largestMeans }: Loaded,
  factors: Factors,
  digits: number,
): Promise<readonly Totals[]> {
  await writeFactors(store, factors.states, [
    ...valueColumns(factors),
    ...boundColumns(factors),
    ...nextColumns(factors),
  ]);
  await checkSizes(store, 'customers', largestMeans.get('customers')!, [factors], [VALUE], digits);
  const valued = valuedOf(factors, digits, store.dialect);
  if (ids !== null) await store.derive(UNNAMED, valued);
  await store.derive('valued', `SELECT * FROM ${withIds(ids === null ? `(${valued})` : UNNAMED, ids)} AS v`);
  const totals = await readTotals(store, ids === null ? 'valued' : UNNAMED);
  await checkValued(store, 'customers', totals);
  return totals;
}

/**
 * Values every customer of a roll-up by each of some prices of its state, rounded as a valuation is, and keeps the values.
 * @returns their sums by segment, in the order of their names
 */
export async function appraise(
  loaded: Loaded,
  customers: RollUpName,
  name: AppraisalName,
  valuations: readonly Pricing[],
  digits: number,
): Promise<readonly Appraised[]> {
  const { store } = loaded;
  await store.create(valuesOf(name), await priced(loaded, customers, valuations, digits));
  return sumsOf(store, customers, valuesOf(name), valuations.length);
}

/** As `appraise`, of values that nobody asks for again: none is kept. */
export async function appraiseInSum(
  loaded: Loaded,
  customers: RollUpName,
  valuations: readonly Pricing[],
  digits: number,
): Promise<readonly Appraised[]> {
  const { store } = loaded;
  const values = await priced(loaded, customers, valuations, digits);
  return sumsOf(store, customers, `(${values}) AS a`, valuations.length);
}

/** Writes the factors of some valuations; returns the query of appraisalOf. */
async function priced(
  { store, largestMeans }: Loaded,
  customers: RollUpName,
  valuations: readonly Pricing[],
  digits: number,
): Promise<string> {
  const { states } = valuations[0]!;
  const columns = new DistinctColumns();
  const values = valuations.map(({ dert, times, spendBase, spendMultiplier }) =>
    exactValue(columns.nameOf(dert), columns.nameOf(spendBase), columns.nameOf(spendMultiplier), times),
  );
  await writeFactors(store, states, columns.all);
  await checkSizes(store, customers, largestMeans.get(customers)!, valuations, values, digits);
  return appraisalOf(customers, values, digits, states.groups !== undefined, store.dialect);
}

/** Sums of appraised customers by segment, none of whom is missing. @param values as they stand after FROM */
async function sumsOf(
  store: Store,
  customers: RollUpName,
  values: string,
  count: number,
): Promise<readonly Appraised[]> {
  const found = (await store.rows(appraisedTotals(values, count))).map((row) => appraised(row, count));
  await checkValued(store, customers, found);
  return found;
}

/** The most smallest units that both stores count, in 64 bits. */
const MOST_UNITS = 2 ** 63;

/**
 * E565 where a value is too large to be counted in smallest units. Customers are valued for it only where the largest factors
 * and the largest mean margin allow it.
 * @param mean the largest mean margin of the customers
 * @param values of a customer by each of the valuations
 */
async function checkSizes(
  store: Store,
  customers: string,
  mean: number,
  valuations: readonly Pricing[],
  values: readonly string[],
  digits: number,
): Promise<void> {
  const limit = MOST_UNITS / 10 ** digits;
  for (const [i, factors] of valuations.entries()) {
    if (largestOf(factors, mean) < limit) continue;
    const joined = withFactors(customers, factors.states.groups !== undefined);
    const [row] = await store.rows(`SELECT max(abs(${values[i]})) AS largest FROM ${joined}`);
    const value = Number(row!['largest']);
    if (!(value < limit)) throw new ClvError('E565', { value: value.toExponential(1), limit: limit.toExponential(1) });
  }
}

/** No customer with at most this mean margin is worth more by these factors. */
function largestOf({ dert, times = 1, spendBase, spendMultiplier }: Pricing, mean: number): number {
  return dert.reduce(
    (most, purchases, i) =>
      Math.max(most, times * purchases * (Math.abs(spendBase[i]!) + Math.abs(spendMultiplier[i]!) * mean)),
    0,
  );
}

/** Every customer must have found its factors: E501. */
async function checkValued(
  store: Store,
  customers: string,
  segments: readonly { readonly customers: number }[],
): Promise<void> {
  const [row] = await store.rows(`SELECT count(*) AS n FROM ${customers}`);
  const reader = count(row!['n']);
  const ledger = segments.reduce((sum, one) => sum + one.customers, 0);
  if (reader !== ledger) throw new ClvError('E501', { reader, ledger, what: 'valued customers' });
}

/** Replaces the table `factors`: a row a state, with these columns of doubles. */
async function writeFactors(store: Store, states: States, doubles: Columns): Promise<void> {
  const columns = [states.x, states.recency, states.age, ...doubles.map(([, values]) => values)];
  const groups = states.groups && groupTexts(states);
  const named = [
    ...(states.groups ? [['fit_group', 'text'] as const] : []),
    ...['x', 'recency', 'age'].map((name) => [name, 'integer'] as const),
    ...doubles.map(([name]) => [name, 'double'] as const),
  ];
  await store.lend('factors', named, states.length, (start, end) => [
    ...(groups ? [groups.slice(start, end)] : []),
    ...columns.map((column) => column.subarray(start, end)),
  ]);
}

type Columns = readonly (readonly [string, Float64Array])[];

function valueColumns({ pAlive, dert, spendBase, spendMultiplier }: Factors): Columns {
  return [
    ['p_alive', pAlive],
    ['dert', dert],
    ['spend_base', spendBase],
    ['spend_multiplier', spendMultiplier],
  ];
}

function boundColumns({ bounds }: Factors): Columns {
  if (!bounds) return [];
  const { prediction, confidence } = bounds;
  return [
    ['low', prediction.low],
    ['high', prediction.high],
    ...(confidence
      ? ([
          ['below', confidence.below],
          ['above', confidence.above],
          ['spread_base', confidence.base],
          ['spread_linear', confidence.linear],
          ['spread_quadratic', confidence.quadratic],
        ] as const)
      : []),
  ];
}

function nextColumns({ next }: Factors): Columns {
  if (!next) return [];
  return [
    ['buys_again', next.buysAgain],
    ['next_from', next.from],
    ['next_median', next.median],
    ['next_to', next.to],
  ];
}

/** Columns of doubles under names of their own, those that are alike under one: what is expected of spend is so in most valuations. */
class DistinctColumns {
  readonly #bytes: Buffer[] = [];
  readonly #all: (readonly [string, Float64Array])[] = [];

  nameOf(values: Float64Array): string {
    const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
    const known = this.#bytes.findIndex((other) => other.equals(bytes));
    if (known >= 0) return this.#all[known]![0];
    const name = `factor${this.#all.length}`;
    this.#bytes.push(bytes);
    this.#all.push([name, values]);
    return name;
  }

  get all(): Columns {
    return this.#all;
  }
}

/** The group of every state, as the text it has in the tables. */
function groupTexts({ groups, length }: States): string[] {
  const texts = new Array<string>(length).fill('');
  for (const { name, start, end } of groups ?? []) texts.fill(name.join(SEGMENT_SEPARATOR), start, end);
  return texts;
}

/** Customers joined with the factors of their states. */
function withFactors(customers: string, grouped: boolean): string {
  return `${customers} AS c INNER JOIN factors AS f ON c.x = f.x AND c.recency = f.recency AND c.age = f.age${grouped ? ' AND c.fit_group = f.fit_group' : ''}`;
}

/** The value of a customer by columns of factors: times × DERT × (base + multiplier × mean margin). */
function exactValue(dert: string, base: string, multiplier: string, times = 1): string {
  const purchases = times === 1 ? `f.${dert}` : `(f.${dert} * CAST('${times}' AS DOUBLE))`;
  return `${purchases} * f.${base} + ${purchases} * f.${multiplier} * mean`;
}

const VALUE = exactValue('dert', 'spend_base', 'spend_multiplier');
const EXPECTED_MARGIN = 'f.spend_base + f.spend_multiplier * mean';

/** Every customer with P(alive), DERT, expected margin per purchase, CLV, the bounds of its intervals and when it buys next. */
function valuedOf({ states, bounds, next }: Factors, digits: number, dialect: Dialect): string {
  const more = [...(bounds ? boundsOf(bounds, digits, dialect) : []), ...(next ? NEXT : [])];
  return `SELECT c.*, f.p_alive AS p_alive, f.dert AS dert, ${EXPECTED_MARGIN} AS expected_margin,
  ${halfEvenDouble(VALUE, digits, dialect)} AS clv${more.map((column) => `,\n  ${column}`).join('')}
FROM ${withFactors('customers', states.groups !== undefined)}`;
}

/**
 * The bounds of both intervals as columns, rounded half to even; NULL for customers with a mean margin of zero or less, whom no
 * model of spend holds. Of the confidence interval with the estimate e and the relative standard error σ: every value v with
 * (v − e)² ≤ 1.96² σ² e v, which is e/f² to e·f² with h = 1.96 σ/2 and f = h + √(1 + h²). That is the interval on the scale of
 * logarithms up to a third power of σ, without a function that engines compute differently.
 */
function boundsOf({ confidence }: CustomerBounds, digits: number, dialect: Dialect): readonly string[] {
  const bound = (name: string, value: string, where: string): string =>
    `CASE WHEN ${where} THEN ${halfEvenDouble(value, digits, dialect)} END AS ${name}`;
  const margin = `(${EXPECTED_MARGIN})`;
  const spread = 'f.spread_base + f.spread_linear * mean + f.spread_quadratic * mean * mean';
  const relative = `CASE WHEN ${spread} > 0 AND ${margin} > 0 THEN (${spread}) / (${margin} * ${margin}) ELSE 0 END`;
  const factor = (variance: string): string => {
    const half = `(CAST(${NORMAL_95 / 2} AS DOUBLE) * sqrt(f.${variance} + ${relative}))`;
    return `(${half} + sqrt(1 + ${half} * ${half}))`;
  };
  const [below, above] = confidence ? [factor('below'), factor('above')] : ['1', '1'];
  const sure = confidence ? HELD : '1 = 0';
  return [
    bound('clv_interval_low', `(${VALUE}) / (${below} * ${below})`, sure),
    bound('clv_interval_high', `(${VALUE}) * (${above} * ${above})`, sure),
    bound('prediction_interval_low', `f.low * ${margin}`, HELD),
    bound('prediction_interval_high', `f.high * ${margin}`, HELD),
  ];
}

/** When a customer buys next; the last purchase and the days since then are the as-of date. */
const NEXT: readonly string[] = [
  'f.buys_again AS p_buys_again',
  ...(
    [
      ['next_median', 'next_purchase'],
      ['next_from', 'next_purchase_from'],
      ['next_to', 'next_purchase_to'],
    ] as const
  ).map(([days, name]) => `c.last_purchase + CAST(c.age - c.recency + f.${days} AS INTEGER) AS ${name}`),
];

/** Whether a model of spend holds a customer. */
const HELD = '(spend_purchases = 0 OR mean > 0)';

/** The table of an appraisal. */
export function valuesOf(name: AppraisalName): string {
  return `${name}_values`;
}

/** Every customer of a roll-up with the values v0, v1 …, rounded once. @param exact as exactValue has them */
function appraisalOf(
  customers: RollUpName,
  exact: readonly string[],
  digits: number,
  grouped: boolean,
  dialect: Dialect,
): string {
  const values = exact.map((value, i) => `${halfEvenDouble(value, digits, dialect)} AS v${i}`);
  return `SELECT customer, segment, CASE WHEN spend_purchases > 0 AND mean <= 0 THEN 1 ELSE 0 END AS not_positive,
  ${values.join(',\n  ')}
FROM ${withFactors(customers, grouped)}`;
}

/** Sums of appraised customers by segment, in the order of their names. @param values as they stand after FROM */
function appraisedTotals(values: string, count: number): string {
  const sums = Array.from({ length: count }, (_, i) => `sum(v${i}) AS v${i}`);
  return `SELECT segment, count(*) AS n, ${sums.join(', ')} FROM ${values} GROUP BY segment ORDER BY segment`;
}

/** The values v0, v1 … of a row of sums, with its segment. */
export function appraised(row: Row, values: number): Appraised {
  return {
    segment: splitSegment(String(row['segment'])),
    customers: count(row['n']),
    values: Array.from({ length: values }, (_, i) => units(row[`v${i}`])),
  };
}
