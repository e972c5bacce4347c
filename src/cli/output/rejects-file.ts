import { ClvError } from '../../base/errors.ts';
import { messageText } from '../../base/message-text.ts';
import type { Reject } from '../../reader/transactions.ts';
import { ListFile } from './list-file.ts';

const COLUMNS = ['file', 'line', 'column', 'code', 'problem', 'text'];

/** `--rejects FILE`: every record that could not be read, with its place and text as it stands in the file. */
export class RejectsFile {
  readonly #list: ListFile;

  private constructor(list: ListFile) {
    this.#list = list;
  }

  static async open(file: string, scratch: string, signal: AbortSignal): Promise<RejectsFile> {
    return new RejectsFile(await ListFile.open(file, COLUMNS, scratch, 'rejects.csv', signal));
  }

  add(reject: Reject): void {
    const { file, line, column } = reject.place;
    this.#list.add([file, line ?? '', column ?? '', reject.code, messageText(reject.code, reject.values), reject.text]);
  }

  /** What ends the reading of a file stands in the list too, where it has a place. */
  addFatal(error: unknown): void {
    if (error instanceof ClvError && error.place?.line !== undefined) {
      this.add({ code: error.code, values: error.values, place: error.place, text: error.place.excerpt ?? '' });
    }
  }

  async finish(): Promise<void> {
    await this.#list.finish();
  }
}
