import { isUtf8 } from 'node:buffer';

/**
 * The end of the part of `bytes` that can be judged now: a character cut off at the end is left for the next part.
 */
export function wholeCharacters(bytes: Uint8Array, end: number): number {
  let at = end - 1;
  while (at >= 0 && at > end - 4 && isContinuation(bytes[at]!)) at--;
  return at >= 0 && at + lengthFrom(bytes[at]!) > end ? at : end;
}

/** Position of the first byte that is not part of valid UTF-8, or -1. */
export function firstInvalid(bytes: Uint8Array): number {
  for (let from = 0; from < bytes.length; ) {
    const newline = bytes.indexOf(0x0a, from);
    const to = newline < 0 ? bytes.length : newline + 1;
    if (!isUtf8(bytes.subarray(from, to))) return invalidIn(bytes, from, to);
    from = to;
  }
  return -1;
}

function invalidIn(bytes: Uint8Array, from: number, to: number): number {
  let at = from;
  while (at < to) {
    const next = at + lengthFrom(bytes[at]!);
    if (next > to || !isUtf8(bytes.subarray(at, next))) return at;
    at = next;
  }
  return from;
}

function lengthFrom(lead: number): number {
  if (lead < 0xc0) return 1;
  if (lead < 0xe0) return 2;
  return lead < 0xf0 ? 3 : 4;
}

function isContinuation(byte: number): boolean {
  return (byte & 0xc0) === 0x80;
}

/** `0xE9`, as messages name a byte. */
export function byteName(byte: number): string {
  return `0x${byte.toString(16).toUpperCase().padStart(2, '0')}`;
}
