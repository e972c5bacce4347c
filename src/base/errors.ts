import type { Choice } from './choices.ts';
import type { ErrorCode, MESSAGES, MessageCode, WarningCode } from './messages.ts';

/** A place in a file where something was found: line and column count from 1; column counts characters of the text. */
export interface Place {
  readonly file: string;
  readonly line?: number;
  readonly column?: number;
  /** The text of the line, for an excerpt with a caret. */
  readonly excerpt?: string;
}

/** What the prose of a message may mention: choices are told as what is typed for them, one or another. */
export type Value = string | number | readonly Choice[];
export type Values = Readonly<Record<string, Value>>;

/** The names in the braces of a text: `{count}` and `{count|customer|customers}` are both `count`. */
export type Fields<T extends string> = T extends `${string}{${infer F}}${infer Rest}`
  ? (F extends `${infer Name}|${string}` ? Name : F) | Fields<Rest>
  : never;

type FieldsOf<C extends MessageCode> = Fields<(typeof MESSAGES)[C]['text' | 'remedy']>;

/** The values that a message mentions; where the code is one of several, those of all of them. */
export type ValuesOf<C extends MessageCode> = Readonly<Record<FieldsOf<C>, Value>>;

/** The values of an error of one code; those of any are only known to be words and numbers. */
type Held<C extends ErrorCode> = ErrorCode extends C ? Values : ValuesOf<C>;

/** What follows the code of an error: the values of its message, if it has any, and the place. */
type Rest<C extends ErrorCode> = ErrorCode extends C
  ? [values: Values, place?: Place | undefined]
  : keyof ValuesOf<C> extends never
    ? [values?: Readonly<Record<string, never>>, place?: Place | undefined]
    : [values: ValuesOf<C>, place?: Place | undefined];

class CodedError<C extends ErrorCode = ErrorCode> extends Error {
  readonly code: C;
  readonly values: Held<C>;
  readonly place: Place | undefined;

  constructor(code: C, ...[values, place]: Rest<C>) {
    super(`${code} ${JSON.stringify(values ?? {})}`);
    this.name = 'ClvError';
    this.code = code;
    this.values = (values ?? {}) as Held<C>;
    this.place = place;
  }
}

/**
 * The only error the rooms raise on purpose. Its code names a message in messages.ts, and its values are those that the message
 * mentions, no fewer; nothing here is prose.
 */
export type ClvError<C extends ErrorCode = ErrorCode> = CodedError<C>;
/** The class, of which `instanceof` tells no more than that the code is one of all: of a generic class it would tell `any`. */
export const ClvError = CodedError as {
  new <C extends ErrorCode>(code: C, ...rest: Rest<C>): CodedError<C>;
  readonly prototype: CodedError;
};

/** A finding that does not stop the run: printed on stderr and listed in `warnings`. */
export type Warning = {
  [C in WarningCode]: { readonly code: C; readonly values: ValuesOf<C> };
}[WarningCode];
