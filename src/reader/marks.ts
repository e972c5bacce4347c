import { type Mark, readings } from './amounts.ts';

/**
 * Finds the decimal mark of a column by looking at its amounts. "12.50" can only be read with a point, "1.234,50" only with a
 * comma; "1.234" in two ways, unless an amount like "1234" shows that thousands are not grouped.
 */
export class MarkEvidence<Example> {
  readonly #count = { '.': 0, ',': 0 };
  readonly #ambiguous: { [mark in Mark]?: Example } = {};
  #ungrouped = false;

  /** Counts evidence for a mark from elsewhere, as from a file already proven plain. */
  shown(mark: Mark): void {
    this.#count[mark]++;
  }

  /** Looks at a trimmed text; `example` is asked for once, for the message. */
  see(text: string, example: () => Example): void {
    if (/^-?\d+$/.test(text)) {
      this.#ungrouped ||= text.replace('-', '').length > 3;
      return;
    }
    const { '.': point, ',': comma } = readings(text);
    if (point === null && comma === null) return;
    if (point === null) this.#count[',']++;
    else if (comma === null) this.#count['.']++;
    else if (point === comma) this.#ungrouped ||= /\d{4}/.test(text);
    else this.#ambiguous[text.includes('.') ? '.' : ','] ??= example();
  }

  /** True when looking further can change nothing. */
  get settled(): boolean {
    return this.#count['.'] > 0 || this.#count[','] > 0;
  }

  /** The mark, or an amount that can be read in two ways and nothing tells which. */
  get result(): { mark: Mark } | { ambiguous: Example } {
    const { '.': points, ',': commas } = this.#count;
    const { '.': asPoint, ',': asComma } = this.#ambiguous;
    const example = asPoint ?? asComma;
    if (points > 0 && commas > 0 && example !== undefined) return { ambiguous: example };
    if (points > 0 || commas > 0) return { mark: commas > points ? ',' : '.' };
    if (example === undefined) return { mark: '.' };
    if (!this.#ungrouped || (asPoint !== undefined && asComma !== undefined)) return { ambiguous: example };
    return { mark: asPoint !== undefined ? '.' : ',' };
  }
}
