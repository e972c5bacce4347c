import { ClvError } from '../../../base/errors.ts';
import type { Kept } from '../../store.ts';
import { type Address, irreplaceable, isSame, nameOf, type TableName, targetTable } from '../address.ts';
import { DistributedResults } from './distributed.ts';
import type { Results, ResultsPlace, WritingSession } from './place.ts';
import { PlainResults } from './plain.ts';
import { columnsOf, distributionOf, isEqual, shapeOf } from './shape.ts';

/** What is to be kept: the rows of a query, whose columns c0, c1 … get these names. */
interface Wanted {
  readonly names: readonly string[];
  readonly select: string;
  readonly expected: Kept;
}

/**
 * Writes rows into a table as a whole: into a table beside it, which is counted and summed up, and then takes its place. What
 * fails leaves the old rows.
 * @param name `table` in the database of the address, or `database.table`
 * @throws ClvError E457 for a table that cannot be replaced, E458 when what is there is not what was to be written, and those of DistributedResults
 */
export async function keepResults(
  store: WritingSession,
  address: Address,
  name: string,
  wanted: Wanted,
): Promise<void> {
  const target = targetTable(name, address);
  const results = await resultsOf(store, wanted);
  const place = await placeOf(store, target, results);
  await checkUnread(store, address, target, place);
  store.atEnd(() => place.drop());
  await place.create(results);
  for (const held of await place.held(results.last)) checkHeld(target, held, wanted.expected);
  await place.swap();
}

async function resultsOf(store: WritingSession, { names, select }: Wanted): Promise<Results> {
  const query = `SELECT ${names.map((_, i) => `c${i} AS {n${i}:Identifier}`).join(', ')} FROM (${select}) AS r`;
  const parameters = Object.fromEntries(names.map((name, i) => [`n${i}`, name]));
  const columns = columnsOf(await store.rowsBy(`DESCRIBE TABLE (${query})`, parameters));
  return { query, parameters, columns, last: names.at(-1)! };
}

async function placeOf(store: WritingSession, target: TableName, { columns }: Results): Promise<ResultsPlace> {
  const shape = await shapeOf(store, target);
  if (shape?.engine === 'Distributed') return DistributedResults.open(store, target, shape, columns);
  if (shape !== null && (shape.engine !== 'MergeTree' || shape.columns !== columns))
    throw irreplaceable(target, 'it is not a MergeTree or Distributed table with the same columns');
  return new PlainResults(store, target, shape === null);
}

/** E457 for rows that are read by way of a Distributed table. */
async function checkUnread(
  store: WritingSession,
  address: Address,
  target: TableName,
  { replaced }: ResultsPlace,
): Promise<void> {
  const shape = await shapeOf(store, address);
  const local = shape && distributionOf(shape)?.local;
  if (isSame(address, replaced) || (local && isSame(local, replaced)))
    throw irreplaceable(target, `its rows are those of ${nameOf(replaced)}, which is read`);
}

function checkHeld(target: TableName, held: Kept, wanted: Kept): void {
  if (isEqual(held, wanted)) return;
  throw new ClvError('E458', { table: nameOf(target), held: said(held), wanted: said(wanted) });
}

function said({ rows, sum }: Kept): string {
  return `${rows} rows of ${sum}`;
}
