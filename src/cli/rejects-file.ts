import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ClvError } from '../base/errors.ts';
import type { Reject } from '../reader/transactions.ts';
import { messageText } from './messages-text.ts';
import { openOutput } from './output.ts';
import type { Output } from './output-target.ts';

const COLUMNS = ['file', 'line', 'column', 'code', 'problem', 'text'];
const FLUSH = 1 << 16;

/**
 * `--rejects FILE`: every record that could not be read, with its place and text as it stands in the file. Kept in the
 * scratch directory until it is complete, so that a million rejects take no memory, and written even when the run fails.
 */
export class RejectsFile {
  readonly #output: Output;
  readonly #path: string;
  readonly #descriptor: number;
  #buffer = `${COLUMNS.join(',')}\n`;

  private constructor(output: Output, path: string) {
    this.#output = output;
    this.#path = path;
    this.#descriptor = openSync(path, 'w');
  }

  static async open(file: string, scratch: string, signal: AbortSignal): Promise<RejectsFile> {
    return new RejectsFile(await openOutput(file, signal), join(scratch, 'rejects.csv'));
  }

  add(reject: Reject): void {
    const { file, line, column } = reject.place;
    const cells = [file, line ?? '', column ?? '', reject.code, messageText(reject.code, reject.values), reject.text];
    this.#buffer += `${cells.map((cell) => quoted(String(cell))).join(',')}\n`;
    if (this.#buffer.length > FLUSH) this.#flush();
  }

  /** What ends the reading of a file stands in the list too, where it has a place. */
  addFatal(error: unknown): void {
    if (error instanceof ClvError && error.place?.line !== undefined) {
      this.add({ code: error.code, values: error.values, place: error.place, text: error.place.excerpt ?? '' });
    }
  }

  async finish(): Promise<void> {
    this.#flush();
    closeSync(this.#descriptor);
    await this.#output.write(createReadStream(this.#path, 'utf8'));
  }

  #flush(): void {
    writeSync(this.#descriptor, this.#buffer);
    this.#buffer = '';
  }
}

/** Always in quotes: the text of a bad record may hold anything, and must stand as it was. */
function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
