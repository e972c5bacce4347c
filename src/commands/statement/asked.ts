import { isoOf } from '../../base/calendar.ts';
import { ClvError } from '../../base/errors.ts';
import { variant } from '../../base/message-text.ts';
import { day, optionError } from '../../cli/option-values.ts';
import type { Notes } from '../../cli/say/notes.ts';
import { OPPORTUNITIES } from '../../data/opportunity.ts';
import type { Dates, DatesAsked } from './dates.ts';
import type { StatementOptions } from './options.ts';

/** E122: a statement has two dates. */
export function checkOptions(typed: readonly string[]): void {
  if (typed.includes('--as-of')) throw new ClvError('E122', { option: '--as-of', ...variant('E122', 'closing date') });
}

/** What was typed of the dates. E101. */
export function datesAsked({ from, to, every }: StatementOptions): DatesAsked {
  const choices = OPPORTUNITIES.map(({ text }) => text).join(' ');
  const step = OPPORTUNITIES.find(({ text }) => text === every);
  if (every !== undefined && !step) optionError('--every', every, 'unknown', { choices, hint: '' });
  return {
    from: from === undefined ? null : day('--from', from),
    to: to === undefined ? null : day('--to', to),
    months: step?.months ?? null,
  };
}

/** Tells which opening was taken where none was given and the statement is shorter than usual. */
export function sayOpening({ whole, assumed }: Dates, notes: Notes): void {
  const from = isoOf(whole.from);
  if (assumed?.shortened) notes.say(`the opening is ${from}, ${assumed.text}; to pin it: --from ${from}`);
}
