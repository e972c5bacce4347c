import { ClvError, type Warning } from '../base/errors.ts';
import { AMOUNT_SCALE, exactText, grouped } from '../base/money.ts';
import { counted } from '../base/plural.ts';
import type { AlikeIds, IdFindings } from '../data/ids.ts';
import { listed } from '../reader/layouts/value-list.ts';
import type { Transactions } from '../reader/transactions.ts';

/** E297 for ids that stand for nobody, E298 for those whose digits are lost. @returns W362–W364 for ids that may be one */
export function checkIds(found: IdFindings, { mapping, header }: Transactions, digits: number): readonly Warning[] {
  const { nobody, lost, emails, numbers, unseen } = found;
  const money = (units: bigint): string => grouped(exactText(units, AMOUNT_SCALE, digits));
  const column = mapping.customer;
  if (nobody.length > 0) {
    const texts = nobody.map(
      ({ id, records, days, amount }) =>
        `"${id}" (${counted(records, 'record')}, ${counted(days, 'day')}, ${money(amount)})`,
    );
    const names = header.includes(column) ? [column] : column.split('|');
    const ids = listed(nobody.map(({ id }) => id));
    const where = [{ settings: names.map((name) => ['--where', `${name}!=${ids}`] as const) }];
    throw new ClvError('E297', { column, ids: texts.join(', '), where });
  }
  if (lost !== null) {
    const { ids, records, amount, example } = lost;
    throw new ClvError('E298', { column, ids, records, amount: money(amount), example });
  }
  return [...alike('W362', emails), ...alike('W363', numbers), ...alike('W364', unseen)];
}

function alike(code: 'W362' | 'W363' | 'W364', found: AlikeIds | null): readonly Warning[] {
  if (found === null) return [];
  const [first, second] = found.example;
  return [{ code, values: { groups: found.groups, ids: found.ids, first: first!, second: second! } }];
}
