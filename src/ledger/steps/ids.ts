import {
  type AlikeIds,
  type IdFindings,
  type IdKind,
  LONGEST_NOBODY,
  NOBODY,
  type SuspectId,
  TOTALS,
} from '../../data/ids.ts';
import { count, type Dialect, type Loaded, type Row, units } from '../store.ts';
import { withIds } from './sql.ts';

/** Looking at the ids of customers: one pass over the days tells whether there is anything to look at. */

/** 1.23457E+11: digits behind the point are lost. */
const LOST = /^[-+]?\d+[.,]\d+e\+\d+$/i;
const EXPONENT = /^[-+]?\d+e\+\d+$/i;

/** What the ids show that is no person, or one person twice. Needs the table of days. @param asked the kinds that there may be */
export async function readIds({ store, ids }: Loaded, asked: ReadonlySet<IdKind>): Promise<IdFindings> {
  const { dialect } = store;
  const days = withIds('days', ids);
  const bound = (nobody: boolean): readonly string[] => (nobody ? BOUND : []);
  const [found] =
    asked.size === 0 ? [] : await store.rows(idKinds(days, [...asked], dialect), bound(asked.has('nobody')));
  const kinds = kindsOf(dialect);
  const has = (kind: IdKind): boolean => count(found?.[kind]) > 0;
  const suspects = async (kind: IdKind): Promise<readonly SuspectId[]> =>
    has(kind) ? (await store.rows(idsWhere(days, kinds[kind]), bound(kind === 'nobody'))).map(suspect) : [];
  const alike = async (condition: string, key: string): Promise<AlikeIds | null> =>
    alikeOf(await store.rows(alikeIds(days, condition, key)));
  const exponents = await suspects('exponents');
  const lost = exponents.filter(({ id }) => LOST.test(id));
  const whole = exponents.filter(({ id }) => EXPONENT.test(id));
  const emails = has('emails') ? await alike(kinds.emails, `${dialect.lower}(customer_id)`) : null;
  const decimals = has('decimals') ? await alike('1 = 1', withoutDecimals) : null;
  return {
    nobody: (await suspects('nobody')).filter(({ id, days }) => days > 1 || TOTALS.includes(id.toLowerCase())),
    lost:
      lost.length === 0
        ? null
        : {
            ids: lost.length,
            records: lost.reduce((sum, { records }) => sum + records, 0),
            amount: lost.reduce((sum, { amount }) => sum + amount, 0n),
            example: lost[0]!.id,
          },
    emails,
    numbers: decimals ?? exponentsOf(whole),
    unseen: has('unseen') ? await alike('1 = 1', dialect.plainText('customer_id')) : null,
  };
}

/** A backslash in SQL text is one in some engines only: an id with one is bound as a parameter. */
const WRITTEN = [...NOBODY.filter((id) => !id.includes('\\')), ...TOTALS];
const BOUND: readonly string[] = NOBODY.filter((id) => id.includes('\\'));

/** Conditions on an id, by the kind of what they find. */
function kindsOf({ byteLength, characters, lower, parameter }: Dialect) {
  const nobodies = [...WRITTEN.map((id) => `'${id}'`), ...BOUND.map((_, i) => parameter(i + 1))];
  return {
    nobody: `${byteLength}(customer_id) <= ${LONGEST_NOBODY} AND ${lower}(customer_id) IN (${nobodies.join(', ')})`,
    exponents: `customer_id LIKE '%E+%' OR customer_id LIKE '%e+%'`,
    emails: `customer_id LIKE '%@%'`,
    decimals: `customer_id LIKE '%.0'`,
    unseen: `${byteLength}(customer_id) <> ${characters}(customer_id)`,
  } as const;
}

/** Whether there is any id of each of some kinds, 0 or 1. @param days with ids, as they stand after FROM, here and below */
function idKinds(days: string, asked: readonly IdKind[], dialect: Dialect): string {
  const kinds = kindsOf(dialect);
  return `SELECT ${asked.map((name) => `max(CASE WHEN ${kinds[name]} THEN 1 ELSE 0 END) AS ${name}`).join(', ')} FROM ${days} AS d`;
}

/** The ids of a kind, with what they hold; those with most records first. No name of a column is given again: it would mean the column there. */
function idsWhere(days: string, condition: string): string {
  return `SELECT customer_id, CAST(sum(records) AS BIGINT) AS n, count(*) AS d, sum(revenue) AS amount FROM ${days} AS o
  WHERE records > 0 AND (${condition}) GROUP BY customer_id ORDER BY n DESC, customer_id`;
}

function suspect(row: Row): SuspectId {
  return {
    id: String(row['customer_id']),
    records: count(row['n']),
    days: count(row['d']),
    amount: units(row['amount']),
  };
}

const withoutDecimals = `CASE WHEN customer_id LIKE '%.0' THEN substring(customer_id, 1, length(customer_id) - 2) ELSE customer_id END`;

/** Groups of ids of a kind that are one by an expression: how many, and the least and the greatest. */
function alikeIds(days: string, condition: string, key: string): string {
  const ids = `SELECT customer_id FROM ${days} AS d WHERE ${condition} GROUP BY customer_id`;
  const groups = `SELECT ${key} AS k, count(*) AS n, min(customer_id) AS a, max(customer_id) AS b FROM (${ids}) AS i GROUP BY 1 HAVING count(*) > 1`;
  return `SELECT k, n, a, b FROM (${groups}) AS g ORDER BY k`;
}

function alikeOf(groups: readonly Row[]): AlikeIds | null {
  const [first] = groups;
  if (!first) return null;
  const ids = groups.reduce((sum, row) => sum + count(row['n']), 0);
  return { groups: groups.length, ids, example: [String(first['a']), String(first['b'])] };
}

/** Numbers that a program wrote with an exponent, as others of the same column may be without. */
function exponentsOf(ids: readonly SuspectId[]): AlikeIds | null {
  if (ids.length === 0) return null;
  return { groups: ids.length, ids: ids.length, example: [ids[0]!.id, String(Number(ids[0]!.id))] };
}
