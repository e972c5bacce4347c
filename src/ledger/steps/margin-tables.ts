import { parseIsoDay } from '../../base/calendar.ts';
import { ONE, ZERO } from '../../base/decimal.ts';
import { ClvError } from '../../base/errors.ts';
import { AMOUNT_SCALE, type MarginKind, RATE_SCALE } from '../../base/money.ts';
import type { LoadPlan, MarginPlan, MarginRule } from '../plan.ts';
import { type Store, units } from '../store.ts';
import { hasKind, KINDS, keyColumn, matchedLines, missingKeys, type RuleTable, tiedLines } from './margins.ts';

const [FIRST_DAY, LAST_DAY] = [parseIsoDay('0001-01-01')!, parseIsoDay('9999-12-31')!];

/** Fills the tables that margins.ts joins. */
export async function createRules(store: Store, tables: readonly RuleTable[], plan: MarginPlan): Promise<void> {
  const kinds = KINDS.filter((kind) => hasKind(plan, kind));
  for (const { name, keys, rows } of tables) {
    const columns = [
      ['line', 'integer'] as const,
      ['zero', 'integer'] as const,
      ['starts', 'bound'] as const,
      ['ends', 'bound'] as const,
      ...kinds.map((kind) => [kind, VALUES[kind].type] as const),
      ...keys.map((_, at) => [`v${at}`, 'text'] as const),
    ];
    await store.fill(name, columns, rows.length, (start, end) => {
      const part = rows.slice(start, end);
      return [
        part.map((row) => row.rule.line),
        part.map(() => 0),
        part.map((row) => row.rule.from ?? FIRST_DAY),
        part.map((row) => row.rule.to ?? LAST_DAY),
        ...kinds.map((kind) => part.map(({ rule }) => unitsOf(rule, kind))),
        ...keys.map((_, at) => part.map((row) => row.values[at]!)),
      ];
    });
  }
}

/** What of each kind stands in a rule table; `none` where a rule is of the other. */
const VALUES = {
  rate: { type: 'rate', scale: RATE_SCALE, none: ONE },
  unit_cost: { type: 'amount', scale: AMOUNT_SCALE, none: ZERO },
} as const;

function unitsOf({ kind, value }: MarginRule, wanted: MarginKind): bigint {
  const { scale, none } = VALUES[wanted];
  return BigInt((kind === wanted ? value : none).times(10 ** scale).toFixed(0));
}

/** Fills the table of costs; returns the subquery of it, or null where there are none. */
export async function createCosts(store: Store, plan: LoadPlan): Promise<string | null> {
  if (plan.costs === null) return null;
  const { rows } = plan.costs;
  const columns = [
    ['customer_id', 'text'],
    ['day', 'day'],
    ['cost', 'amount'],
  ] as const;
  await store.fill('costs', columns, rows.length, (start, end) => {
    const part = rows.slice(start, end);
    return [part.map((row) => row.customer), part.map((row) => row.day), part.map((row) => row.cost)];
  });
  return 'SELECT customer_id, day, cost FROM costs';
}

/** Most combinations of keys, lines or ids that an error lists. */
const LISTED = 10;

/** Every row must have found exactly one margin: E251, E252. */
export async function checkMargins(
  store: Store,
  rows: string,
  plan: LoadPlan,
  tables: readonly RuleTable[],
  days: string,
): Promise<void> {
  const rules = plan.margin.rules!;
  const [sums] = await store.rows(`SELECT sum(missing) AS missing, sum(tied) AS tied FROM ${days}`);
  if (units(sums!['tied']) > 0n) {
    const [tie] = await store.rows(tiedLines(rows, tables));
    const lines = tables
      .flatMap((_, i) => (tie![`l${i}`] === null ? [] : [Number(tie![`l${i}`])]))
      .sort((a, b) => a - b);
    const place = { file: rules.file, line: lines.at(-1)! };
    throw new ClvError('E252', { count: String(tie!['n']), lines: lines.join(', ') }, place);
  }
  if (units(sums!['missing']) === 0n) return;
  const { columns, file } = rules;
  const found = await store.rows(missingKeys(rows, columns, tables));
  const keys = found.map((row) => columns.map((key) => String(row[keyColumn(key)]) || '(blank)').join(' · '));
  const names = columns.map((key) => (key < 0 ? 'customer' : plan.keys[key]!));
  throw new ClvError(
    'E251',
    { count: keys.length, columns: names.join(' · ') || 'the day', keys: listed(keys) },
    { file },
  );
}

/** Lines of the rules that no transaction matches: a key misspelt, or a period without sales. */
export async function unmatchedLines(
  store: Store,
  rows: string,
  tables: readonly RuleTable[],
): Promise<readonly number[]> {
  const matched = new Set<number>();
  for (const row of await store.rows(matchedLines(rows, tables))) {
    for (const line of Object.values(row)) if (line !== null) matched.add(Number(line));
  }
  const lines = tables.flatMap((table) => table.rows.map(({ rule }) => rule.line));
  return lines.filter((line) => !matched.has(line)).sort((a, b) => a - b);
}

/** Costs must belong to customers of the transactions: E257. */
export async function checkCosts(store: Store, plan: LoadPlan): Promise<void> {
  const rows = await store.rows(`SELECT customer FROM days GROUP BY customer HAVING sum(records) = 0
    ORDER BY customer LIMIT ${LISTED + 1}`);
  if (rows.length === 0) return;
  const customers = listed(rows.map((row) => String(row['customer'])));
  throw new ClvError('E257', { customers }, { file: plan.costs!.file });
}

function listed(names: readonly string[]): string {
  return names.slice(0, LISTED).join('; ') + (names.length > LISTED ? '; …' : '');
}
