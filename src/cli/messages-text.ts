import { Chalk } from 'chalk';
import { ClvError, type Place, type Values, type Warning } from '../base/errors.ts';
import { MESSAGES, type Message, type MessageCode } from '../base/messages.ts';
import { visible } from '../base/visible.ts';
import type { RejectsSummary } from '../reader/rejects.ts';
import { excerptLines } from './excerpt.ts';

export interface TextOptions {
  readonly color: boolean;
}

/**
 * `clv: error[E201] data.csv:1042:14: amount "oops" is not a number`, the line with a caret, the remedy. Several lines,
 * each ended by a line break. Data in it is made visible; a value that the error lacks leaves its `{name}`.
 */
export function renderError(error: ClvError, options: TextOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const message: Message = MESSAGES[error.code];
  const head = `${paint.red.bold(`clv: error[${error.code}]`)} ${placeText(error.place)}${filled(message.text, error.values)}`;
  const excerpt = excerptLines(error.place).map((line) => `  ${line}`);
  return lines(head, ...excerpt, ...remedyLines(message, error.values));
}

/** The first few rejects of each code, each placed, and how many more there are of it. */
export function renderRejects({ samples, counts }: RejectsSummary, options: TextOptions): string {
  const groups = [...counts].map(([code, count]) => {
    const shown = samples.filter((reject) => reject.code === code);
    const more = count - shown.length;
    const texts = shown.map((reject) => renderError(new ClvError(code, reject.values, reject.place), options));
    return texts.join('') + (more > 0 ? `clv: … and ${more} more of ${code}\n` : '');
  });
  return groups.join('');
}

/** A warning in the layout of an error. */
export function renderWarning(warning: Warning, options: TextOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const message = (MESSAGES as Readonly<Record<string, Message>>)[warning.code];
  const head = `${paint.yellow.bold(`clv: warning[${warning.code}]`)} ${warningText(warning)}`;
  return lines(head, ...(message ? remedyLines(message, warning.values) : []));
}

/** What a warning says, for `warnings[].message`. */
export function warningText(warning: Warning): string {
  const message = (MESSAGES as Readonly<Record<string, Message>>)[warning.code];
  return message ? filled(message.text, warning.values) : visible(JSON.stringify(warning.values));
}

/** Warnings as a report lists them. */
export function told(warnings: readonly Warning[]): { readonly code: string; readonly message: string }[] {
  return warnings.map((warning) => ({ code: warning.code, message: warningText(warning) }));
}

/** What an error says, without place and remedy. */
export function messageText(code: MessageCode, values: Values): string {
  return filled(MESSAGES[code].text, values);
}

function lines(...parts: readonly string[]): string {
  return parts.map((line) => `${line}\n`).join('');
}

function remedyLines(message: Message, values: Values): string[] {
  return message.remedy === '' ? [] : [`  remedy: ${filled(message.remedy, values)}`];
}

function placeText(place: Place | undefined): string {
  if (!place) return '';
  const parts = [visible(place.file), place.line, place.line === undefined ? undefined : place.column];
  return `${parts.filter((part) => part !== undefined).join(':')}: `;
}

/** A field may be a mebibyte long; what matters of it stands at its start. */
const MAX_VALUE = 500;

function filled(text: string, values: Values): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => {
    const value = Object.hasOwn(values, name) ? values[name] : undefined;
    if (value === undefined) return whole;
    const word = name === 'detail' && Object.hasOwn(SYSTEM, value) ? SYSTEM[value]! : String(value);
    return visible(word.length > MAX_VALUE ? `${word.slice(0, MAX_VALUE)}…` : word);
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
