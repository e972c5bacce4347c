import { DOUBLE, INTEGER, VARCHAR } from '@duckdb/node-api';
import type { Factors, States } from '../base/states.ts';
import type { DuckDBSession } from './duckdb-session.ts';
import { DuckDBTable } from './duckdb-table.ts';
import { SEGMENT_SEPARATOR } from './sql.ts';

/**
 * Replaces the table `factors`: a row a state, and for each of some valuations of the same states, counted from 0, the columns
 * p_alive, dert, spend_base and spend_multiplier with its number.
 */
export async function writeFactors(session: DuckDBSession, valuations: readonly Factors[]): Promise<void> {
  const { states } = valuations[0]!;
  await session.run('DROP TABLE IF EXISTS factors');
  const sink = await DuckDBTable.create(session, 'factors', [
    ...(states.groups ? [['fit_group', VARCHAR] as const] : []),
    ...['x', 'recency', 'age'].map((name) => [name, INTEGER] as const),
    ...valuations.flatMap((_, i) =>
      ['p_alive', 'dert', 'spend_base', 'spend_multiplier'].map((name) => [`${name}${i}`, DOUBLE] as const),
    ),
  ]);
  const columns = [
    ...[states.x, states.recency, states.age],
    ...valuations.flatMap(({ pAlive, dert, spendBase, spendMultiplier }) => [pAlive, dert, spendBase, spendMultiplier]),
  ];
  const groups = states.groups && groupTexts(states);
  sink.append(states.length, (start, end) => [
    ...(groups ? [groups.slice(start, end)] : []),
    ...columns.map((column) => Array.from(column.subarray(start, end))),
  ]);
  sink.close();
}

/** The group of every state, as the text it has in the tables. */
function groupTexts({ groups, length }: States): string[] {
  const texts = new Array<string>(length).fill('');
  for (const { name, start, end } of groups ?? []) texts.fill(name.join(SEGMENT_SEPARATOR), start, end);
  return texts;
}
