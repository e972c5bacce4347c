import { type Day, isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { messageText } from '../../base/message-text.ts';
import { plural } from '../../base/plural.ts';
import type { Reported } from '../../data/movement.ts';
import { pooledSpend, spendOfGroup } from '../../engine/groups.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import type { PurchaseWindow } from '../../models/model.ts';
import { type Fitted, type FittedCustomers, fitModels } from '../fit.ts';
import { fitSpend } from '../kept.ts';
import { groupNote } from '../value.ts';
import type { Valuing } from '../valuing.ts';
import type { RolledUp } from './fits.ts';
import type { DatedModels } from './found.ts';

/** What customers are valued by at a date. */
export interface DatedSettings {
  readonly settings: Valuing;
  /** Whether by the margins of the opening. */
  readonly openingMargins: boolean;
  /** What was reported of the date, where a close has it. */
  readonly reported?: readonly Reported[] | undefined;
}

/** The customers of a date, with the models fitted to them or taken from a file. */
export interface DatedFit {
  readonly fitted: FittedCustomers;
  /** The models of every group that is known at the date. */
  readonly groups: readonly Fitted[];
}

/** What is known of the dates: the last transaction, and the opening that was not given; and what groups too small for a fit take. */
export interface DateContext {
  readonly last: Day;
  readonly assumed: Day | null;
  /** Whether a group that cannot be fitted takes the models of all customers. */
  readonly pool?: boolean;
}

/** Fits the models of a date. E308 where its customers cannot be valued, for whatever reason. */
export async function fitAt(
  ledger: Ledger,
  settings: Valuing,
  { name, plan: { asOf } }: RolledUp,
  date: 'opening' | 'closing',
  known: DateContext,
): Promise<FittedCustomers> {
  try {
    return await fitModels(ledger, settings, { customersOf: name, pool: known.pool ?? false });
  } catch (error) {
    if (!(error instanceof ClvError) || !error.code.startsWith('E3') || error.code === 'E313') throw error;
    const { which, remedy } = whatIsWrong(date, asOf, error.code, known);
    throw new ClvError('E308', {
      date: isoOf(asOf),
      which,
      reason: messageText(error.code, error.values),
      code: error.code,
      remedy: remedyOf(error.code, remedy, settings),
    });
  }
}

function remedyOf(code: string, remedy: string, { saved }: Pick<Valuing, 'saved'>): string {
  if (code === 'E306') return `${remedy}, or value small groups by the models of all customers: --pool-small`;
  return saved === null ? `${remedy}, or value both by saved parameters: --use-model FILE` : remedy;
}

/** Too few customers: that a date is after the last transaction is not why. */
const TOO_FEW = new Set(['E301', 'E304', 'E309']);

function whatIsWrong(
  date: 'opening' | 'closing',
  asOf: Day,
  code: string,
  { last, assumed }: DateContext,
): { readonly which: string; readonly remedy: string } {
  if (asOf > last && !TOO_FEW.has(code)) {
    const remedy = `use dates nearer to the last transaction, on ${isoOf(last)}`;
    return { which: `, ${asOf - last} ${plural(asOf - last, 'day', 'days')} after the last transaction,`, remedy };
  }
  const which = asOf === assumed ? ', the opening when no --from is given,' : '';
  return { which, remedy: date === 'opening' ? 'give a later --from' : 'use dates with more customers before them' };
}

/** The spend under the margins of the closing: fitted anew, unless it comes from a file. @param repriced customers by those margins */
export async function spendAt(
  ledger: Ledger,
  { name: repriced }: RolledUp,
  { settings }: DatedSettings,
  { fitted, groups }: DatedFit,
): Promise<readonly Fitted[]> {
  if (fitted.source !== null) return groups;
  const states = await ledger.spendStates(repriced);
  if (!fitted.states.groups)
    return groups.map((one) => ({ ...one, spend: fitSpend(ledger.fits, settings.spend, states) }));
  return groups.map((one) => ({
    ...one,
    spend: fitSpend(ledger.fits, settings.spend, one.pooled ? pooledSpend(states) : spendOfGroup(states, one.group)),
  }));
}

/** What the output tells of them. */
export function notesOf(
  { settings }: DatedSettings,
  { fitted, groups }: DatedFit,
  window: PurchaseWindow,
): DatedModels {
  return { source: fitted.source, groups: groups.map((one) => groupNote(askedOf(settings, one), one, window)) };
}

/** What was asked for of a group; of a file, what is in it. */
function askedOf(settings: Valuing, { model, spend }: Fitted): Valuing {
  return settings.saved === null ? settings : { ...settings, model, spend: spend.model };
}
