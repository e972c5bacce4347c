import type { Day } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { shellWord } from '../../base/shell.ts';
import { lengthsByGaps } from '../../valuation/subscriptions/auto-lengths.ts';
import { type ContractLengths, contractText } from '../contract-lengths.ts';
import type { Session } from '../session.ts';

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
