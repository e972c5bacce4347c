import { scaleBand } from 'd3-scale';
import { type Markup, tag } from '../markup.ts';
import type { Drawn, DrawnColumn } from './drawn.ts';
import { alongTicks, type Drawing, LEGEND, legend } from './frame.ts';
import { label, NAMES, numberOf, scaleOf, tickText, WIDTH, widthOf } from './scales.ts';

/** Bars that lie, a row each below the other: names may be long, and values stand at their ends. */

/** A bar: from, to, its colour, what stands at its end. */
interface Bar {
  readonly from: number;
  readonly to: number;
  readonly look: string;
  readonly text: string;
}

interface Row {
  readonly name: string;
  readonly bars: readonly Bar[];
}

const BAR = 16;

/** Rows of bars over one scale. @param stacked whether the bars of a row share one line */
function rowsOfBars(
  rows: readonly Row[],
  { values, title }: Drawn,
  names: readonly string[],
  stacked = false,
): Drawing {
  const kind = values[0]!.kind;
  const lines = stacked ? 1 : Math.max(1, ...rows.map(({ bars }) => bars.length));
  const top = names.length > 1 ? LEGEND : 6;
  const bottom = top + rows.length * (lines * BAR + 12);
  const left = Math.min(NAMES, 14 + Math.max(0, ...rows.map(({ name }) => widthOf(name))));
  const ends = rows.flatMap(({ bars }) => bars.flatMap(({ from, to }) => [from, to]));
  const room = 10 + Math.max(0, ...rows.flatMap(({ bars }) => bars.map(({ text }) => widthOf(text))));
  const before = ends.some((end) => end < 0) && stacked ? room : 0;
  const x = scaleOf(ends, [left + before, WIDTH - room], true);
  const y = scaleBand(
    rows.map((_, i) => i),
    [top, bottom],
  ).padding(0.2);
  const drawn = rows.flatMap(({ name, bars }, i): Markup[] => [
    label(name, left - 12, { x: left - 8, y: y(i)! + y.bandwidth() / 2 + 5, 'text-anchor': 'end' }),
    ...bars.flatMap((bar, line) => {
      // On one line they are told apart by their sides.
      const together = stacked && new Set(bars.map(({ from, to }) => to < from)).size === bars.length;
      const height = y.bandwidth() / (together ? 1 : bars.length);
      const at = y(i)! + (together ? 0 : line * height);
      const [a, b] = [x(Math.min(bar.from, bar.to)), x(Math.max(bar.from, bar.to))];
      const behind = stacked && bar.to < bar.from;
      return [
        tag('rect', { class: bar.look, x: a, y: at + 1, width: Math.max(1, b - a), height: Math.max(2, height - 2) }),
        tag(
          'text',
          { class: 'dim', x: behind ? a - 4 : b + 4, y: at + height / 2 + 4, 'text-anchor': behind ? 'end' : 'start' },
          bar.text,
        ),
      ];
    }),
  ]);
  const zero = tag('line', { class: 'axis', x1: x(0), x2: x(0), y1: top, y2: bottom });
  const axis = alongTicks(x, kind, [top, bottom], title);
  return { parts: [...legend(names), ...axis, ...drawn, zero], height: bottom + 42 };
}

/** A row with a bar a series, from zero. */
function rowOf({ along, values }: Drawn, row: number): Row {
  return {
    name: along.texts[row]!,
    bars: values.map(({ kind, cells, texts }, i) => ({
      from: 0,
      to: numberOf(kind, cells[row]!) ?? 0,
      look: `f${i % 4}`,
      text: texts[row]!,
    })),
  };
}

/** Rows that are drawn; the table has all. */
const MOST = 15;

/** A bar a series in each row; of many those largest in the first series, and the others together where they add up. */
export function bars(given: Drawn): Drawing {
  const count = given.along.texts.length;
  const shown = count > MOST ? MOST - 1 : count;
  const drawn = shown < count ? largestFirst(given) : given;
  const { values } = drawn;
  const rows = Array.from({ length: shown }, (_, row) => rowOf(drawn, row));
  const adds = values.every(({ kind }) => kind === 'share' || kind === 'money' || kind === 'integer');
  if (shown < count && adds) rows.push(others(drawn, shown));
  return rowsOfBars(
    rows,
    drawn,
    values.map(({ heading }) => heading),
  );
}

/** The rows by the first series that is known; those that are alike stay in their order. */
function largestFirst({ along, values, title }: Drawn): Drawn {
  const { kind, cells } = values.find((column) => column.cells.some((cell) => cell !== null)) ?? values[0]!;
  const size = cells.map((cell) => numberOf(kind, cell) ?? Number.NEGATIVE_INFINITY);
  const order = [...size.keys()].sort((a, b) => (size[a] === size[b] ? a - b : size[b]! - size[a]!));
  const sorted = (column: DrawnColumn): DrawnColumn => ({
    ...column,
    cells: order.map((row) => column.cells[row]!),
    texts: order.map((row) => column.texts[row]!),
  });
  return { along: sorted(along), values: values.map(sorted), title };
}

/** A sum of more than so many of the largest row is told, not drawn: it would leave no room for the others. */
const TOO_LARGE = 3;

function others({ along, values }: Drawn, from: number): Row {
  const largest = Math.max(
    ...values.flatMap(({ kind, cells }) => cells.slice(0, from).map((cell) => Math.abs(numberOf(kind, cell) ?? 0))),
  );
  return {
    name: `${along.texts.length - from} others`,
    bars: values.map(({ kind, cells }, i) => {
      const known = cells
        .slice(from)
        .map((cell) => numberOf(kind, cell))
        .filter((value) => value !== null);
      const sum = known.reduce((all, value) => all + value, 0);
      const to = Math.abs(sum) > TOO_LARGE * largest ? 0 : sum;
      return { from: 0, to, look: `f${i % 4}`, text: known.length === 0 ? '–' : sumText(kind, sum) };
    }),
  };
}

/** A sum at the end of its bar. */
function sumText(kind: DrawnColumn['kind'], sum: number): string {
  return kind === 'share' ? `${(100 * sum).toFixed(1)}%` : tickText(kind, sum);
}

/** From the first row, whole, by what each adds or takes, to the last, whole. */
export function waterfall(drawn: Drawn): Drawing {
  const { along, values } = drawn;
  const { kind, cells, texts } = values[0]!;
  let level = 0;
  const last = cells.length - 1;
  const rows = cells.flatMap((cell, row): Row[] => {
    const value = numberOf(kind, cell) ?? 0;
    const whole = row === 0 || row === last;
    const from = whole ? 0 : level;
    level = whole ? value : level + value;
    if (!whole && value === 0) return [];
    const look = whole ? 'sum' : value < 0 ? 'down' : 'up';
    return [{ name: along.texts[row]!, bars: [{ from, to: level, look, text: texts[row]! }] }];
  });
  return rowsOfBars(rows, drawn, []);
}

/** What a driver does either way, on both sides of where we are. */
export function tornado(drawn: Drawn): Drawing {
  const { along, values } = drawn;
  return rowsOfBars(
    along.texts.map((_, row) => rowOf(drawn, row)),
    drawn,
    values.map(({ heading }) => heading),
    true,
  );
}
