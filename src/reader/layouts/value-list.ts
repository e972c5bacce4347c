/**
 * A list of values as a layout or an option writes it: whole texts without case, `*` for any text, `?` for one character, and
 * `\*` and `\?` for these marks themselves.
 */
export class ValueList {
  readonly #exact = new Set<string>();
  readonly #patterns: RegExp[] = [];
  /** The values as they were written. */
  readonly written: readonly string[];

  constructor(values: readonly string[]) {
    this.written = values;
    for (const value of values) {
      if (/(?<!\\)[*?]/.test(value)) this.#patterns.push(pattern(value));
      else this.#exact.add(folded(value.replace(ESCAPED, '$1')));
    }
  }

  has(text: string): boolean {
    const value = folded(text);
    return this.#exact.has(value) || this.#patterns.some((one) => one.test(value));
  }
}

const ESCAPED = /\\([*?])/g;

/** A text that stands for itself in a list of values, whatever marks it holds. */
export function literally(text: string): string {
  return text.replace(/[*?]/g, '\\$&');
}

/** Values as an option takes them: texts with a mark in them stand in quotes, where all marks stand for themselves. */
export function listed(values: readonly string[]): string {
  return values.map((value) => (/[,"*?]/.test(value) ? `"${value.replaceAll('"', '""')}"` : value)).join(',');
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}

/** A lone `*` is any text that is not blank. */
function pattern(value: string): RegExp {
  const source = (folded(value).match(/\\[*?]|./gsu) ?? []).map((mark) => {
    if (mark === '*') return '[^]*';
    if (mark.length > 1 && /[*?]$/.test(mark)) return mark;
    return mark === '?' ? '[^]' : mark.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(`^(?=[^])${source.join('')}$`, 'u');
}
