import { Chalk } from 'chalk';
import { ClvError, type Place } from '../../base/errors.ts';
import { filled } from '../../base/message-text.ts';
import { MESSAGES, type Message } from '../../base/messages.ts';
import { visible } from '../../base/visible.ts';
import { FaultsError, type RejectsSummary } from '../../reader/rows/rejects.ts';
import { excerptLines } from './excerpt.ts';
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
