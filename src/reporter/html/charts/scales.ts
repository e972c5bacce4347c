import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { isoOf, parseIsoDay } from '../../../base/calendar.ts';
import type { Cell, Kind } from '../../../data/report.ts';
import { type Markup, tag } from '../markup.ts';

/** Width of every drawing, in its own units; the page makes it as wide as there is room. */
export const WIDTH = 720;
/** Width of a character of a label, about. */
const CHARACTER = 7.6;

export function widthOf(text: string): number {
  return text.length * CHARACTER;
}

/** A number to draw; an unknown one has no place. Days are counted. */
export function numberOf(kind: Kind, cell: Cell): number | null {
  if (cell === null) return null;
  const value = kind === 'date' ? parseIsoDay(cell) : Number(cell);
  return value === null || !Number.isFinite(value) ? null : value;
}

/** A scale that shows all of some values, from a range of places; with zero where bars begin there. */
export function scaleOf(
  values: readonly number[],
  range: readonly [number, number],
  zero: boolean,
): ScaleLinear<number, number> {
  const [low, high] = [Math.min(...values, ...(zero ? [0] : [])), Math.max(...values, ...(zero ? [0] : []))];
  // One value alone has a scale around it.
  const domain = low === high ? [low - (zero && low >= 0 ? 0 : 1), high + 1] : [low, high];
  return scaleLinear(domain, range).nice(5);
}

/** A number beside a tick: shares in percent, large ones in thousands or millions, days as dates. */
export function tickText(kind: Kind, value: number): string {
  if (kind === 'date') return isoOf(Math.round(value));
  if (kind === 'share') return `${round(100 * value)}%`;
  const size = Math.abs(value);
  if (size >= 1e9) return `${round(value / 1e9)} bn`;
  if (size >= 1e6) return `${round(value / 1e6)} m`;
  if (size >= 1e4) return `${round(value / 1e3)} k`;
  return round(value);
}

function round(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** The longest text of a drawing's labels that fits so many units, with all of it to be read by pointing at it. */
export function label(text: string, room: number, attributes: Readonly<Record<string, string | number>>): Markup {
  const most = Math.max(3, Math.floor(room / CHARACTER));
  const characters = [...text];
  if (characters.length <= most) return tag('text', attributes, text);
  return tag('text', attributes, `${characters.slice(0, most - 1).join('')}…`, tag('title', {}, text));
}
