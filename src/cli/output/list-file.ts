import { closeSync, createReadStream, openSync, writeSync } from 'node:fs';
import { join } from 'node:path';
import { openOutput } from './open.ts';
import type { Output } from './target.ts';

const FLUSH = 1 << 16;

/**
 * A list of records beside the report, as CSV with every cell in quotes: the text of a bad record may hold anything, and must
 * stand as it was. Kept in the scratch directory until it is complete, so that a million records take no memory, and written even when the run fails.
 */
export class ListFile {
  readonly #output: Output;
  readonly #path: string;
  readonly #descriptor: number;
  #buffer: string;

  private constructor(output: Output, path: string, columns: readonly string[]) {
    this.#output = output;
    this.#path = path;
    this.#descriptor = openSync(path, 'w');
    this.#buffer = `${columns.join(',')}\n`;
  }

  static async open(
    file: string,
    columns: readonly string[],
    scratch: string,
    name: string,
    signal: AbortSignal,
  ): Promise<ListFile> {
    return new ListFile(await openOutput(file, signal), join(scratch, name), columns);
  }

  add(cells: readonly (string | number)[]): void {
    this.#buffer += `${cells.map((cell) => quoted(String(cell))).join(',')}\n`;
    if (this.#buffer.length > FLUSH) this.#flush();
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

function quoted(text: string): string {
  return `"${text.replaceAll('"', '""')}"`;
}
