import type { AppraisalName, Appraised, RollUpName } from '../../data/movement.ts';
import type { Factors, States } from '../../data/states.ts';
import { count, type Dialect, type Row, type Store, units } from '../store.ts';
import { halfEvenDouble, SEGMENT_SEPARATOR, splitSegment } from './sql.ts';

/**
 * Replaces the table `factors`: a row a state, and for each of some valuations of the same states, counted from 0, the columns
 * p_alive, dert, spend_base and spend_multiplier with its number.
 */
export async function writeFactors(store: Store, valuations: readonly Factors[]): Promise<void> {
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
export function valuedOf(digits: number, grouped: boolean, dialect: Dialect): string {
  return `SELECT c.*, f.p_alive0 AS p_alive, f.dert0 AS dert, f.spend_base0 + f.spend_multiplier0 * mean AS expected_margin,
  ${valueBy(0, digits, dialect)} AS clv
FROM ${withFactors('customers', grouped)}`;
}

/** The table of an appraisal. */
export function valuesOf(name: AppraisalName): string {
  return `${name}_values`;
}

/** Every customer of a roll-up with the values v0, v1 … by as many factors. */
export function appraisalOf(
  customers: RollUpName,
  count: number,
  digits: number,
  grouped: boolean,
  dialect: Dialect,
): string {
  const values = Array.from({ length: count }, (_, i) => `${valueBy(i, digits, dialect)} AS v${i}`);
  return `SELECT customer_id, segment, CASE WHEN spend_purchases > 0 AND mean <= 0 THEN 1 ELSE 0 END AS not_positive,
  ${values.join(',\n  ')}
FROM ${withFactors(customers, grouped)}`;
}

/** Sums of an appraisal by segment, in the order of their names. */
export async function readAppraised(store: Store, name: AppraisalName, count: number): Promise<Appraised[]> {
  return (await store.rows(appraisedTotals(name, count))).map((row) => appraised(row, count));
}

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
