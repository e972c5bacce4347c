import { createHash } from 'node:crypto';
import { ClvError } from '../base/errors.ts';
import type { ControlTotals } from '../base/transactions.ts';
import type { PlainMarks } from './marks.ts';
import { placeInFile } from './place-in-file.ts';
import { PlainLines } from './plain-lines.ts';
import { PlainScan, type Shape } from './plain-scan.ts';
import { type Located, StableFile } from './stable-file.ts';
import { CUT, TextCheck } from './text-check.ts';

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
  /** What the amounts tell of the decimal mark. */
  readonly marks: PlainMarks;
}

const READ_BYTES = 1 << 20;

/**
 * One pass over a local file: its hash, that it is UTF-8 without NUL (E236, E237), that it held still (E431), and whether it
 * is plain, which without a shape it is not. A function of its arguments only, so that it can run in a thread of its own.
 */
export async function prove(
  file: Located,
  shape: Shape | null,
  options: ProofOptions,
  readBytes = READ_BYTES,
): Promise<Proof> {
  const input = await StableFile.open(file);
  try {
    const hash = createHash('sha256');
    const text = new TextCheck();
    const scan = shape && options.plain ? new PlainScan(shape) : null;
    const lines = scan && new PlainLines(scan);
    let plain = lines !== null;
    for await (const { buffer, length } of parts(input, readBytes)) {
      options.signal?.throwIfAborted();
      const part = buffer.subarray(CUT, CUT + length);
      hash.update(part);
      plain &&= length === 0 ? lines!.end() : lines!.feed(part);
      const bad = text.check(buffer, length);
      if (bad) throw new ClvError(bad.code, bad.values, await placeInFile(file, bad.offset));
    }
    await input.finish();
    return { sha256: hash.digest('hex'), bytes: input.bytes, plain: plain ? plainly(scan!, options) : null };
  } finally {
    await input.close();
  }
}

interface Part {
  readonly buffer: Buffer;
  readonly length: number;
}

/** The parts of a file, at last an empty one; each is read while the one before is worked on. */
async function* parts(input: StableFile, readBytes: number): AsyncGenerator<Part> {
  const buffers = [Buffer.allocUnsafe(CUT + readBytes), Buffer.allocUnsafe(CUT + readBytes)] as const;
  let next = input.read(buffers[0], CUT, readBytes);
  for (let turn = 0; ; turn = 1 - turn) {
    const length = await next;
    if (length > 0) next = input.read(buffers[turn === 0 ? 1 : 0], CUT, readBytes);
    // Whoever stops before the end of the file does not ask for the part that is under way.
    next.catch(() => {});
    yield { buffer: buffers[turn === 0 ? 0 : 1], length };
    if (length === 0) return;
  }
}

/** A plain file unless its amounts need rounding, or every point in them may group thousands. */
function plainly({ amounts, totals, newline }: PlainScan, { pointGiven, decimals }: ProofOptions): Plain | null {
  const { grouped: either, pointShown: points } = amounts;
  if ((either > 0 && points === 0 && !pointGiven) || amounts.decimals > decimals) return null;
  const unmarked = totals.records - points - either;
  return { newline: newline ?? '\n', totals, marks: { points, either, unmarked } };
}
