import { MARGIN_SCALE } from '../../base/money.ts';
import { type CustomerColumn, customerColumns, listedTable } from '../../data/customer-columns.ts';
import { type CustomerList, type Exports, type ListColumn, type TextList, VALUED } from '../exports.ts';
import { halfEvenDouble } from '../steps/sql.ts';
import { UNNAMED } from '../steps/value.ts';
import { count } from '../store.ts';
import { DIALECT, type DuckDBStore } from './store.ts';

/**
 * What the engine writes itself. A cell of Parquet is the text that the other formats carry, cast to the type of its column, so
 * all of them say the same: days are DATE, integers BIGINT, money and shares DECIMAL, exact, P(alive), DERT and their like DOUBLE.
 */
export function exportsOf(store: DuckDBStore): Exports {
  return {
    csv: async (list) => {
      const [row] = await store.rows(notPlain(list));
      return count(row!['n']) > 0 ? null : store.csv(printedCustomers(customerTexts(list), list));
    },
    parquet: async (columns, list) => {
      const [row] = await store.rows(wideCustomers(list, NARROW));
      const money = moneyType(list.digits, count(row!['n']) > 0);
      const typed = customerTexts(list).map((text, i) => `CAST(${text} AS ${typeOf(columns[i]!, money)})`);
      return store.parquet(namesOf(columns), printedCustomers(typed, list));
    },
    valued: async (keyed) => {
      const [id, ...rest] = VALUED;
      const columns = [keyed ? 'customer' : id, ...rest];
      return store.parquet(columns, `SELECT ${columns.join(', ')} FROM ${keyed ? UNNAMED : 'valued'}`);
    },
    parquetOf: async ({ columns, cells }, digits) => {
      await fillListed(store, cells);
      const money = moneyType(digits, hasWide({ columns, cells }));
      const typed = columns.map((column, i) => `CAST(c${i} AS ${typeOf(column, money)}) AS c${i}`);
      return store.parquet(namesOf(columns), `SELECT ${typed.join(', ')} FROM listed ORDER BY place`);
    },
  };
}

function namesOf(columns: readonly ListColumn[]): readonly string[] {
  return columns.map((column) => column.name);
}

function typeOf({ kind }: ListColumn, money: string): string {
  switch (kind) {
    case 'text':
      return 'VARCHAR';
    case 'date':
      return 'DATE';
    case 'integer':
      return 'BIGINT';
    case 'number':
      return 'DOUBLE';
    case 'share':
      return 'DECIMAL(18,6)';
    case 'money':
      return money;
  }
}

/** Digits of a decimal of 64 bits. */
const NARROW = 18;

/** @param wide whether an amount of the list has more digits than a decimal of 64 bits */
function moneyType(digits: number, wide: boolean): string {
  return `DECIMAL(${wide ? 38 : NARROW},${digits})`;
}

async function fillListed(store: DuckDBStore, cells: TextList['cells']): Promise<void> {
  const length = cells[0]?.length ?? 0;
  const places = Array.from({ length }, (_, row) => row);
  const columns = [['place', 'integer'] as const, ...cells.map((_, i) => [`c${i}`, 'text'] as const)];
  await store.fill('listed', columns, length, (start, end) =>
    [places, ...cells].map((column) => column.slice(start, end)),
  );
}

function hasWide({ columns, cells }: TextList): boolean {
  const digitsOf = (cell: string | null): number => cell?.replace(/\D/g, '').length ?? 0;
  return columns.some(({ kind }, i) => kind === 'money' && cells[i]!.some((cell) => digitsOf(cell) > NARROW));
}

/**
 * The customers as text, every figure as the aggregator writes it, for a store that writes files itself. Two ways
 * lead to each amount: a fast one by doubles, taken where the double is far enough from a tie that it must round as the exact
 * amount does, and the exact one, in 64-bit integers where they hold it, else in 128. CASE takes those for the rows that need
 * them only: 1 M customers in 2.6 s of processor time instead of 8.
 */

