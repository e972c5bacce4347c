import { createHash } from 'node:crypto';
import { ClvError } from '../base/errors.ts';
import type { ControlTotals } from '../base/transactions.ts';
import { placeInFile } from './place-in-file.ts';
import { PlainLines } from './plain-lines.ts';
import { PlainScan, type Shape } from './plain-scan.ts';
import { type Located, StableFile } from './stable-file.ts';
import { TextCheck } from './text-check.ts';

/** What the options say about the plain reading. */
export interface ProofOptions {
  /** False when an option asks for another reading of dates or marks: then only hash and encoding are checked. */
  readonly plain: boolean;
  /** True when an option says that the point is the decimal mark. */
  readonly pointGiven: boolean;
  /** Most decimals that need no rounding. */
  readonly decimals: number;
  readonly signal?: AbortSignal | undefined;
}

export interface Proof {
  readonly sha256: string;
  readonly bytes: number;
  readonly plain: Plain | null;
}

export interface Plain {
  readonly newline: '\n' | '\r\n';
  readonly totals: ControlTotals;
  /** The amounts show that the point is the decimal mark. */
  readonly pointShown: boolean;
}

const READ_BYTES = 1 << 20;

/**
 * One pass over a local file: its hash, that it is UTF-8 without NUL (E236, E237), that it held still (E431), and whether it
 * is plain. A function of its arguments only, so that it can run in a thread of its own.
 */
export async function prove(
  file: Located,
  shape: Shape,
  options: ProofOptions,
  readBytes = READ_BYTES,
): Promise<Proof> {
  const input = await StableFile.open(file);
  try {
    const hash = createHash('sha256');
    const text = new TextCheck(readBytes);
    const scan = new PlainScan(shape);
    const lines = new PlainLines(scan);
    let plain = options.plain;
    for (let length = -1; length !== 0; ) {
      options.signal?.throwIfAborted();
      length = await input.read(text.buffer, text.start, readBytes);
      const part = text.buffer.subarray(text.start, text.start + length);
      hash.update(part);
      plain &&= length === 0 ? lines.end() : lines.feed(part);
      const bad = text.check(length);
      if (bad) throw new ClvError(bad.code, bad.values, await placeInFile(file, bad.offset));
    }
    await input.finish();
    return { sha256: hash.digest('hex'), bytes: input.bytes, plain: plain ? plainly(scan, options) : null };
  } finally {
    await input.close();
  }
}

/** A plain file unless its amounts need rounding, or every point in them may group thousands. */
function plainly({ amounts, totals, newline }: PlainScan, { pointGiven, decimals }: ProofOptions): Plain | null {
  const ambiguous = amounts.grouped && !amounts.pointShown && !amounts.ungrouped && !pointGiven;
  if (ambiguous || amounts.decimals > decimals) return null;
  return { newline: newline ?? '\n', totals, pointShown: amounts.pointShown };
}
