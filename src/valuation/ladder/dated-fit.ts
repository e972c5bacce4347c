import { type Day, isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { messageText } from '../../base/message-text.ts';
import { plural } from '../../base/plural.ts';
import type { Reported } from '../../data/movement.ts';
import type { Ledger } from '../../ledger/ledger.ts';
import { fitOrLimit } from '../../models/limits.ts';
import { type Fitted, type FittedCustomers, fitModels } from '../fit.ts';
import { buyingNote, spendNote } from '../value.ts';
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
  readonly own: Fitted;
}

/** What an error about a date takes into account: the last transaction, and the opening that was not given. */
export interface DateContext {
  readonly last: Day;
  readonly assumed: Day | null;
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
    return await fitModels(ledger, settings, { customersOf: name });
  } catch (error) {
    if (!(error instanceof ClvError) || !error.code.startsWith('E3') || error.code === 'E313') throw error;
    const { which, remedy } = whatIsWrong(date, asOf, error.code, known);
    throw new ClvError('E308', {
      date: isoOf(asOf),
      which,
      reason: messageText(error.code, error.values),
      code: error.code,
      remedy: settings.saved === null ? `${remedy}, or value both by saved parameters: --use-model FILE` : remedy,
    });
  }
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
  { fitted, own }: DatedFit,
): Promise<Fitted['spend']> {
  if (fitted.source !== null) return own.spend;
  return fitOrLimit(settings.spend, await ledger.spendStates(repriced));
}

/** What the output tells of them. */
export function notesOf({ settings }: DatedSettings, { fitted, own }: DatedFit): DatedModels {
  return { model: { ...buyingNote(settings, own), source: fitted.source }, spend: spendNote(settings, own.spend) };
}
