import { ClvError } from '../../base/errors.ts';

/** An option of a run: its value, and whether it was typed or is what holds where nobody types it. */
export interface OptionTaken {
  readonly option: string;
  readonly value: string;
  readonly origin: string;
}

/** What was typed of a run. */
export interface RunTyped {
  readonly command: string;
  readonly arguments: readonly string[];
  readonly options: readonly OptionTaken[];
  /** Names of the files that it reads. */
  readonly inputs: readonly string[];
  /** Names of the files that it writes beside its report. */
  readonly others: readonly string[];
}

/** `--manifest FILE`: where the manifest goes, and once all is typed, what it is to say of that. */
export class ManifestAsked {
  readonly file: string;
  typed: RunTyped | null = null;

  private constructor(file: string) {
    this.file = file;
  }

  /** The value of the option. E118 where it is given twice. */
  static parse(file: string, before: ManifestAsked | undefined): ManifestAsked {
    if (before) throw new ClvError('E118', { option: '--manifest' });
    return new ManifestAsked(file);
  }

  toString(): string {
    return this.file;
  }
}
