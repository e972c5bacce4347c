/** A list of values as a layout or an option writes it: whole texts without case, `*` for any text, `?` for one character. */
export class ValueList {
  readonly #exact = new Set<string>();
  readonly #patterns: RegExp[] = [];
  /** As they were written. */
  readonly written: readonly string[];

  constructor(values: readonly string[]) {
    this.written = values;
    for (const value of values) {
      if (/[*?]/.test(value)) this.#patterns.push(pattern(value));
      else this.#exact.add(folded(value));
    }
  }

  has(text: string): boolean {
    const value = folded(text);
    return this.#exact.has(value) || this.#patterns.some((one) => one.test(value));
  }
}

function folded(text: string): string {
  return text.trim().toLowerCase();
}

/** A lone `*` is any text that is not blank. */
function pattern(value: string): RegExp {
  const source = [...folded(value)].map((mark) => {
    if (mark === '*') return '[^]*';
    return mark === '?' ? '[^]' : mark.replace(/[\\^$.*+?()[\]{}|/]/g, '\\$&');
  });
  return new RegExp(`^(?=[^])${source.join('')}$`, 'u');
}
