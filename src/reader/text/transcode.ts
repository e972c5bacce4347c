import { createHash } from 'node:crypto';
import { open } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { ClvError } from '../../base/errors.ts';
import { type Fingerprint, type Located, StableFile, workingError } from '../files/stable-file.ts';
import { byteName } from './utf8.ts';

const READ_BYTES = 256 << 10;

/** Writes a file as UTF-8 to another path; hash and size of the original. E237 where its bytes are not of the encoding. */
export async function transcode(
  file: Located,
  path: string,
  encoding: string,
  signal?: AbortSignal,
): Promise<Fingerprint> {
  const input = await StableFile.open(file);
  const output = await open(path, 'w', 0o600);
  try {
    const hash = createHash('sha256');
    const decoder = new Decoder(file.name, encoding);
    for await (const part of input.parts(READ_BYTES, signal)) {
      hash.update(part);
      await output.writeFile(decoder.text(part));
    }
    await output.writeFile(decoder.rest(input.bytes));
    await input.finish();
    return { sha256: hash.digest('hex'), bytes: input.bytes };
  } catch (error) {
    throw signal?.aborted ? error : workingError(path, error);
  } finally {
    await input.close();
    await output.close();
  }
}

/** What stands for bytes that could not be read, or half a character. */
export const TEXT_FAULT = /\ufffd|\p{Cs}/u;
/** What no text has, and a byte that iconv-lite hands through where the encoding has no character for it: 0x80 in Shift_JIS. */
const STRICT_FAULT = /\ufffd|\p{Cs}|[\x80-\x9f]/u;
/** Encodings that have the second set of control characters. */
const HAS_CONTROLS = /^(iso|latin|l\d|utf|ucs|ascii|us-?ascii|cp28|koi|mac|ibm|cp\d|\d)/i;

/**
 * Decodes part by part and says where it fails. iconv-lite puts U+FFFD for bytes it cannot read; one that was in the file
 * before counts as such too, since the text was lost then.
 */
export class Decoder {
  readonly #name: string;
  readonly #encoding: string;
  readonly #decoder: ReturnType<typeof iconv.getDecoder>;
  readonly #fault: RegExp;
  /** First half of a character of two units, whose second is in the next part. */
  #half = '';
  #line = 1;
  #current = '';

  constructor(name: string, encoding: string) {
    this.#name = name;
    this.#encoding = encoding;
    this.#decoder = iconv.getDecoder(encoding);
    this.#fault = HAS_CONTROLS.test(encoding) && !/932/.test(encoding) ? TEXT_FAULT : STRICT_FAULT;
  }

  text(bytes: Buffer): string {
    const text = this.#half + this.#decoder.write(bytes);
    const cut = /[\ud800-\udbff]$/.test(text) ? text.length - 1 : text.length;
    this.#half = text.slice(cut);
    return this.#checked(text.slice(0, cut), bytes);
  }

  /** What is left at the end; text in units of two bytes must have an even number of them. */
  rest(bytes: number): string {
    const text = this.#half + (this.#decoder.end() ?? '');
    const odd = /^(utf-?16|ucs-?2)/i.test(this.#encoding) && bytes % 2 === 1;
    return this.#checked(odd ? `${text}\ufffd` : text, Buffer.alloc(0));
  }

  #checked(text: string, bytes: Buffer): string {
    const bad = text.search(this.#fault);
    if (bad < 0) {
      const lines = text.split(/\r\n|\n|\r/);
      this.#current = lines.length > 1 ? lines.at(-1)! : this.#current + lines[0]!;
      this.#line += lines.length - 1;
      return text;
    }
    const before = (this.#current + text.slice(0, bad)).split(/\r\n|\n|\r/);
    const values = {
      byte: bytes.length === text.length ? byteName(bytes[bad]!) : 'sequence',
      encoding: this.#encoding,
      remedy: '',
    };
    const excerpt = before.at(-1)! + /^.*/.exec(text.slice(bad))![0].replace(this.#fault, '\ufffd');
    const place = {
      file: this.#name,
      line: this.#line + before.length - 1,
      column: [...before.at(-1)!].length + 1,
      excerpt,
    };
    throw new ClvError('E237', values, place);
  }
}
