import type { Chart } from '../../../data/report.ts';
import { type Markup, tag } from '../markup.ts';
import type { Drawn } from './drawn.ts';
import type { Drawing } from './frame.ts';
import { columns, heat, lines } from './plots.ts';
import { bars, tornado, waterfall } from './rows.ts';
import { numberOf, WIDTH } from './scales.ts';

/** What draws each kind of chart. A new one is a line here. */
const KINDS: Readonly<Record<Chart['kind'], (drawn: Drawn) => Drawing>> = {
  bars,
  columns,
  lines,
  waterfall,
  tornado,
  heat,
};

/** A drawing that says what it is to those who cannot see it; null where there is nothing to draw. */
export function draw(kind: Chart['kind'], drawn: Drawn, title: string, id: string): Markup | null {
  const { along, values } = drawn;
  const known = values.some((column) => column.cells.some((cell) => numberOf(column.kind, cell) !== null));
  if (along.texts.length === 0 || !known) return null;
  const { parts, height } = KINDS[kind](drawn);
  const series = values.map(({ heading }) => heading).join(', ');
  return tag(
    'svg',
    {
      xmlns: 'http://www.w3.org/2000/svg',
      viewBox: `0 0 ${WIDTH} ${Math.ceil(height)}`,
      role: 'img',
      'aria-labelledby': `${id}-title ${id}-words`,
    },
    tag('title', { id: `${id}-title` }, title),
    tag('desc', { id: `${id}-words` }, `${series} by ${along.heading}. Its figures stand in the table below.`),
    parts,
  );
}
