import { AMOUNT_SCALE } from '../../base/money.ts';
import type { ColumnarChoice, DayRun, TypedColumn, ZoneDays } from '../../data/columnar.ts';
import { tableOf, ZONED } from './columnar-schema.ts';
import type { DuckDBStore } from './store.ts';

/** Writes the columns of a choice as CSV. */
export async function extract(
  store: DuckDBStore,
  link: string,
  { file, columns, zone }: ColumnarChoice,
  output: string,
): Promise<void> {
  const names = file.columns.map((_, position) => `f${position}`);
  const table = `${tableOf(link)} AS t(${names.join(', ')})`;
  const cells: string[] = [];
  for (const position of columns) {
    const [column, field] = [file.columns[position]!, names[position]!];
    const text = column.kind === 'instant' ? await dayText(store, table, column, field, zone!) : textOf(column, field);
    cells.push(`${text} AS c${cells.length}`);
  }
  const quoted = columns.flatMap((position, i) => (file.columns[position]!.kind === 'text' ? [`c${i}`] : []));
  const options = [
    'FORMAT csv',
    'HEADER true',
    `DELIMITER ','`,
    `QUOTE '"'`,
    `ESCAPE '"'`,
    `NULLSTR ''`,
    'USE_TMP_FILE false',
    ...(quoted.length > 0 ? [`FORCE_QUOTE (${quoted.join(', ')})`] : []),
  ];
  await store.run(`COPY (SELECT ${cells.join(', ')} FROM ${table}) TO ${output} (${options.join(', ')})`);
}

const DAY = 86_400_000_000n;

/**
 * The day of an instant in a zone, by the zone's own runs of days; what is outside of all calendars as the engine writes it.
 * Instants that the engine takes for local times are those of UTC.
 */
async function dayText(
  store: DuckDBStore,
  table: string,
  { type }: TypedColumn,
  field: string,
  zone: ZoneDays,
): Promise<string> {
  const zoned = type === ZONED;
  const at = (time: string): string => (zoned ? `TIMESTAMPTZ '${time}+00'` : `TIMESTAMP '${time}'`);
  const known = `${field} > ${at('0001-01-03 00:00:00')} AND ${field} < ${at('9999-12-30 00:00:00')}`;
  const time = `epoch_us(${field})`;
  const days = `SELECT DISTINCT CAST(floor(${time} / ${DAY}) AS INTEGER) AS day FROM ${table} WHERE ${known}`;
  const runs = zone.runs((await store.rows(days)).map(({ day }) => Number(day)));
  const dayOf = ({ first, last, start }: DayRun): string => {
    const day = `least(${first} + (${time} - ${BigInt(start) * 1000n}) // ${DAY}, ${last})`;
    return `CAST(DATE '1970-01-01' + CAST(${day} AS INTEGER) AS VARCHAR)`;
  };
  const cases = runs.map((run, i) => {
    const next = runs[i + 1];
    return next ? `WHEN ${time} < ${BigInt(next.start) * 1000n} THEN ${dayOf(run)}` : `ELSE ${dayOf(run)}`;
  });
  const text = zoned ? `CAST(${field} AS VARCHAR)` : `CAST(${field} AS VARCHAR) || '+00'`;
  return cases.length === 0 ? text : `CASE WHEN (${known}) IS NOT TRUE THEN ${text} ${cases.join(' ')} END`;
}

function decimalsOf(type: string): number {
  return Number(/,(\d+)\)$/.exec(type)?.[1] ?? 0);
}

/**
 * See ColumnKind. Decimals lose the idle zeros that no amount could have; where the engine would write a small number with an
 * exponent, its digits are written out.
 */
function textOf({ kind, type }: TypedColumn, field: string): string {
  const text = `CAST(${field} AS VARCHAR)`;
  if (kind === 'decimal') return decimalsOf(type) > AMOUNT_SCALE ? `rtrim(rtrim(${text}, '0'), '.')` : text;
  if (kind === 'float')
    return `CASE WHEN abs(${field}) < 0.0001 AND abs(${field}) > 1e-18 THEN format('{:.20f}', ${field}) ELSE ${text} END`;
  if (kind === 'timestamp') return `CAST(CAST(${field} AS DATE) AS VARCHAR)`;
  return text;
}
