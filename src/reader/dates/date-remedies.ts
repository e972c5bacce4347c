import type { ErrorCode, ValuesOf } from '../../base/messages.ts';
import type { DateEvidence } from './date-evidence.ts';
import type { DateProblem, DayReader } from './dates.ts';

/** What the remedies for a date that cannot be read may name: only what the texts of its column bear out. */
export interface DateRemedies {
  /** Behind `--date-format`: nothing, or the formats that fit every date. */
  readonly fitting: string;
  /** The same as words behind "correct it". */
  readonly instead: string;
  /** Behind `--timezone ZONE`: nothing, or a zone that had every offset. */
  readonly example: string;
  /** The value of --date-format that takes every day as written, as it can be pasted. */
  readonly written: string;
}

/** `given` is the format that an option names; without evidence no example is known. */
export function dateRemedies(evidence: DateEvidence<unknown> | null, given: DayReader | null): DateRemedies {
  const options = (evidence?.fitting ?? []).map(pasted).join(' or --date-format ');
  const zone = evidence?.offsets.zone;
  return {
    fitting: options === '' ? '' : ` ${options}`,
    instead: options === '' ? '' : `, or give --date-format ${options}`,
    example: zone === undefined ? '' : `, e.g. ${zone}`,
    written: pasted(given === null ? 'as written' : `${given.name} as written`),
  };
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

/** The name of a format as it can be pasted. */
export function pasted(name: string): string {
  return /^[\w./:-]+$/.test(name) ? name : `'${name.replaceAll("'", `'\\''`)}'`;
}
