import { Chalk } from 'chalk';
import stringWidth from 'string-width';
import { ClvError, type Place } from '../../base/errors.ts';
import { filled } from '../../base/message-text.ts';
import { MESSAGES, type Message } from '../../base/messages.ts';
import { visible } from '../../base/visible.ts';
import { FaultsError, type RejectsSummary } from '../../reader/rows/rejects.ts';
import { lines, remedyLines, type TextOptions } from './messages.ts';

/**
 * `clv: error[E201] data.csv:1042:14: amount "oops" is not a number`, the line with a caret, the remedy. Several lines,
 * each ended by a line break. Data in it is made visible; a value that the error lacks leaves its `{name}`.
 */
export function renderError(error: ClvError, options: TextOptions): string {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const message: Message = MESSAGES[error.code];
  const head = `${paint.red.bold(`clv: error[${error.code}]`)} ${placeText(error.place)}${filled(message.text, error.values)}`;
  const excerpt = excerptLines(error.place).map((line) => `  ${line}`);
  const others = error instanceof FaultsError ? error.others.map((other) => renderError(other, options)) : [];
  return lines(head, ...excerpt, ...remedyLines(message, error.values)) + others.join('');
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

function placeText(place: Place | undefined): string {
  if (!place) return '';
  const parts = [visible(place.file), place.line, place.line === undefined ? undefined : place.column];
  return `${parts.filter((part) => part !== undefined).join(':')}: `;
}

/** Columns of the excerpt, and how much of it stands before the caret where it has to be trimmed. */
const WINDOW = 76;
const BEFORE = 40;

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The line of a place and a caret under its column; nothing where there is no line. */
function excerptLines(place: Place | undefined): string[] {
  if (place?.excerpt === undefined || place.column === undefined) return [];
  const { pieces, target, cutAtStart, cutAtEnd } = around(place.excerpt, place.column);

  const from = startOf(pieces, target);
  const to = endOf(pieces, from);
  const start = cutAtStart || from > 0 ? '…' : '';
  const end = cutAtEnd || to < pieces.length ? '…' : '';
  const caret = stringWidth(start + pieces.slice(from, target).join(''));
  return [start + pieces.slice(from, to).join('') + end, `${' '.repeat(caret)}^`];
}

/** Visible characters, with their marks, on both sides of the column; no more than can be shown of a line of megabytes. */
function around(line: string, column: number) {
  const offset = offsetOf(line, column);
  const from = Math.max(0, offset - WINDOW * 2);
  const to = offset + WINDOW * 2;
  const segments = [...graphemes.segment(line.slice(from, to))];
  const target = segments.findIndex(({ segment, index }) => from + index + segment.length > offset);
  return {
    pieces: segments.map(({ segment }) => visible(segment)),
    target: target < 0 ? segments.length : target,
    cutAtStart: from > 0,
    cutAtEnd: to < line.length,
  };
}

/** Places count characters, strings count UTF-16 units. */
function offsetOf(line: string, column: number): number {
  let offset = 0;
  for (let passed = 1; passed < column && offset < line.length; passed++) {
    offset += line.codePointAt(offset)! > 0xffff ? 2 : 1;
  }
  return offset;
}

/** The first piece to show: the first of all where they fit, else some before the caret. */
function startOf(pieces: readonly string[], target: number): number {
  if (stringWidth(pieces.join('')) <= WINDOW) return 0;
  let from = target;
  for (let used = 0; from > 0; from--) {
    used += stringWidth(pieces[from - 1]!);
    if (used > BEFORE) break;
  }
  return from;
}

/** Behind the last piece that fits. */
function endOf(pieces: readonly string[], from: number): number {
  let to = from;
  for (let used = 0; to < pieces.length; to++) {
    used += stringWidth(pieces[to]!);
    if (used > WINDOW) break;
  }
  return to;
}
