import { createReadStream } from 'node:fs';
import iconv from 'iconv-lite';
import { type Choice, choiceText } from '../../base/choices.ts';
import { ClvError } from '../../base/errors.ts';
import type { ErrorCode } from '../../base/messages.ts';
import { visible } from '../../base/visible.ts';
import { TEXT_FAULT } from './transcode.ts';

/** Encodings that are tried for a file that is not UTF-8, in turn: wide ones first, since narrow ones take nearly anything. */
const TRIED = [
  'shift_jis',
  'gb18030',
  'euc-kr',
  'big5',
  'windows-1251',
  'windows-1250',
  'windows-874',
  'windows-1256',
  'windows-1254',
  'windows-1252',
];

/** What no text has: characters that stand for nothing, control characters but those of lines and tabs, private ones. */
const NO_TEXT = /[\u0000-\u0008\u000b\u000e-\u001a\u001c-\u001f\u007f-\u009f\ufffe\uffff\p{Co}\p{Cn}]/u;
const READ_BYTES = 256 << 10;
/** Bytes at the beginning in which zeros are counted, and characters in which a line is looked for to show. */
const START = 64 << 10;
/** Characters of a line that are shown, and how many of them at most before the first that is not ASCII. */
const SHOWN = 18;
const BEFORE = 6;
const OTHER_THAN_ASCII = /[^\x00-\x7f]/;

/** One encoding under which all bytes so far are text. */
class Trial {
  readonly encoding: string;
  readonly #decoder: ReturnType<typeof iconv.getDecoder>;
  #start = '';
  #half = '';
  failed = false;

  constructor(encoding: string) {
    this.encoding = encoding;
    this.#decoder = iconv.getDecoder(encoding);
  }

  feed(bytes: Buffer): void {
    this.#check(this.#decoder.write(bytes));
  }

  end(): void {
    this.#check(this.#decoder.end() ?? '');
    this.failed ||= this.#half !== '';
  }

  /** A line that shows how the text reads: the first, or the first that is not ASCII. */
  get sample(): string {
    const lines = this.#start
      .replace(/^\ufeff/, '')
      .split(/\r\n|\n|\r/)
      .filter((line) => line.trim() !== '');
    const line = lines.find((one) => OTHER_THAN_ASCII.test(one)) ?? lines[0] ?? '';
    const at = Math.max(line.search(OTHER_THAN_ASCII) - BEFORE, 0);
    const to = at + SHOWN;
    return visible(`${at > 0 ? '…' : ''}${line.slice(at, to)}${to < line.length ? '…' : ''}`);
  }

  /** Half of a character of two units waits for the other. */
  #check(decoded: string): void {
    const text = this.#half + decoded;
    const cut = /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
    this.#half = text.slice(cut);
    const whole = text.slice(0, cut);
    this.failed ||= TEXT_FAULT.test(whole) || NO_TEXT.test(whole);
    if (this.#start.length < START) this.#start += whole.slice(0, START - this.#start.length);
  }
}

/** UTF-16 by where the zeros of its ASCII characters stand; null where there are few, or as many on both sides. */
function wideBy(start: Buffer): string | null {
  const zeros = [0, 0];
  for (let at = 0; at < start.length; at++) if (start[at] === 0) zeros[at % 2]!++;
  const [even, odd] = zeros as [number, number];
  if (even + odd < start.length / 10) return null;
  if (odd > 4 * even) return 'utf-16le';
  return even > 4 * odd ? 'utf-16be' : null;
}

/** The encodings under which all of some bytes are text, each with a line of it. */
async function readable(parts: AsyncIterable<Buffer> | Iterable<Buffer>): Promise<readonly Trial[]> {
  let trials: Trial[] | null = null;
  let length = 0;
  for await (const part of parts) {
    if (trials === null) {
      const wide = wideBy(part.subarray(0, START));
      trials = (wide === null ? TRIED : [wide]).map((encoding) => new Trial(encoding));
    }
    length += part.length;
    for (const trial of trials) trial.feed(part);
    trials = trials.filter(({ failed }) => !failed);
    if (trials.length === 0) break;
  }
  for (const trial of trials ?? []) trial.end();
  return (trials ?? []).filter(
    ({ failed, encoding }) => !failed && !(encoding.startsWith('utf-16') && length % 2 === 1),
  );
}

/** What to do about text that is not in the encoding it should be in. */
function remedy(encodings: readonly Choice[], otherwise: string): string {
  if (encodings.length === 0) return otherwise;
  const options = encodings.map(choiceText);
  if (options.length === 1) return `name the encoding: ${options[0]}; or export as UTF-8`;
  return `name the encoding under which it reads right: ${options.join(', ')}; or export as UTF-8`;
}

const OTHERWISE = {
  E236: 'the export is damaged or not text: export it again',
  E237: 'export it as UTF-8',
};

/** E236 and E237 with the encodings that the bytes are text in; any other error as it is. */
export async function withEncodings(error: unknown, content: string | Buffer): Promise<unknown> {
  if (!(error instanceof ClvError) || (error.code !== 'E236' && error.code !== 'E237')) return error;
  const parts = typeof content === 'string' ? createReadStream(content, { highWaterMark: READ_BYTES }) : [content];
  const trials = await readable(parts).catch(() => []);
  const encodings = trials.map(({ encoding, sample }) => ({
    settings: [['--encoding', encoding] as const],
    shows: sample,
  }));
  return new ClvError<ErrorCode>(
    error.code,
    { ...error.values, encodings, remedy: remedy(encodings, OTHERWISE[error.code]) },
    error.place,
  );
}
