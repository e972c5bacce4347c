import type { Factors, States } from '../../base/states.ts';
import type { Store } from '../store.ts';
import { SEGMENT_SEPARATOR } from './sql.ts';

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
