import { AMOUNT_SCALE, MARGIN_SCALE, type MarginKind } from '../../base/money.ts';
import type { MarginPlan, MarginRule } from '../plan.ts';
import { rateLiteral } from './sql.ts';

/**
 * How margin rules meet transactions: rules with the same set of keys form one small table, joined on those keys and the day.
 * The table with the most keys wins; two of equally many that both match are a tie, unless a more specific one matches.
 */
export interface RuleTable {
  /** The table's own, in the store. */
  readonly name: string;
  /** Positions of its key columns (LoadPlan.keys; -1 the customer id). */
  readonly keys: readonly number[];
  /** For each rule, the values of those columns and the rule. */
  readonly rows: readonly { readonly values: readonly string[]; readonly rule: MarginRule }[];
}

/**
 * The rules by their sets of keys, most keys first, then by position.
 * @param days the table of days that they are for
 */
export function ruleTables(plan: MarginPlan, days: string): readonly RuleTable[] {
  const tables = new Map<string, { keys: number[]; rows: { values: string[]; rule: MarginRule }[] }>();
  for (const rule of plan.rules?.rows ?? []) {
    const used = rule.keys.flatMap((value, at) => (value === null ? [] : [at]));
    const keys = used.map((at) => plan.rules!.columns[at]!);
    const name = keys.join(',');
    const table = tables.get(name) ?? { keys, rows: [] };
    table.rows.push({ values: used.map((at) => rule.keys[at]!), rule });
    tables.set(name, table);
  }
  const sorted = [...tables.values()].sort((a, b) => b.keys.length - a.keys.length || compare(a.keys, b.keys));
  return sorted.map((table, i) => ({ name: `margins_of_${days}_${i}`, ...table }));
}

function compare(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((key, i) => key !== b[i]);
  return at < 0 ? 0 : a[at]! - b[at]!;
}

/** The columns of values that a rule table may have; a rule of one kind has in the other what changes nothing: rate 1, cost 0. */
export const KINDS: readonly MarginKind[] = ['rate', 'unit_cost'];

/** Whether any rule is of a kind: a column that no rule needs is left out. */
export function hasKind({ rules }: MarginPlan, kind: MarginKind): boolean {
  return rules?.rows.some((rule) => rule.kind === kind) === true;
}

/** The column of a key position. */
export function keyColumn(key: number): string {
  return key < 0 ? 'customer_id' : `k${key}`;
}

/**
 * Rows with their margin, and 1 in `missing` where no rule and no default gives one, in `tied` where two do. Rows, here and
 * below, are as they stand after FROM.
 */
export function withMargins(rows: string, plan: MarginPlan, tables: readonly RuleTable[]): string {
  return `(SELECT t.*, ${margin(plan, tables)} AS margin,
  ${plan.rate === null ? `CASE WHEN ${matched(tables)} THEN 0 ELSE 1 END` : '0'} AS missing, ${tied(tables)} AS tied
FROM ${joined(rows, tables)})`;
}

/** Key columns of rows that find no margin, most frequent first. */
export function missingKeys(rows: string, columns: readonly number[], tables: readonly RuleTable[]): string {
  const names = columns.map(keyColumn).join(', ');
  return `SELECT ${names}, count(*) AS n FROM (SELECT t.* FROM ${joined(rows, tables)} WHERE NOT (${matched(tables)})) AS m
GROUP BY ${names} ORDER BY n DESC, ${names}`;
}

/** Lines of the rules that tie, NULL for the others, with the number of transactions: the commonest tie first. */
export function tiedLines(rows: string, tables: readonly RuleTable[]): string {
  const lines = tables.map(
    (table, i) => `CASE WHEN ${tieLevel(tables)} = ${table.keys.length} THEN m${i}.line END AS l${i}`,
  );
  const names = tables.map((_, i) => `l${i}`).join(', ');
  return `SELECT ${names}, count(*) AS n FROM (
SELECT ${lines.join(', ')} FROM ${joined(rows, tables)} WHERE ${tieLevel(tables)} >= 0) AS x
GROUP BY ${names} ORDER BY n DESC, ${names} LIMIT 1`;
}

