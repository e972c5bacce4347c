import type { ScaleLinear } from 'd3-scale';
import type { Kind } from '../../../data/report.ts';
import { type Markup, tag } from '../markup.ts';
import { tickTexts, WIDTH, widthOf } from './scales.ts';

/** What a drawing is made of: elements, and the height that they take. */
export interface Drawing {
  readonly parts: readonly Markup[];
  readonly height: number;
}

/** Room above a plot for the names of its series. */
export const LEGEND = 28;

/** The names of the series, each beside its colour; one alone is named by the axis. */
export function legend(names: readonly string[]): Markup[] {
  if (names.length < 2) return [];
  let x = 0;
  return names.flatMap((name, i) => {
    const at = x;
    x += widthOf(name) + 40;
    return [
      tag('rect', { x: at, y: 4, width: 14, height: 10, class: `f${i % 4}` }),
      tag('text', { x: at + 20, y: 14 }, name),
    ];
  });
}

/**
 * Vertical lines at the ticks of a scale that runs to the right, with their numbers below.
 * @param days what is drawn stands at these, where the scale is one of days: so do the ticks
 */
export function alongTicks(
  scale: ScaleLinear<number, number>,
  kind: Kind,
  [top, bottom]: readonly [number, number],
  title: string,
  days: readonly number[] = [],
): Markup[] {
  const [left, right] = scale.range() as [number, number];
  const most = Math.max(2, Math.floor((right - left) / 100));
  const ticks = kind === 'date' ? someOf(days, most) : fewTicks(scale, kind, most);
  const texts = tickTexts(kind, ticks);
  return [
    ...ticks.flatMap((tick, i) => [
      tag('line', { class: 'grid', x1: scale(tick), x2: scale(tick), y1: top, y2: bottom }),
      tag(
        'text',
        { class: 'dim', x: within(scale(tick), texts[i]!), y: bottom + 16, 'text-anchor': 'middle' },
        texts[i]!,
      ),
    ]),
    tag('text', { class: 'dim', x: (left + right) / 2, y: bottom + 34, 'text-anchor': 'middle' }, title),
  ];
}

/** Horizontal lines at the ticks of a scale that runs upwards, with their numbers at the left and what they count above. */
export function upTicks(scale: ScaleLinear<number, number>, kind: Kind, left: number, title: string): Markup[] {
  const [, top] = scale.range() as [number, number];
  const ticks = fewTicks(scale, kind, 5);
  const texts = tickTexts(kind, ticks);
  return [
    ...ticks.flatMap((tick, i) => [
      tag('line', { class: 'grid', x1: left, x2: WIDTH - 8, y1: scale(tick), y2: scale(tick) }),
      tag('text', { class: 'dim', x: left - 6, y: scale(tick) + 4, 'text-anchor': 'end' }, texts[i]!),
    ]),
    tag('text', { class: 'dim', x: 0, y: top - 10 }, title),
  ];
}

/** The middle of a text as near to a place as the drawing has room for. */
export function within(place: number, text: string): number {
  const half = widthOf(text) / 2;
  return Math.max(half, Math.min(place, WIDTH - half));
}

/** At most so many of some days, evenly, the last of them among these. */
function someOf(days: readonly number[], most: number): readonly number[] {
  const all = [...new Set(days)].sort((a, b) => a - b);
  const every = Math.ceil(all.length / most);
  return all.filter((_, i) => (all.length - 1 - i) % every === 0);
}

/** Whole numbers have no ticks between them. */
function fewTicks(scale: ScaleLinear<number, number>, kind: Kind, count: number): readonly number[] {
  const ticks = scale.ticks(count);
  return kind === 'integer' ? ticks.filter(Number.isInteger) : ticks;
}

/** Room at the left for the numbers of a scale that runs upwards. */
export function roomOf(scale: ScaleLinear<number, number>, kind: Kind): number {
  return 14 + Math.max(...tickTexts(kind, fewTicks(scale, kind, 5)).map(widthOf));
}
