import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { shellWord } from '../../base/shell.ts';
import {
  lengthsByGaps,
  type OwnLengths,
  ownLengths,
  type PaidAlike,
  type ToldBy,
} from '../../valuation/subscriptions/auto-lengths.ts';
import { type ContractLengths, contractText } from '../contract-lengths.ts';
import type { Session } from '../session.ts';
import { namedCustomers } from './reading.ts';

/** The lengths that gaps between payments tell, said with their counts. @param recurs whether a plan recurs @throws ClvError E123, E325 */
export async function lengthsFound(
  { ledger, notes }: Pick<Session, 'ledger' | 'notes'>,
  asOf: Day,
  recurs: (plan: string) => boolean,
): Promise<ContractLengths> {
  const told = await lengthsByGaps(ledger.loaded, asOf, recurs);
  if (told.length === 0) throw new ClvError('E123', variant('E123', 'gaps'));
  const [first] = told;
  const lengths =
    first!.plan === '' && told.length === 1 ? first!.length : new Map(told.map((one) => [one.plan, one.length]));
  const counts = told.map(({ plan, length, fitting, gaps }) => {
    const name = plan === '' ? '' : `${plan} `;
    return `${name}${length.text} (${fitting} of ${gaps} gaps between payments)`;
  });
  notes.say(`lengths: ${counts.join(', ')}; to pin them: --contract ${shellWord(contractText(lengths))}`);
  return lengths;
}

/**
 * The lengths of subscriptions by their own payments, where they have no plans and are of several, said with their counts; null
 * where all are of one. @throws ClvError E340 those of whom nothing tells it
 */
export async function ownLengthsFound(
  { ledger, notes }: Pick<Session, 'ledger' | 'notes'>,
  asOf: Day,
): Promise<OwnLengths | null> {
  const { lengths, alike } = await ownLengths(ledger.loaded, asOf);
  if (lengths === null) return null;
  const sums = new Map<string, Record<ToldBy, number>>();
  const untold: PaidAlike[] = [];
  for (const one of alike) {
    const told = lengths.told(one);
    if (told === null) untold.push(one);
    else {
      const sum = sums.get(told[0].text) ?? { gaps: 0, price: 0 };
      sum[told[1]] += one.count;
      sums.set(told[0].text, sum);
    }
  }
  if (untold.length > 0) {
    const count = untold.reduce((sum, one) => sum + one.count, 0);
    throw new ClvError('E340', { count, customers: namedCustomers(untold, count) });
  }
  const counts = [...sums].map(([length, { gaps, price }]) => {
    const byPrice = price === 0 ? '' : `, ${price} by what others pay`;
    return `${length} (${gaps} by the gaps between their payments${byPrice})`;
  });
  notes.say(`lengths of subscriptions: ${counts.join(', ')}`);
  return lengths;
}
