import type { Readable } from 'node:stream';
import type { ColumnarEngine } from '../base/columnar.ts';
import { ClvError } from '../base/errors.ts';
import { AMOUNT_SCALE } from '../base/money.ts';
import type { Mark } from './amounts.ts';
import { DateFormat, ISO } from './dates.ts';
import type { Shape } from './plain-scan.ts';
import type { ProofOptions } from './proof.ts';
import type { Reject, RejectsLimit } from './rejects.ts';
import type { OnRead } from './stable-file.ts';
import { Zone } from './zones.ts';

/** How transactions are to be read; what is absent is found out. */
export interface ReadOptions {
  readonly customer?: string | undefined;
  /** The option that names the customer column, for messages; `--customer` when absent. */
  readonly customerOption?: string | undefined;
  readonly date?: string | undefined;
  readonly amount?: string | undefined;
  readonly delimiter?: string | undefined;
  readonly encoding?: string | undefined;
  /** Sheet of workbooks, by its name or the number of its tab from 1. */
  readonly sheet?: string | undefined;
  readonly dateFormat?: string | undefined;
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
  readonly signal?: AbortSignal | undefined;
}

/** Formats as given by options, built. */
export interface GivenFormats {
  readonly date: DateFormat | null;
  readonly mark: Mark | null;
  readonly zone: Zone | null;
  readonly round: number | undefined;
}

/** E101. */
export function givenFormats(options: ReadOptions): GivenFormats {
  const { dateFormat, decimalMark, timezone, roundAmounts } = options;
  const date = dateFormat === undefined ? null : DateFormat.of(dateFormat);
  if (dateFormat !== undefined && date === null) {
    throw bad('--date-format', dateFormat, 'is not a date format', 'YYYY, MM and DD, each once, e.g. DD/MM/YYYY');
  }
  const zone = timezone === undefined ? null : Zone.named(timezone);
  if (timezone !== undefined && zone === null) {
    throw bad('--timezone', timezone, 'is not a time zone', 'e.g. Europe/Berlin, America/New_York, UTC');
  }
  return { date, mark: decimalMark ?? null, zone, round: roundAmounts };
}

function bad(option: string, value: string, problem: string, remedy: string): ClvError {
  return new ClvError('E101', { option, value, problem, remedy });
}

/** What the formats mean for a file that may be plain. */
export function proofOptions({ date, mark, round }: GivenFormats, { canonical }: Shape): ProofOptions {
  const isoDates = canonical?.date === true || date === null || date.name === ISO;
  const point = canonical?.amount ? '.' : mark;
  return { plain: isoDates && point !== ',', pointGiven: point === '.', decimals: round ?? AMOUNT_SCALE };
}
