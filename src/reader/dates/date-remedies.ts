import { type Choice, choicesOf, choiceText } from '../../base/choices.ts';
import type { ValuesOf } from '../../base/errors.ts';
import type { ErrorCode } from '../../base/messages.ts';
import type { DateEvidence } from './date-evidence.ts';
import type { DateProblem, DayReader } from './dates.ts';

/** What the remedies for a date that cannot be read may name: only what the texts of its column bear out. */
export interface DateRemedies {
  /** The formats that fit every date. */
  readonly formats: readonly Choice[];
  /** The formats that fit every date as the remedy tells them, or the bare option. */
  readonly fitting: string;
  /** The formats that fit every date as words behind "correct it". */
  readonly instead: string;
  /** A zone that had every offset, if one is known. */
  readonly zones: readonly Choice[];
  /** The zone that had every offset as words behind `--timezone ZONE`. */
  readonly example: string;
  /** The format that takes every day as it is written. */
  readonly written: readonly Choice[];
}

/** `given` is the format that an option names; without evidence no example is known. */
export function dateRemedies(evidence: DateEvidence<unknown> | null, given: DayReader | null): DateRemedies {
  const zone = evidence?.offsets.zone;
  return {
    ...fittingOf(evidence?.fitting ?? []),
    zones: zone === undefined ? [] : choicesOf('--timezone', [zone]),
    example: zone === undefined ? '' : `, e.g. ${zone}`,
    written: choicesOf('--date-format', [given === null ? 'as written' : `${given.name} as written`]),
  };
}

/** Formats that fit every date, as the remedies tell them. */
export function fittingOf(names: readonly string[]): Pick<DateRemedies, 'formats' | 'fitting' | 'instead'> {
  const formats = choicesOf('--date-format', names);
  const told = formats.map(choiceText).join(' or ');
  return { formats, fitting: told || '--date-format', instead: told && `, or give ${told}` };
}

/** Whether the remedy of a message depends on the column. */
export function isOfDates(code: ErrorCode): boolean {
  return code === 'E211' || code === 'E212' || code === 'E214' || code === 'E216';
}

/** Values of a date's message, with its remedies. */
export function dateValues(text: string, format: DayReader, remedies: DateRemedies): ValuesOf<DateProblem> {
  const two = /(?<!Y)YY(?!Y)/.test(format.name) && !/[GY]YY/.test(format.name);
  const years = two ? '1980–2042, and may be Buddhist' : (format.years ?? '');
  return { text, format: format.name, years, buddhist: two ? ', or --calendar buddhist' : '', ...remedies };
}
