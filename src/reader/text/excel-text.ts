import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { type Located, StableFile, workingError } from '../files/stable-file.ts';

/**
 * Fields that a spreadsheet is to take for text: ="0812". Where such a field has no quotes around it, a reader of CSV finds quotes
 * inside a field without quotes. It is rewritten here as "0812 ", as long as it was, so that places stay what they are; fields are
 * trimmed. Nothing else is changed: what is no such field as a whole is left for the reader to refuse.
 */

const EQUALS = 0x3d;
const QUOTE = 0x22;
const LF = 0x0a;
const CR = 0x0d;
const BLANK = 0x20;
const BOM = Buffer.from('\ufeff');
const READ_BYTES = 1 << 20;
/** More than a record may have. */
const MOST_REST = 16 << 20;
const START = Buffer.from('="');

/** The inner text of a field that is ="…" as a whole; any other as it is. */
export function innerText(field: string): string {
  if (field.charCodeAt(0) !== EQUALS || field.charCodeAt(1) !== QUOTE) return field;
  const close = field.indexOf('"', 2);
  return close === field.length - 1 ? field.slice(2, close) : field;
}

/**
 * Rewrites such fields in bytes that begin at a record, in place.
 * @param last whether the file ends with them
 * @returns behind the last whole record, how many fields were rewritten up to there
 */
function rewrite(bytes: Buffer, delimiter: number, last: boolean): { readonly end: number; readonly fields: number } {
  const ends = (at: number): boolean => {
    const byte = bytes[at];
    return byte === delimiter || byte === LF || byte === CR || (last && at === bytes.length);
  };
  let [at, end, fields] = [0, 0, 0];
  const found: number[] = [];
  while (at < bytes.length) {
    // At the beginning of a field.
    if (bytes[at] === QUOTE) at = closing(bytes, at) + 1;
    else if (bytes[at] === EQUALS && bytes[at + 1] === QUOTE) {
      let close = at + 2;
      while (close < bytes.length && bytes[close] !== QUOTE && bytes[close] !== LF && bytes[close] !== CR) close++;
      if (bytes[close] === QUOTE && ends(close + 1)) found.push(at, close);
      at = close;
    }
    while (at < bytes.length && bytes[at] !== delimiter && bytes[at] !== LF && bytes[at] !== CR) at++;
    if (at >= bytes.length) break;
    const isEnd = bytes[at] !== delimiter;
    at++;
    if (isEnd) {
      end = at;
      fields += take(bytes, found);
    }
  }
  if (!last) return { end, fields };
  return { end: bytes.length, fields: fields + take(bytes, found) };
}

function take(bytes: Buffer, found: number[]): number {
  const count = found.length / 2;
  for (let i = 0; i < found.length; i += 2) {
    const [open, close] = [found[i]!, found[i + 1]!];
    bytes[open] = QUOTE;
    bytes.copyWithin(open + 1, open + 2, close);
    bytes[close - 1] = BLANK;
    bytes[close] = QUOTE;
  }
  found.length = 0;
  return count;
}

function closing(bytes: Buffer, open: number): number {
  for (let at = bytes.indexOf(QUOTE, open + 1); at >= 0; at = bytes.indexOf(QUOTE, at + 2))
    if (bytes[at + 1] !== QUOTE) return at;
  return bytes.length;
}

/** A copy of bytes with fields like ="0812" as a reader of CSV takes them; the bytes themselves are not changed. */
export function withoutExcelText(bytes: Buffer, delimiter: string): Buffer {
  if (bytes.indexOf(START) < 0) return bytes;
  const copy = Buffer.from(bytes);
  const from = copy.subarray(0, BOM.length).equals(BOM) ? BOM.length : 0;
  rewrite(copy.subarray(from), delimiter.charCodeAt(0), true);
  return copy;
}

/** Writes a file to the scratch directory in which such fields are as a reader of CSV takes them; null where it has none. E421, E422, E431. */
export async function rewritten(
  file: Located,
  delimiter: string,
  scratch: string,
  label: string,
  signal?: AbortSignal,
  readBytes = READ_BYTES,
): Promise<string | null> {
  if (!(await holds(file, readBytes, signal))) return null;
  const path = join(scratch, `text-${label}.csv`);
  const input = await StableFile.open(file);
  const output = await open(path, 'w', 0o600);
  const mark = delimiter.charCodeAt(0);
  try {
    let rest: Buffer = Buffer.alloc(0);
    let fields = 0;
    let first = true;
    for await (const part of input.parts(readBytes, signal)) {
      let bytes = rest.length === 0 ? part : Buffer.concat([rest, part]);
      if (first && bytes.length < BOM.length) {
        rest = bytes;
        continue;
      }
      if (first && bytes.subarray(0, BOM.length).equals(BOM)) {
        await output.writeFile(BOM);
        bytes = bytes.subarray(BOM.length);
      }
      first = false;
      const done = rewrite(bytes, mark, false);
      fields += done.fields;
      await output.writeFile(bytes.subarray(0, done.end));
      rest = bytes.subarray(done.end);
      // An unclosed quote: it is refused when the records are read.
      if (rest.length > MOST_REST) return null;
    }
    fields += rewrite(rest, mark, true).fields;
    await output.writeFile(rest);
    await input.finish();
    return fields > 0 ? path : null;
  } catch (error) {
    throw signal?.aborted ? error : workingError(path, error);
  } finally {
    await input.close();
    await output.close();
  }
}

/** Whether a file holds the beginning of such a field anywhere. */
async function holds(file: Located, readBytes: number, signal?: AbortSignal): Promise<boolean> {
  const input = await StableFile.open(file);
  try {
    let open = false;
    for await (const part of input.parts(readBytes, signal)) {
      if ((open && part[0] === QUOTE) || part.indexOf(START) >= 0) return true;
      open = part.at(-1) === EQUALS;
    }
    return false;
  } finally {
    await input.close();
  }
}
