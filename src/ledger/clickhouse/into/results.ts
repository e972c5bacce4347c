import { ClvError } from '../../../base/errors.ts';
import { type CustomerColumn, customerColumns } from '../../../data/customer-columns.ts';
import type { CustomerList, Kept } from '../../exports.ts';
import { type Address, irreplaceable, isSame, nameOf, type TableName, targetTable } from '../address.ts';
import { DistributedResults } from './distributed.ts';
import type { Results, ResultsPlace, WritingSession } from './place.ts';
import { columnsOf, distributionOf, heldIn, isEqual, shapeOf } from './shape.ts';
import { type Beside, beside, createLike, DROP, EXCHANGE, RENAME, STAGING, stagingOf } from './staging.ts';

/** What is to be kept: the rows of a query, whose columns c0, c1 … get these names. */
interface Wanted {
  readonly names: readonly string[];
  readonly select: string;
  /** The name of the column that is summed up. */
  readonly summed: string;
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
  for (const held of await place.held(results.summed)) checkHeld(target, held, wanted.expected);
  await place.swap();
}

async function resultsOf(store: WritingSession, { names, select, summed }: Wanted): Promise<Results> {
  const query = `SELECT ${names.map((_, i) => `c${i} AS {n${i}:Identifier}`).join(', ')} FROM (${select}) AS r`;
  const parameters = Object.fromEntries(names.map((name, i) => [`n${i}`, name]));
  const columns = columnsOf(await store.rowsBy(`DESCRIBE TABLE (${query})`, parameters));
  return { query, parameters, columns, summed };
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

/** Results in a table of the server that is asked. Who reads it sees all of the old rows or all of the new ones. */
class PlainResults implements ResultsPlace {
  readonly replaced: TableName;
  readonly #store: WritingSession;
  readonly #isNew: boolean;
  readonly #names: Beside;

  constructor(store: WritingSession, target: TableName, isNew: boolean) {
    this.#store = store;
    this.replaced = target;
    this.#isNew = isNew;
    this.#names = beside(target);
  }

  async create({ query, parameters }: Results): Promise<void> {
    const all = { ...this.#names, ...parameters };
    if (this.#isNew)
      return this.#store.run(`CREATE TABLE ${STAGING} ENGINE = MergeTree ORDER BY tuple() AS ${query}`, all);
    await this.#store.run(createLike(this.#names), this.#names);
    await this.#store.run(`INSERT INTO ${STAGING} ${query}`, all);
  }

  async held(summed: string): Promise<readonly Kept[]> {
    return [await heldIn(this.#store, stagingOf(this.#names), summed)];
  }

  async swap(): Promise<void> {
    await this.#store.run(this.#isNew ? RENAME : EXCHANGE, this.#names);
  }

  async drop(): Promise<void> {
    await this.#store.server.run(DROP, this.#names);
  }
}

/**
 * Valued customers as rows of a table of ClickHouse, named c0, c1 …: id, segments, then the columns of the list of customers.
 * Money of the past is exact (revenue with 4 decimals, margin with 10), CLV has the minor units; other estimates are doubles.
 */
export function customerRows({ segments, digits, ...listed }: CustomerList): string {
  const unit = `CAST('${(10 ** -digits).toFixed(digits)}' AS DECIMAL(${digits + 1},${digits}))`;
  const minor = (units: string): string => `CAST(CAST(${units} AS DECIMAL(38,0)) * ${unit} AS DECIMAL(38,${digits}))`;
  const value = ({ kept, sql }: CustomerColumn): string => {
    if (kept === 'day') return `assumeNotNull(${sql})`;
    if (kept === 'mean') return `CASE WHEN spend_purchases > 0 THEN ${sql} END`;
    if (kept === 'bound') return `CASE WHEN ${sql} IS NOT NULL THEN ${minor(`assumeNotNull(${sql})`)} END`;
    return kept === 'minor' ? minor(sql) : sql;
  };
  const parts = Array.from({ length: segments }, (_, i) => `splitByChar('\\0', segment)[${i + 1}]`);
  const columns = ['customer_id', ...parts, ...customerColumns(listed).map(value)];
  return `SELECT ${columns.map((column, i) => `${column} AS c${i}`).join(', ')} FROM valued`;
}
