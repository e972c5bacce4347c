import { createHash } from 'node:crypto';
import { ClvError } from '../../base/errors.ts';
import type { IdKind } from '../../data/ids.ts';
import type { ControlTotals } from '../../data/transactions.ts';
import type { PlainMarks } from '../amounts/marks.ts';
import { type Located, StableFile } from '../files/stable-file.ts';
import { placeInFile } from '../text/place-in-file.ts';
import { StrictQuotes } from '../text/strict-quotes.ts';
import { CUT, TextCheck } from '../text/text-check.ts';
import type { RepeatScan } from './repeats.ts';
import { PLAIN_RECORD_LIMIT, type PlainColumns, PlainScan } from './scan.ts';

/** What the options say about the plain reading. */
export interface ProofOptions {
  readonly delimiter: string;
  /** False when an option asks for another reading of dates or marks: then only hash and encoding are checked. */
  readonly plain: boolean;
  /** True when an option says that the point is the decimal mark. */
  readonly pointGiven: boolean;
  /** Most decimals that need no rounding. */
  readonly decimals: number;
  /** Looks for records that stand in files before. */
  readonly repeats?: RepeatScan | null | undefined;
  readonly signal?: AbortSignal | undefined;
}

export interface Proof {
  readonly sha256: string;
  readonly bytes: number;
  readonly plain: Plain | null;
  /** Quotes and line ends are as RFC 4180 has them, line breaks in quotes among them: a plain file is well formed too. */
  readonly wellFormed: boolean;
}

export interface Plain {
  readonly newline: '\n' | '\r\n';
  readonly totals: ControlTotals;
  /** The kinds of ids that it may hold. */
  readonly ids: ReadonlySet<IdKind>;
  /** What the amounts tell of the decimal mark. */
  readonly marks: PlainMarks;
}

const READ_BYTES = 1 << 20;

/**
 * One pass over a local file: its hash, that it is UTF-8 without NUL (E236, E237), that it held still (E431), and whether it
 * is plain, which without a shape it is not, or at least well formed. A function of its arguments only, so that it can run in a thread of its own.
 */
export async function prove(
  file: Located,
  shape: PlainColumns | null,
  options: ProofOptions,
  readBytes = READ_BYTES,
): Promise<Proof> {
  const input = await StableFile.open(file);
  try {
    const hash = createHash('sha256');
    const text = new TextCheck();
    const form = new Form(shape && options.plain ? new PlainScan(shape, options.repeats) : null, options.delimiter);
    for await (const { buffer, length } of input.partsAhead(CUT, readBytes, options.signal)) {
      const part = buffer.subarray(CUT, CUT + length);
      hash.update(part);
      form.feed(part);
      const bad = text.check(buffer, length);
      if (bad) throw new ClvError(bad.code, bad.values, await placeInFile(file, bad.offset));
    }
    await input.finish();
    const { plain, wellFormed } = form;
    return {
      sha256: hash.digest('hex'),
      bytes: input.bytes,
      plain: plain && plainly(plain, options),
      wellFormed,
    };
  } finally {
    await input.close();
  }
}

/** What a file is as far as it was read: plain, else well formed, else left to csv-parse. */
class Form {
  readonly #delimiter: string;
  readonly #scan: PlainScan | null;
  #lines: PlainLines | null;
  #quotes: StrictQuotes | null;
  wellFormed = true;

  constructor(scan: PlainScan | null, delimiter: string) {
    this.#delimiter = delimiter;
    this.#scan = scan;
    this.#lines = scan && new PlainLines(scan);
    this.#quotes = scan ? null : new StrictQuotes(delimiter, true);
  }

  /** The scan of a file that is plain. */
  get plain(): PlainScan | null {
    return this.#lines && this.#scan;
  }

  /** @param part an empty one at the end */
  feed(part: Buffer): void {
    const lines = this.#lines;
    const end = part.length === 0;
    if (lines === null) this.wellFormed &&= this.#quotes!.feed(part);
    else if (!(end ? lines.end() : lines.feed(part))) {
      // The lines before were plain, so they were well formed, and ended as such.
      this.#lines = null;
      this.#quotes = new StrictQuotes(this.#delimiter, !lines.begun);
      for (const one of lines.rest) this.wellFormed &&= this.#quotes.feed(one);
    }
    if (end && this.#quotes !== null) this.wellFormed &&= this.#quotes.end();
  }
}

/** A plain file unless its amounts need rounding, or every point in them may group thousands. */
function plainly({ amounts, ids, totals, newline }: PlainScan, { pointGiven, decimals }: ProofOptions): Plain | null {
  const { grouped: either, pointShown: points } = amounts;
  if ((either > 0 && points === 0 && !pointGiven) || amounts.decimals > decimals) return null;
  const unmarked = totals.records - points - either;
  return { newline: newline ?? '\n', totals, ids: ids.kinds, marks: { points, either, unmarked } };
}

const LF = 0x0a;
const CR = 0x0d;

/** Feeds a scan with whole lines, however the file is cut into parts. Each call tells whether the file is still plain. */
class PlainLines {
  readonly #scan: PlainScan;
  /** The beginning of a line that is not complete, copied. */
  #open: Buffer[] = [];
  #length = 0;
  /** Whether lines before those of the last call were plain. */
  begun = false;
  /** The bytes that are not plain, from the start of a line on, once a call has said so. */
  rest: readonly Buffer[] = [];

  constructor(scan: PlainScan) {
    this.#scan = scan;
  }

  feed(part: Buffer): boolean {
    const first = part.indexOf(LF) + 1;
    if (first === 0) return this.#keep(part);
    let from = 0;
    if (this.#length > 0) {
      const line = Buffer.concat([...this.#open, part.subarray(0, first)]);
      if (!this.#scan.lines(line, 0, line.length)) return this.#stop(line, part.subarray(first));
      this.begun = true;
      this.#open = [];
      this.#length = 0;
      from = first;
    }
    const last = part.lastIndexOf(LF) + 1;
    if (!this.#scan.lines(part, from, last)) return this.#stop(part.subarray(from));
    this.begun ||= last > from;
    return this.#keep(part.subarray(last));
  }

  /** The last line may lack its end. */
  end(): boolean {
    if (this.#length === 0) return true;
    const line = Buffer.concat(this.#open);
    if (line.at(-1) === CR) return this.#stop(line);
    const whole = Buffer.concat([line, Buffer.from(this.#scan.newline ?? '\n')]);
    return this.#scan.lines(whole, 0, whole.length) || this.#stop(line);
  }

  #stop(...rest: readonly Buffer[]): false {
    this.rest = rest;
    return false;
  }

  #keep(rest: Buffer): boolean {
    if (rest.length > 0) this.#open.push(Buffer.from(rest));
    this.#length += rest.length;
    return this.#length <= PLAIN_RECORD_LIMIT || this.#stop(...this.#open);
  }
}
