import { ClvError } from '../../base/errors.ts';
import type { Totals } from '../../data/customers.ts';
import type { AppraisalName, Appraised, RollUpName } from '../../data/movement.ts';
import type { Factors, States } from '../../data/states.ts';
import { count, type Dialect, type Loaded, type Row, type Store, units } from '../store.ts';
import { readTotals } from './customers.ts';
import { halfEvenDouble, SEGMENT_SEPARATOR, splitSegment } from './sql.ts';

/** Values every customer by some factors of its state, rounded once, half to even, to 10^-digits; returns the sums by segment. */
export async function writeValues(store: Store, factors: Factors, digits: number): Promise<readonly Totals[]> {
  await writeFactors(store, [factors]);
  await store.derive('valued', valuedOf(digits, factors.states.groups !== undefined, store.dialect));
  const totals = await readTotals(store);
  await checkValued(store, 'customers', totals);
  return totals;
}

/**
 * Values every customer of a roll-up by each of some factors of its states, rounded as a valuation is, and keeps the values.
 * @returns their sums by segment, in the order of their names
 */
export async function appraise(
  { store }: Loaded,
  customers: RollUpName,
  name: AppraisalName,
  valuations: readonly Factors[],
  digits: number,
): Promise<readonly Appraised[]> {
  const grouped = valuations[0]!.states.groups !== undefined;
  await writeFactors(store, valuations);
  await store.create(valuesOf(name), appraisalOf(customers, valuations.length, digits, grouped, store.dialect));
  const sums = await store.rows(appraisedTotals(name, valuations.length));
  const found = sums.map((row) => appraised(row, valuations.length));
  await checkValued(store, customers, found);
  return found;
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

/**
 * Replaces the table `factors`: a row a state, and for each of some valuations of the same states, counted from 0, the columns
 * p_alive, dert, spend_base and spend_multiplier with its number.
 */
async function writeFactors(store: Store, valuations: readonly Factors[]): Promise<void> {
  const { states } = valuations[0]!;
  const columns = [
    ...[states.x, states.recency, states.age],
    ...valuations.flatMap(({ pAlive, dert, spendBase, spendMultiplier }) => [pAlive, dert, spendBase, spendMultiplier]),
  ];
  const groups = states.groups && groupTexts(states);
  const named = [
    ...(states.groups ? [['fit_group', 'text'] as const] : []),
    ...['x', 'recency', 'age'].map((name) => [name, 'integer'] as const),
    ...valuations.flatMap((_, i) =>
      ['p_alive', 'dert', 'spend_base', 'spend_multiplier'].map((name) => [`${name}${i}`, 'double'] as const),
    ),
  ];
  await store.fill('factors', named, states.length, (start, end) => [
    ...(groups ? [groups.slice(start, end)] : []),
    ...columns.map((column) => column.subarray(start, end)),
  ]);
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

/** The value of a customer by the factors with this number: DERT × (base + multiplier × mean margin), rounded once. */
function valueBy(i: number, digits: number, { whole }: Dialect): string {
  return halfEvenDouble(`f.dert${i} * f.spend_base${i} + f.dert${i} * f.spend_multiplier${i} * mean`, digits, whole);
}

/** Every customer with P(alive), DERT, expected margin per purchase and CLV by the first factors. */
function valuedOf(digits: number, grouped: boolean, dialect: Dialect): string {
  return `SELECT c.*, f.p_alive0 AS p_alive, f.dert0 AS dert, f.spend_base0 + f.spend_multiplier0 * mean AS expected_margin,
  ${valueBy(0, digits, dialect)} AS clv
FROM ${withFactors('customers', grouped)}`;
}

/** The table of an appraisal. */
export function valuesOf(name: AppraisalName): string {
  return `${name}_values`;
}

/** Every customer of a roll-up with the values v0, v1 … by as many factors. */
function appraisalOf(customers: RollUpName, count: number, digits: number, grouped: boolean, dialect: Dialect): string {
  const values = Array.from({ length: count }, (_, i) => `${valueBy(i, digits, dialect)} AS v${i}`);
  return `SELECT customer_id, segment, CASE WHEN spend_purchases > 0 AND mean <= 0 THEN 1 ELSE 0 END AS not_positive,
  ${values.join(',\n  ')}
FROM ${withFactors(customers, grouped)}`;
}

/** Sums of an appraisal by segment, in the order of their names. */
function appraisedTotals(name: AppraisalName, count: number): string {
  const sums = Array.from({ length: count }, (_, i) => `sum(v${i}) AS v${i}`);
  return `SELECT segment, count(*) AS n, ${sums.join(', ')} FROM ${valuesOf(name)} GROUP BY segment ORDER BY segment`;
}

/** The values v0, v1 … of a row of sums, with its segment. */
export function appraised(row: Row, values: number): Appraised {
  return {
    segment: splitSegment(String(row['segment'])),
    customers: count(row['n']),
    values: Array.from({ length: values }, (_, i) => units(row[`v${i}`])),
  };
}
