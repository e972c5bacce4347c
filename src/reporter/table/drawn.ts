/** Drawings made of characters: bars in half cells, lines of marks in eighths of a line. */

/** From where to where a bar goes. */
export interface Span {
  readonly from: number;
  readonly to: number;
}

/** Bars of some spans on one scale with zero, each so many characters wide; null has no place. */
export function barTexts(spans: readonly (Span | null)[], width: number): readonly string[] {
  const ends = spans.flatMap((span) => (span === null ? [] : [span.from, span.to]));
  const [low, high] = [Math.min(0, ...ends), Math.max(0, ...ends)];
  if (high === low) return spans.map(() => '');
  const halves = (value: number): number => Math.round((2 * width * (value - low)) / (high - low));
  return spans.map((span) => {
    if (span === null || span.from === span.to) return '';
    const [a, b] = [halves(Math.min(span.from, span.to)), halves(Math.max(span.from, span.to))];
    // Whatever is not nothing is seen, on its side.
    const before = span.to < span.from ? a > 0 : a === 2 * width;
    const [start, end] = a < b ? [a, b] : before ? [a - 1, a] : [a, a + 1];
    let text = '';
    for (let cell = 0; 2 * cell < end; cell++)
      text += HALVES[Number(start <= 2 * cell) + 2 * Number(start <= 2 * cell + 1 && 2 * cell + 1 < end)]!;
    return text;
  });
}

/** Nothing, the left half, the right half, both. */
const HALVES = [' ', '▌', '▐', '█'] as const;

const EIGHTHS = '▁▂▃▄▅▆▇█';

/** Marks that are the higher the more; between the least and the most, or from zero. Unknown values leave a gap. */
export function sparkline(values: readonly (number | null)[], width: number, fromZero: boolean): string {
  const points = resampled(values, width);
  const known = points.filter((value) => value !== null);
  const [low, high] = [Math.min(...known, ...(fromZero ? [0] : [])), Math.max(...known, ...(fromZero ? [0] : []))];
  return points
    .map((value) => {
      if (value === null) return ' ';
      return EIGHTHS[high === low ? 0 : Math.round(((EIGHTHS.length - 1) * (value - low)) / (high - low))]!;
    })
    .join('');
}

/** At most so many points: means of what falls together. */
function resampled(values: readonly (number | null)[], width: number): (number | null)[] {
  if (values.length <= width) return [...values];
  return Array.from({ length: width }, (_, i) => {
    const part = values.slice(Math.floor((i * values.length) / width), Math.floor(((i + 1) * values.length) / width));
    const known = part.filter((value) => value !== null);
    return known.length === 0 ? null : known.reduce((sum, value) => sum + value, 0) / known.length;
  });
}
