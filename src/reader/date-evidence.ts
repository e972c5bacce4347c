import { DATE_FORMATS, DateFormat, ISO } from './dates.ts';

const CANDIDATES = DATE_FORMATS.map((name) => DateFormat.of(name)!);
const ALL = 2 ** CANDIDATES.length - 1;

const KNOWN_LIMIT = 10_000;

/** Formats (a bit each) that read a text as a day, and those it only has the shape of. */
interface Formats {
  fits: number;
  shapes: number;
}

interface Seen<Example> {
  count: number;
  readonly example: Example;
}

/** Formats that fit some text equally well, and nothing decides between them. */
export interface Contested<Example> {
  readonly example: Example;
  readonly formats: readonly string[];
}

/** Finds the date format of a column: the one that fits every text that is a date at all. */
export class DateEvidence<Example> {
  /** By set of formats (a bit each) that fit a text. */
  readonly #seen = new Map<number, Seen<Example>>();
  /** Texts with the shape of a format, whose day does not exist. */
  readonly #impossible = new Map<number, number>();
  #all = ALL;
  /** Texts seen: the same few thousand dates come again and again. */
  readonly #known = new Map<string, Formats>();

  /** Looks at a trimmed text; `example` is asked for once for every set of formats. */
  see(text: string, example: () => Example): void {
    const { fits, shapes } = this.#formatsOf(text);
    if (fits === 0) {
      if (shapes !== 0) this.#impossible.set(shapes, (this.#impossible.get(shapes) ?? 0) + 1);
      return;
    }
    this.#all &= fits;
    const seen = this.#seen.get(fits);
    if (seen) seen.count++;
    else this.#seen.set(fits, { count: 1, example: example() });
  }

  #formatsOf(text: string): Formats {
    const known = this.#known.get(text);
    if (known) return known;
    const formats = { fits: 0, shapes: 0 };
    for (const [i, candidate] of CANDIDATES.entries()) {
      const day = candidate.read(text, null);
      if (day === 'E212') formats.shapes |= 1 << i;
      else if (day !== 'E211') formats.fits |= 1 << i;
    }
    if (this.#known.size < KNOWN_LIMIT) this.#known.set(text, formats);
    return formats;
  }

  /** True when one format fits all texts, or none does: looking further decides nothing. */
  get settled(): boolean {
    return this.#seen.size > 0 && (this.#all & (this.#all - 1)) === 0;
  }

  get result(): { format: string } | Contested<Example> {
    const counts = CANDIDATES.map((_, i) => this.#count(1 << i));
    const winner = counts.indexOf(Math.max(...counts));
    if (counts[winner] === 0) return { format: this.#likelyShape() };
    for (const [fits, { example }] of this.#seen) {
      const rivals = CANDIDATES.filter(
        (_, i) => fits & (1 << winner) && fits & (1 << i) && i !== winner && this.#rivals(winner, i),
      );
      if (rivals.length > 0) return { example, formats: [CANDIDATES[winner]!, ...rivals].map((format) => format.name) };
    }
    return { format: CANDIDATES[winner]!.name };
  }

  #count(bit: number): number {
    let count = 0;
    for (const [fits, seen] of this.#seen) if (fits & bit) count += seen.count;
    return count;
  }

  /** Another format is a rival unless texts speak for the winner and none for it alone. */
  #rivals(winner: number, other: number): boolean {
    const sets = [...this.#seen.keys()];
    const forOther = sets.some((fits) => fits & (1 << other) && !(fits & (1 << winner)));
    const forWinner = sets.some((fits) => fits & (1 << winner) && !(fits & (1 << other)));
    return forOther || !forWinner;
  }

  #likelyShape(): string {
    const [shapes] = [...this.#impossible].reduce((best, next) => (next[1] > best[1] ? next : best), [0, 0]);
    return CANDIDATES.find((_, i) => shapes & (1 << i))?.name ?? ISO;
  }
}
