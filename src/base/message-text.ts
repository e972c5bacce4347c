import { choiceText } from './choices.ts';
import type { Fields, Value, Values, Warning } from './errors.ts';
import { MESSAGES, type MessageCode, VARIANTS } from './messages.ts';
import { plural } from './plural.ts';
import { visible } from './visible.ts';

/** What a warning says, for `warnings[].message`. */
export function warningText(warning: Warning): string {
  return messageText(warning.code, warning.values);
}

/** Warnings as a report lists them. */
export function warningsBlock(warnings: readonly Warning[]): { readonly code: string; readonly message: string }[] {
  return warnings.map((warning) => ({ code: warning.code, message: warningText(warning) }));
}

/** What an error or a warning says, without place and remedy. */
export function messageText(code: MessageCode, values: Values): string {
  return filled(MESSAGES[code].text, values);
}

type Variants = typeof VARIANTS;
/** What may be wrong where one code tells of many things. */
export type Variant<C extends keyof Variants> = keyof Variants[C] & string;
type WordsOf<V> = V[keyof V] & string;
/** The values that the words of a variant mention; nothing where they mention none. */
export type VariantValues<C extends keyof Variants, V extends Variant<C>> =
  Fields<WordsOf<Variants[C][V]>> extends never
    ? []
    : [values: Readonly<Record<Fields<WordsOf<Variants[C][V]>>, Value>>];

/** The words of a variant, as values of its message, which makes them visible. */
export function variant<C extends keyof Variants, V extends Variant<C>>(
  code: C,
  name: V,
  ...given: VariantValues<C, V>
): Readonly<Record<keyof Variants[C][Variant<C>] & string, string>> {
  const [values = {}] = given as readonly [Values?];
  const words = Object.entries(VARIANTS[code][name] as Readonly<Record<string, string>>);
  return Object.fromEntries(words.map(([part, text]) => [part, written(text, values, (value) => value)])) as ReturnType<
    typeof variant<C, V>
  >;
}

/** A text without its values, for people: `{records}`, and of the words that go with a count the one of many. */
export function withoutCounts(text: string): string {
  return text.replace(FIELD, (whole, _: string, __: string | undefined, many: string | undefined) => many ?? whole);
}

/** What a message says in each of its variants; nothing where it has none. */
export function variantsOf(code: MessageCode): readonly { readonly text: string; readonly remedy: string }[] {
  const { text, remedy } = MESSAGES[code];
  const variants: Partial<Record<MessageCode, Readonly<Record<string, Values>>>> = VARIANTS;
  return Object.values(variants[code] ?? {}).map((words) => ({
    text: withoutCounts(written(text, words, (value) => value)),
    remedy: withoutCounts(written(remedy, words, (value) => value)),
  }));
}

/** A field may be a mebibyte long; what matters of it stands at its start. */
const MAX_VALUE = 500;
/** What is to be pasted is of use as a whole only. */
const WHOLE = new Set(['query']);

/** `{name}` is the value of that name, `{name|word|words}` the word that goes with it as a count. */
const FIELD = /\{(\w+)(?:\|([^|{}]*)\|([^|{}]*))?\}/g;

/** A text with its values as a person reads them: system errors named, long ones cut, what is not seen made visible. */
export function filled(text: string, values: Values): string {
  return written(text, values, (value, name) => {
    const word = name === 'detail' && Object.hasOwn(SYSTEM, value) ? SYSTEM[value]! : value;
    return visible(word.length > MAX_VALUE && !WHOLE.has(name) ? `${word.slice(0, MAX_VALUE)}…` : word);
  });
}

function written(text: string, values: Values, shown: (value: string, name: string) => string): string {
  return text.replace(FIELD, (whole, name: string, one: string | undefined, many: string | undefined) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    const word = typeof value === 'object' ? value.map(choiceText).join(' or ') : String(value);
    return one !== undefined && many !== undefined ? plural(word, one, many) : shown(word, name);
  });
}

/** The system's error names, as the `detail` of a message. */
const SYSTEM: Readonly<Record<string, string>> = {
  EACCES: 'permission denied',
  EDQUOT: 'the disk quota is used up',
  EEXIST: 'it exists already',
  EFBIG: 'the file is too large for this file system',
  EIO: 'the device reports an error',
  EISDIR: 'it is a folder',
  ELOOP: 'its links lead in a circle',
  EMFILE: 'too many files are open',
  ENAMETOOLONG: 'the name is too long',
  ENOENT: 'the folder does not exist',
  ENOSPC: 'no space is left on the device',
  ENOTDIR: 'a part of the path is not a folder',
  EPERM: 'not permitted',
  EROFS: 'the file system is read-only',
};