/** Which rules transactions match, in whatever combinations. */
export function matchedLines(rows: string, tables: readonly RuleTable[]): string {
  const names = tables.map((_, i) => `m${i}.line AS l${i}`).join(', ');
  return `SELECT DISTINCT ${names} FROM ${joined(rows, tables)}`;
}

/**
 * Rows with all the rules they match. A rule without keys is joined on a zero, since ClickHouse joins on nothing less than an
 * equality; in a subquery of their own, rows that come from many servers are joined on one.
 */
function joined(rows: string, tables: readonly RuleTable[]): string {
  const joins = tables
    .map((table, i) => {
      const equal = table.keys.map((key, at) => `t.${keyColumn(key)} = m${i}.v${at}`);
      const keys = equal.length > 0 ? equal : [`t.day - t.day = m${i}.zero`];
      return `LEFT JOIN ${table.name} AS m${i} ON ${[...keys, `t.day >= m${i}.starts AND t.day <= m${i}.ends`].join(' AND ')}`;
    })
    .join('\n');
  return `(SELECT * FROM ${rows} AS r) AS t ${joins}`;
}

function matched(tables: readonly RuleTable[]): string {
  return tables.map((_, i) => `m${i}.line IS NOT NULL`).join(' OR ');
}

/** Wide, so that a product with a rate cannot overflow. */
const AMOUNT = `CAST(amount AS DECIMAL(38,${AMOUNT_SCALE}))`;

/** The margin of a row by its most specific match: revenue × rate − sign(revenue) × unit cost, as far as rules have them. */
function margin(plan: MarginPlan, tables: readonly RuleTable[]): string {
  const value = (kind: MarginKind): string => `coalesce(${tables.map((_, i) => `m${i}.${kind}`).join(', ')})`;
  const [rates, costs] = KINDS.map((kind) => hasKind(plan, kind));
  const rated = rates ? `${AMOUNT} * CAST(${value('rate')} AS DECIMAL(7,6))` : AMOUNT;
  const sign = 'CASE WHEN amount > 0 THEN 1 WHEN amount < 0 THEN -1 ELSE 0 END';
  const byRule = costs ? `${rated} - ${sign} * CAST(${value('unit_cost')} AS DECIMAL(18,${AMOUNT_SCALE}))` : rated;
  const byDefault = plan.rate === null ? '0' : `${AMOUNT} * ${rateLiteral(plan.rate)}`;
  // Each cast by itself: of branches with different decimals an engine keeps those of one.
  const exact = (value: string): string => `CAST(${value} AS DECIMAL(38,${MARGIN_SCALE}))`;
  return `CASE WHEN ${matched(tables)} THEN ${exact(byRule)} ELSE ${exact(byDefault)} END`;
}

/** 1 where two rules match equally well and no more specific one does. */
function tied(tables: readonly RuleTable[]): string {
  return `CASE WHEN ${tieLevel(tables)} >= 0 THEN 1 ELSE 0 END`;
}

/** The number of keys at which a row's rules tie, or -1. */
function tieLevel(tables: readonly RuleTable[]): string {
  const levels = [...new Set(tables.map((table) => table.keys.length))];
  const cases = levels.map((level) => {
    const hits = tables.flatMap((table, i) =>
      table.keys.length === level ? [`CASE WHEN m${i}.line IS NULL THEN 0 ELSE 1 END`] : [],
    );
    const sum = hits.join(' + ');
    return `WHEN ${sum} > 1 THEN ${level} WHEN ${sum} = 1 THEN -1`;
  });
  return `(CASE ${cases.join(' ')} ELSE -1 END)`;
}
