import stringWidth from 'string-width';

/** Text that takes a column a character, whoever measures. */
export function isAscii(text: string): boolean {
  return /^[\x20-\x7e]*$/.test(text);
}

/** Columns that visible text takes on a terminal. */
export function widthOf(text: string): number {
  return isAscii(text) ? text.length : stringWidth(text);
}

const graphemes = new Intl.Segmenter('en', { granularity: 'grapheme' });

/** The start of a text that fits the width, and the rest. Characters stay whole, with their marks. */
function split(text: string, width: number): [string, string] {
  if (widthOf(text) <= width) return [text, ''];
  let used = 0;
  for (const { segment, index } of graphemes.segment(text)) {
    used += widthOf(segment);
    if (used > width) return [text.slice(0, index), text.slice(index)];
  }
  return [text, ''];
}

/** The text, or as much of it as fits before an ellipsis. */
export function cut(text: string, width: number): string {
  return widthOf(text) <= width ? text : `${split(text, width - 1)[0]}…`;
}

/** The text with blanks up to the width: behind it, or before it when it stands right. */
export function pad(text: string, width: number, right = false): string {
  const blanks = ' '.repeat(Math.max(0, width - widthOf(text)));
  return right ? blanks + text : text + blanks;
}

/** Lines of at most `width` (at least 2): broken at blanks, and inside a word only where it is wider than a line. */
export function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && widthOf(line) + 1 + widthOf(word) <= width) {
      line += ` ${word}`;
      continue;
    }
    if (line !== '') lines.push(line);
    let [fits, rest] = split(word, width);
    while (rest !== '' && fits !== '') {
      lines.push(fits);
      [fits, rest] = split(rest, width);
    }
    line = fits + rest;
  }
  return [...lines, line];
}
