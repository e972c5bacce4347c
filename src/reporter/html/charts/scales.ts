import { type ScaleLinear, scaleLinear } from 'd3-scale';
import { isoOf, parseIsoDay } from '../../../base/calendar.ts';
import { grouped } from '../../../base/money.ts';
import type { Cell, Kind } from '../../../data/report.ts';
import { type Markup, tag } from '../markup.ts';

/** Width of every drawing, in its own units; the page makes it as wide as there is room. */
export const WIDTH = 720;
/** Room for the names of rows, at most. */
export const NAMES = 230;
/** Width of a character of a label, about. */
const CHARACTER = 7.9;

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

/** Numbers beside ticks: shares in percent, large ones in thousands or millions, alike on one scale, days as dates. */
export function tickTexts(kind: Kind, values: readonly number[]): readonly string[] {
  if (kind === 'date') return values.map((value) => isoOf(Math.round(value)));
  if (kind === 'share') return values.map((value) => `${round(100 * value)}%`);
  const size = Math.max(...values.map(Math.abs));
  const [unit, mark] = UNITS.find(([, , least]) => size >= least) ?? [1, ''];
  return values.map((value) => (value === 0 ? '0' : `${grouped(round(value / unit))}${mark}`));
}

const UNITS: readonly (readonly [unit: number, mark: string, least: number])[] = [
  [1e9, ' bn', 1e9],
  [1e6, ' m', 1e6],
  [1e3, ' k', 1e4],
];

export function tickText(kind: Kind, value: number): string {
  return tickTexts(kind, [value])[0]!;
}

function round(value: number): string {
  return String(Number(value.toPrecision(6)));
}

/** The longest text of a drawing's labels that fits so many units, with all of it to be read by pointing at it. */
export function label(text: string, room: number, attributes: Readonly<Record<string, string | number>>): Markup {
  const short = shortened(text, room);
  return short === text ? tag('text', attributes, text) : tag('text', attributes, short, tag('title', {}, text));
}

/** A text as far as it fits so many units. */
export function shortened(text: string, room: number): string {
  const most = Math.max(3, Math.floor(room / CHARACTER));
  const characters = [...text];
  return characters.length <= most ? text : `${characters.slice(0, most - 1).join('')}…`;
}