/** Ids and segments that no CSV quotes and no spreadsheet runs. */
const PLAIN = '[0-9A-Za-z][0-9A-Za-z _.:/@-]*';

/** How many customers have an id or a segment of other characters. */
function notPlain({ segments, chosen }: CustomerList): string {
  const texts = ['customer_id', ...(segments > 0 ? ['segment'] : [])].map(
    (text) => `regexp_full_match(${text}, '${PLAIN}(\\x00${PLAIN})*')`,
  );
  return `SELECT count(*) AS n FROM ${listedTable({ chosen })} WHERE NOT (${texts.join(' AND ')})`;
}

/** The columns of customersSection as texts, but for days and integers, each an expression over `valued`. */
function customerTexts({ segments, counted, digits, places, ...listed }: CustomerList): readonly string[] {
  const parts = Array.from({ length: segments }, (_, i) => `split_part(segment, chr(0), ${i + 1})`);
  const mean = listed.subscribers
    ? minorText(`(${halfEvenDouble('mean', digits, DIALECT)})`, digits)
    : amountText('spend', MARGIN_SCALE, `(x + ${counted})`, digits);
  const text = ({ kept, sql, scale }: CustomerColumn): string => {
    switch (kept) {
      case 'day':
      case 'count':
      case 'word':
        return sql;
      case 'exact':
        return amountText(sql, scale, '1', digits);
      case 'mean':
        return `CASE WHEN x + ${counted} > 0 THEN ${mean} END`;
      case 'estimate':
        return minorText(`(${halfEvenDouble(sql, digits, DIALECT)})`, digits);
      case 'figure':
        return figureText(sql);
      case 'minor':
      case 'bound':
        return minorText(sql, digits);
    }
  };
  const texts = ['customer_id', ...parts, ...customerColumns(listed).map(text)];
  return places?.map((place) => texts[place]!) ?? texts;
}

/**
 * The rows of customersSection, in their order, as a query of the columns c0, c1 … Sorted first and written out then: half as
 * much to sort. DuckDB, which alone reads this, keeps the order of a subquery.
 */
function printedCustomers(columns: readonly string[], list: CustomerList): string {
  return `SELECT ${columns.map((column, i) => `${column} AS c${i}`).join(', ')}
FROM (SELECT * FROM ${listedTable(list)} ORDER BY clv DESC, customer_id) AS v`;
}

/** How many customers have money that may take more than so many digits. */
function wideCustomers({ digits, ...listed }: CustomerList, width: number): string {
  const columns = customerColumns(listed);
  const kept = (kinds: readonly CustomerColumn['kept'][]): readonly string[] =>
    columns.filter((column) => kinds.includes(column.kept)).map(({ sql }) => sql);
  const amounts = [...kept(['exact', 'estimate']), listed.subscribers ? 'mean' : 'spend'];
  const wide = amounts.map((amount) => `abs(${amount}) >= ${10 ** (width - 1 - digits)}`);
  return `SELECT count(*) AS n FROM ${listedTable(listed)} WHERE ${[...wide, ...kept(['minor', 'bound']).map((units) => `abs(${units}) >= ${10 ** (width - 1)}`)].join(' OR ')}`;
}

/** Beyond it a double says too little of the digit that decides. */
const NEAR = '1000000000';
/** Amounts below this with so many decimals are whole numbers of 64 bits. */
const SMALL = { below: '10000000', digits: 6 };

