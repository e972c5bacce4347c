import type { Readable } from 'node:stream';
import { ClvError } from '../base/errors.ts';
import { variant } from '../base/message-text.ts';
import { AMOUNT_SCALE } from '../base/money.ts';
import type { ColumnarEngine } from '../data/columnar.ts';
import type { Mark } from './amounts/amounts.ts';
import type { Calendar } from './dates/calendars.ts';
import { DateFormat, type DayReader, type Days, ISO } from './dates/dates.ts';
import { Zone } from './dates/zones.ts';
import type { OnRead } from './files/stable-file.ts';
import type { DescribedByOptions } from './layouts/description.ts';
import type { ProofOptions } from './plain/proof.ts';
import type { TextFile } from './proven.ts';
import type { LeftRecord } from './rows/accounts.ts';
import type { Reject, RejectsLimit } from './rows/rejects.ts';
import type { AsIs } from './rows/watch.ts';

/** How transactions are to be read; what is absent is found out. */
export interface ReadOptions extends DescribedByOptions {
  /** A layout by its name, the file of one, or `none`. */
  readonly layout?: string | undefined;
  /** A code in capitals: records in other currencies are left out. */
  readonly onlyCurrency?: string | undefined;
  /** The file of the rates into one currency, and that currency where it is known. */
  readonly rates?: { readonly file: string; readonly base: string | null } | undefined;
  /** The file of the ids that are one customer. */
  readonly alias?: string | undefined;
  readonly foldIds?: boolean | undefined;
  /** What is not to be refused. */
  readonly asIs?: ReadonlySet<AsIs> | undefined;
  /** Called for every record that is no transaction though nothing is wrong with it. */
  readonly onLeft?: ((record: LeftRecord) => void) | undefined;
  readonly delimiter?: string | undefined;
  readonly encoding?: string | undefined;
  /** Sheet of workbooks, by its name or the number of its tab from 1. */
  readonly sheet?: string | undefined;
  readonly dateFormat?: string | undefined;
  /** The calendar of the years; absent: each column tells it. */
  readonly calendar?: Calendar | undefined;
  readonly decimalMark?: Mark | undefined;
  readonly timezone?: string | undefined;
  /** Rounds every amount to so many decimals, half to even. */
  readonly roundAmounts?: number | undefined;
  /** Absent: none. */
  readonly maxRejects?: RejectsLimit | undefined;
  /** Called for every reject, in file order. */
  readonly onReject?: ((reject: Reject) => void) | undefined;
  /** Called for every part that is read of a file, in each pass over it. */
  readonly onRead?: OnRead | undefined;
  /** A private directory for what has to be copied. */
  readonly scratch: string;
  /** Reads files of typed columns; without it they are no text. */
  readonly columnar?: ColumnarEngine | undefined;
  /** Read for the file name "-"; standard input when absent. */
  readonly stdin?: Readable | undefined;
  /** Whether the same files were opened before, with the same scratch directory: then streams were copied there. */
  readonly again?: boolean | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** Formats as given by options, built. */
export interface GivenFormats {
  readonly date: DayReader | null;
  /** The formats that are looked for when none is given; DATE_FORMATS when absent. */
  readonly candidates: readonly string[] | undefined;
  /** The calendar of the years; null: the years of the column tell it. */
  readonly calendar: Calendar | null;
  readonly days: Days;
  readonly mark: Mark | null;
  /** Of the books; for instants it decides the day, whatever is written. */
  readonly zone: Zone | null;
  readonly round: number | undefined;
}

const AS_WRITTEN = 'as written';

/** E101, E111. */
export function givenFormats(options: ReadOptions): GivenFormats {
  const { dateFormat, calendar = null, decimalMark, timezone, roundAmounts } = options;
  const { date, asWritten } = dateOption(dateFormat, calendar);
  const zone = timezone === undefined ? null : Zone.named(timezone);
  if (timezone !== undefined && zone === null) {
    throw new ClvError('E101', { option: '--timezone', value: timezone, ...variant('E101', 'no time zone') });
  }
  if (asWritten && zone !== null)
    throw new ClvError('E111', { option: `--date-format '${dateFormat}'`, other: '--timezone' });
  const days = zone ?? (asWritten ? AS_WRITTEN : null);
  return { date, candidates: undefined, calendar, days, mark: decimalMark ?? null, zone, round: roundAmounts };
}

/** A format, `as written`, or both, the format first. */
function dateOption(
  value: string | undefined,
  calendar: Calendar | null,
): { date: DayReader | null; asWritten: boolean } {
  if (value === undefined || value === AS_WRITTEN) return { date: null, asWritten: value === AS_WRITTEN };
  const name = value.endsWith(` ${AS_WRITTEN}`) ? value.slice(0, -AS_WRITTEN.length - 1) : value;
  const date = DateFormat.of(name, calendar);
  if (date === null && DateFormat.of(name) !== null)
    throw new ClvError('E111', { option: `--date-format ${name}`, other: `--calendar ${calendar}` });
  if (date === null)
    throw new ClvError('E101', { option: '--date-format', value, ...variant('E101', 'no date format') });
  return { date, asWritten: name !== value };
}

/** What the formats mean for a file that may be plain. */
export function proofOptions(
  { date, candidates, calendar, mark, round }: GivenFormats,
  { delimiter, canonical }: Pick<TextFile, 'delimiter' | 'canonical'>,
): ProofOptions {
  const iso = date === null ? (candidates?.includes(ISO) ?? true) : date.name === ISO;
  const isoDates = canonical.date || (iso && (calendar === null || calendar === 'gregorian'));
  const point = canonical.amount ? '.' : mark;
  return { delimiter, plain: isoDates && point !== ',', pointGiven: point === '.', decimals: round ?? AMOUNT_SCALE };
}
