import { scaleBand } from 'd3-scale';
import { line } from 'd3-shape';
import { type Markup, tag } from '../markup.ts';
import type { Drawn } from './drawn.ts';
import { alongTicks, type Drawing, LEGEND, legend, roomOf, upTicks, within } from './frame.ts';
import { label, NAMES, numberOf, scaleOf, shortened, tickText, WIDTH, widthOf } from './scales.ts';

/** Drawings with a scale that runs upwards. */

const HEIGHT = 320;
const BOTTOM = HEIGHT - 44;

/** A scale from zero up, or down, to all that is drawn. */
function upwards({ values }: Drawn) {
  const numbers = values.flatMap(({ kind, cells }) =>
    cells.map((cell) => numberOf(kind, cell)).filter((n) => n !== null),
  );
  const top = LEGEND + (values.length > 1 ? 24 : 0);
  return { y: scaleOf(numbers, [BOTTOM, top], true), kind: values[0]!.kind };
}

/** Bars that stand, in the order of the rows: bins, tenths, counts. */
export function columns(drawn: Drawn): Drawing {
  const { along, values, title } = drawn;
  const { y, kind } = upwards(drawn);
  const left = roomOf(y, kind);
  const x = scaleBand(
    along.texts.map((_, i) => i),
    [left, WIDTH - 8],
  ).padding(0.15);
  const inner = scaleBand(
    values.map((_, i) => i),
    [0, x.bandwidth()],
  );
  const nameAt = namesAlong(along.texts, x.step(), (row) => x(row)! + x.bandwidth() / 2, BOTTOM);
  const rows = along.texts.flatMap((name, row) => [
    ...values.flatMap(({ kind, cells, texts }, i) => {
      const value = numberOf(kind, cells[row]!);
      if (value === null) return [];
      const [a, b] = [y(Math.max(0, value)), y(Math.min(0, value))];
      return [
        tag(
          'rect',
          { class: `f${i % 4}`, x: x(row)! + inner(i)!, y: a, width: inner.bandwidth(), height: Math.max(1, b - a) },
          tag('title', {}, `${name}: ${texts[row]!}`),
        ),
      ];
    }),
    ...nameAt(row),
  ]);
  return {
    parts: [
      ...legend(values.map(({ heading }) => heading)),
      ...upTicks(y, kind, left, title),
      ...rows,
      tag('line', { class: 'axis', x1: left, x2: WIDTH - 8, y1: y(0), y2: y(0) }),
      tag('text', { class: 'dim', x: (left + WIDTH) / 2, y: BOTTOM + 34, 'text-anchor': 'middle' }, along.heading),
    ],
    height: HEIGHT,
  };
}

/** What writes the name of a place below a plot, where there is room for it beside its neighbours. @param middle of a place */
function namesAlong(
  names: readonly string[],
  step: number,
  middle: (place: number) => number,
  bottom: number,
): (place: number) => readonly Markup[] {
  const every = Math.ceil(Math.max(...names.map((text) => widthOf(text) + 6)) / step);
  return (place) => {
    if (place % every !== 0) return [];
    const [name, room] = [names[place]!, Math.min(step * every, WIDTH)];
    const at = within(middle(place), shortened(name, room));
    return [label(name, room, { class: 'dim', x: at, y: bottom + 16, 'text-anchor': 'middle' })];
  };
}

/** What a field says, as it is or shortened; nothing where there is no room. */
function fieldText(...[whole, short, room]: readonly [string, string, number]): readonly string[] {
  return [whole, short].filter((text) => (widthOf(text) * 12) / 13 <= room).slice(0, 1);
}

/** A line a series over numbers or days. */
export function lines(drawn: Drawn): Drawing {
  const { along, values, title } = drawn;
  const { y, kind } = upwards(drawn);
  const left = roomOf(y, kind);
  const places = along.cells.map((cell) => numberOf(along.kind, cell));
  const known = places.filter((place) => place !== null);
  const x = scaleOf(known, [left, WIDTH - 24], false);
  if (along.kind === 'share') x.domain([0, 1]);
  if (along.kind === 'date') x.domain([Math.min(...known), Math.max(...known)]);
  const paths = values.flatMap(({ kind, cells }, i) => {
    const points = cells.flatMap((cell, row): [number, number][] => {
      const [at, value] = [places[row]!, numberOf(kind, cell)];
      return at === null || value === null ? [] : [[x(at), y(value)]];
    });
    const path = line().digits(2)(points);
    const dots =
      points.length > 40 ? [] : points.map(([cx, cy]) => tag('circle', { class: `f${i % 4}`, cx, cy, r: 3 }));
    return path === null ? [] : [tag('path', { class: `l${i % 4}`, d: path }), ...dots];
  });
  return {
    parts: [
      ...legend(values.map(({ heading }) => heading)),
      ...upTicks(y, kind, left, title),
      ...alongTicks(x, along.kind, [y.range()[1]!, BOTTOM], along.heading, known),
      ...paths,
    ],
    height: HEIGHT,
  };
}

/** A field for each pair of places, the darker the more. */
export function heat({ along, values, title }: Drawn): Drawing {
  const [up, value] = values as [Drawn['values'][number], Drawn['values'][number]];
  const rows = [...new Set(up.texts)];
  const across = [...new Set(along.texts)];
  const left = 20 + Math.min(NAMES, Math.max(...rows.map(widthOf), widthOf(up.heading) / 2));
  const size = 26;
  const top = LEGEND;
  const x = scaleBand(across, [left, WIDTH - 8]).padding(0.04);
  const y = scaleBand(rows, [top, top + rows.length * size]).padding(0.06);
  const numbers = value.cells.map((cell) => numberOf(value.kind, cell));
  const [low, high] = [0, Math.max(...numbers.map((n) => n ?? 0), Number.MIN_VALUE)];
  const fields = numbers.flatMap((number, row) => {
    if (number === null) return [];
    const [cx, cy] = [x(along.texts[row]!)!, y(up.texts[row]!)!];
    const opacity = 0.06 + (0.5 * Math.max(0, number - low)) / (high - low);
    return [
      tag('rect', { class: 'f0', x: cx, y: cy, width: x.bandwidth(), height: y.bandwidth(), 'fill-opacity': opacity }),
      ...fieldText(value.texts[row]!, tickText(value.kind, number), x.bandwidth()).map((text) =>
        tag(
          'text',
          { class: 'field', x: cx + x.bandwidth() / 2, y: cy + y.bandwidth() / 2 + 4, 'text-anchor': 'middle' },
          text,
        ),
      ),
    ];
  });
  const bottom = top + rows.length * size;
  const nameAt = namesAlong(across, x.step(), (place) => x(across[place]!)! + x.bandwidth() / 2, bottom);
  return {
    parts: [
      tag('text', { class: 'dim', x: 0, y: 14 }, `${up.heading} (down); ${title}`),
      ...fields,
      ...rows.map((name) =>
        label(name, NAMES, { class: 'dim', x: left - 8, y: y(name)! + y.bandwidth() / 2 + 4, 'text-anchor': 'end' }),
      ),
      ...across.flatMap((_, place) => nameAt(place)),
      tag('text', { class: 'dim', x: (left + WIDTH) / 2, y: bottom + 34, 'text-anchor': 'middle' }, along.heading),
    ],
    height: bottom + 42,
  };
}
