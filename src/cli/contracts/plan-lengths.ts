import type { Day } from '../../base/calendar.ts';
import type { Warning } from '../../base/errors.ts';
import type { Contracts } from '../../data/contracts.ts';
import type { ServiceDays } from '../../data/subscriptions/lines.ts';
import type { TermRules } from '../../data/subscriptions/payments.ts';
import { readPlans } from '../../ledger/steps/subscriptions/rows.ts';
import type { LengthNote } from '../../report/contracts.ts';
import { checkPlans, isLength, lengthOf } from '../contract-lengths.ts';
import type { Session } from '../session.ts';
import { firstOf } from '../warnings.ts';
import { lengthsFound, ownLengthsFound } from './auto.ts';
import { graceOf, type PaymentsAsked } from './reading.ts';

/** The length of every plan: as given, or as the payments of the plan tell. */
export interface LengthsOfPlans {
  readonly lengthOf: TermRules['lengthOf'];
  /** Of subscriptions that have lengths of their own. */
  readonly ownLength?: TermRules['ownLength'];
  readonly plansOf: (length: string) => readonly string[];
  /** Every plan that rows name, the ones that do not recur included. */
  readonly known: readonly string[];
  readonly from: LengthNote['from'];
}

/** @param service of lines of invoices, which tell their months @throws ClvError E317 plans without a length; of `auto` E123, E325 */
export async function planLengths(
  session: Pick<Session, 'ledger' | 'notes'>,
  asked: PaymentsAsked,
  asOf: Day,
  service: ServiceDays | null,
): Promise<LengthsOfPlans> {
  const known = await readPlans(session.ledger.loaded);
  if (asked.lengths === 'auto' && service) return { lengthOf: () => null, plansOf: () => [], known, from: 'lines' };
  const own = asked.lengths === 'auto' && known.every((plan) => plan === '') && (await ownLengthsFound(session, asOf));
  if (own) return { lengthOf: () => null, ownLength: (rows) => own.of(rows), plansOf: () => [], known, from: 'own' };
  const recurs = (plan: string): boolean => !asked.oneOff.includes(plan);
  const plans = known.filter(recurs);
  const lengths = asked.lengths === 'auto' ? await lengthsFound(session, asOf, recurs) : asked.lengths;
  checkPlans(service ? plans.filter((plan) => plan !== '') : plans, lengths);
  return {
    lengthOf: (plan) => lengthOf(lengths, plan),
    plansOf: (length) => plans.filter((plan) => !isLength(lengths) && lengths.get(plan)?.text === length),
    known,
    from: asked.lengths === 'auto' ? 'gaps' : service ? 'lines' : 'option',
  };
}

/** W324 for plans that an option names and no row has. @param known every plan that rows name */
export function unusedPlans(
  { oneOff, pause }: Pick<PaymentsAsked, 'oneOff' | 'pause'>,
  known: readonly string[],
): readonly Warning[] {
  const options = { '--one-off': oneOff, '--pause': pause };
  return Object.entries(options).flatMap(([option, names]) => {
    const unused = names.filter((name) => !known.includes(name));
    if (unused.length === 0) return [];
    return [{ code: 'W324', values: { option, plans: firstOf(unused), known: firstOf(known) } } satisfies Warning];
  });
}

/** The lengths that the subscriptions have, with the grace of each and the plans that have it. */
export function lengthNotes(
  { cells: { fits, fit, count } }: Contracts,
  asked: Pick<PaymentsAsked, 'lengths' | 'grace' | 'savedGrace'>,
  plans: LengthsOfPlans,
): readonly LengthNote[] {
  const { lengths } = asked;
  const known = new Map(fits.map(({ length }) => [length.text, length]));
  return [...known.values()].map((length) => ({
    length,
    grace: graceOf(asked, length),
    plans: lengths === 'auto' || lengths instanceof Map ? plans.plansOf(length.text) : [],
    subscriptions: fit.reduce((sum, which, i) => (fits[which]!.length === length ? sum + count[i]! : sum), 0),
    from: plans.from,
  }));
}
