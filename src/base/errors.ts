import type { MessageCode } from './messages.ts';

/** Where in a file something was found: line and column count from 1; column counts characters of the text. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The text of the line, for an excerpt with a caret. */
  readonly excerpt?: string;
}

/** What the prose of a message may mention. */
export type Values = Readonly<Record<string, string | number>>;

/** The only error the rooms raise on purpose. Its code names a message in messages.ts; nothing here is prose. */
export class ClvError extends Error {
  readonly code: MessageCode;
  readonly values: Values;
  readonly place: Place | undefined;

  constructor(code: MessageCode, values: Values = {}, place?: Place) {
    super(`${code} ${JSON.stringify(values)}`);
    this.name = 'ClvError';
    this.code = code;
    this.values = values;
    this.place = place;
  }
}

/** A finding that does not stop the run: printed on stderr and listed in `warnings`. */
export interface Warning {
  readonly code: string;
  readonly values: Values;
}
