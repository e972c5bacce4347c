import { type AlikeIds, type IdFindings, type IdKind, type SuspectId, TOTALS } from '../../base/ids.ts';
import { count, type Row, type Store, units } from '../store.ts';
import { alikeIds, BOUND, idKinds, idsWhere, kindsOf } from './ids-sql.ts';

/** 1.23457E+11: digits behind the point are lost. */
const LOST = /^[-+]?\d+[.,]\d+e\+\d+$/i;
const EXPONENT = /^[-+]?\d+e\+\d+$/i;

/** What the ids show that is no person, or one person twice. Needs the table of days. @param asked the kinds that there may be */
export async function readIds(store: Store, asked: ReadonlySet<IdKind>): Promise<IdFindings> {
  const { dialect } = store;
  const bound = (nobody: boolean): readonly string[] => (nobody ? BOUND : []);
  const [found] = asked.size === 0 ? [] : await store.rows(idKinds([...asked], dialect), bound(asked.has('nobody')));
  const kinds = kindsOf(dialect);
  const has = (kind: IdKind): boolean => count(found?.[kind]) > 0;
  const suspects = async (kind: IdKind): Promise<readonly SuspectId[]> =>
    has(kind) ? (await store.rows(idsWhere(kinds[kind]), bound(kind === 'nobody'))).map(suspect) : [];
  const alike = async (condition: string, key: string): Promise<AlikeIds | null> =>
    alikeOf(await store.rows(alikeIds(condition, key)));
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

const withoutDecimals = `CASE WHEN customer_id LIKE '%.0' THEN substring(customer_id, 1, length(customer_id) - 2) ELSE customer_id END`;

function suspect(row: Row): SuspectId {
  return {
    id: String(row['customer_id']),
    records: count(row['n']),
    days: count(row['d']),
    amount: units(row['amount']),
  };
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