/** Half to even of a wide decimal / divisor, a positive integer, with so many decimals. */
function amountText(decimal: string, scale: number, divisor: string, digits: number): string {
  const scaled = `(CAST(${decimal} AS DOUBLE) * ${10 ** digits} / ${divisor})`;
  const narrow = `CAST(${decimal} AS DECIMAL(18,${scale}))`;
  const small = `abs(CAST(${decimal} AS DOUBLE)) < ${SMALL.below} AND CAST(${narrow} AS DECIMAL(18,${SMALL.digits})) = ${narrow}`;
  const units = `CAST(round(CAST(${decimal} AS DOUBLE) * ${10 ** SMALL.digits}) AS BIGINT)`;
  const whole = halfEven(units, `(${10 ** (SMALL.digits - digits)} * ${divisor})`);
  const wide = halfEven(wideUnits(decimal, scale), `(CAST(${10 ** (scale - digits)} AS HUGEINT) * ${divisor})`);
  return `CASE WHEN ${clear(scaled)} THEN ${nearestText(scaled, digits)} WHEN ${small} THEN ${narrowText(whole, digits)} ELSE ${wideText(wide, digits)} END`;
}

/** Whether a double in its last digits is far enough from a tie that it must round as what it stands for does. */
function clear(scaled: string): string {
  return `abs(${scaled}) < ${NEAR} AND abs(${scaled} - floor(${scaled}) - 0.5) > 0.0001`;
}

function nearestText(scaled: string, digits: number): string {
  return narrowText(`CAST(floor(${scaled} + 0.5) AS BIGINT)`, digits);
}

/** Half to even of one integer over another, positive one. */
function halfEven(units: string, step: string): string {
  const [quotient, rest] = [`(${units} // ${step})`, `(2 * abs(${units} % ${step}))`];
  const up = `${rest} > ${step} OR (${rest} = ${step} AND ${quotient} % 2 <> 0)`;
  return `(${quotient} + CASE WHEN ${up} THEN sign(${units}) ELSE 0 END)`;
}

/** A wide decimal in its units. */
function wideUnits(decimal: string, scale: number): string {
  const unit = `CAST(${10 ** scale} AS HUGEINT)`;
  const fraction = `CAST((${decimal} - trunc(${decimal})) * ${10 ** scale} AS HUGEINT)`;
  return `(CAST(trunc(${decimal}) AS HUGEINT) * ${unit} + ${fraction})`;
}

/** Decimal text of whole minor units: BIGINT below 10^12 by 64-bit decimals, others digit by digit. */
function minorText(units: string, digits: number): string {
  return `CASE WHEN abs(${units}) < 1000000000000 THEN ${narrowText(units, digits)} ELSE ${wideText(units, digits)} END`;
}

/** Of units below 10^12, by decimals of 64 bits: a product of wider ones takes twice as long. */
function narrowText(units: string, digits: number): string {
  if (digits === 0) return `CAST(${units} AS VARCHAR)`;
  const unit = `CAST('${(10 ** -digits).toFixed(digits)}' AS DECIMAL(${digits + 1},${digits}))`;
  return `CAST(CAST(${units} AS DECIMAL(${17 - digits},0)) * ${unit} AS VARCHAR)`;
}

function wideText(units: string, digits: number): string {
  if (digits === 0) return `CAST(${units} AS VARCHAR)`;
  const all = `CAST(abs(${units}) AS VARCHAR)`;
  const text = `lpad(${all}, CAST(greatest(length(${all}), ${digits + 1}) AS INTEGER), '0')`;
  return `CASE WHEN ${units} < 0 THEN '-' ELSE '' END || left(${text}, -${digits}) || '.' || right(${text}, ${digits})`;
}

/** Decimals of shares and the like. */
const FIGURE = 6;

/**
 * Six decimals as JavaScript's toFixed gives them: ties up. A double is a tie at six decimals only as an odd multiple of
 * 1/128, and is then moved by less than half a digit.
 */
function figureText(double: string): string {
  const scaled = `(${double} * ${10 ** FIGURE})`;
  const up = `CASE WHEN ${double} * 128 = floor(${double} * 128) THEN ${double} + 0.0000001 ELSE ${double} END`;
  return `CASE WHEN ${double} >= 0 AND ${clear(scaled)} THEN ${nearestText(scaled, FIGURE)} ELSE format('{:.${FIGURE}f}', ${up}) END`;
}
