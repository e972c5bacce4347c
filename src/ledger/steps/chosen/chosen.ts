import type { Chosen, Condition } from '../../../data/chosen/conditions.ts';
import type { CustomerColumn } from '../../../data/customer-columns.ts';
import { count, type Dialect, type Loaded, units } from '../../store.ts';

/**
 * Makes the table `chosen` of the valued customers who fulfil every condition on these columns of a list. What was typed never passes through SQL text: it
 * is a row of the table `held`.
 * @param counted see CustomerList
 */
export async function chooseCustomers(
  { store }: Loaded,
  conditions: readonly Condition[],
  listed: readonly CustomerColumn[],
  counted: 0 | 1,
): Promise<Omit<Chosen, 'text'>> {
  const columns = conditions.map(({ held }, i) => [`h${i}`, held.type] as const);
  await store.fill('held', columns, 1, () => conditions.map(({ held }) => [held.value]));
  const tests = conditions.map((one, i) => testOf(one, `(SELECT h${i} FROM held)`, listed, counted, store.dialect));
  await store.create('chosen', `SELECT * FROM valued WHERE ${tests.join(' AND ')}`);
  await store.drop('held');
  const [sums] = await store.rows('SELECT count(*) AS n, sum(clv) AS clv FROM chosen');
  return { customers: count(sums!['n']), clv: units(sums!['clv']) };
}

function testOf(
  { column, comparison }: Condition,
  value: string,
  listed: readonly CustomerColumn[],
  counted: 0 | 1,
  dialect: Dialect,
): string {
  const sql = comparison === '!=' ? '<>' : comparison;
  return `${comparedOf(column, listed, counted, dialect)} ${sql} ${value}`;
}

/** What is compared: of a mean of no purchases nothing is known. */
function comparedOf(
  column: string | number,
  listed: readonly CustomerColumn[],
  counted: 0 | 1,
  { part }: Dialect,
): string {
  if (typeof column === 'number') return part('segment', column + 1);
  const found = listed.find(({ name }) => name === column);
  if (!found) return 'customer_id';
  return found.kept === 'mean' ? `CASE WHEN x + ${counted} > 0 THEN ${found.sql} END` : found.sql;
}
