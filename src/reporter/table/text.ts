import { Chalk, type ChalkInstance } from 'chalk';
import { visible } from '../../base/visible.ts';
import type { Report, View } from '../../data/report.ts';
import type { FormatOptions } from '../format.ts';
import { gridOf } from './grid.ts';
import { gridLines } from './lines.ts';
import { cut, pad, widthOf, wrap } from './width.ts';

/** Below this nothing useful fits, so lines may be as wide as this. */
const MIN_WIDTH = 20;
const INDENT = '  ';

/** The views of a report, no line wider than the terminal but those to be pasted. */
export async function* tableText(report: Report, options: FormatOptions): AsyncGenerator<string> {
  const paint = new Chalk({ level: options.color ? 1 : 0 });
  const width = Math.max(MIN_WIDTH, options.width);
  let gap = '';
  for (const view of report.views) {
    yield `${gap}${wrap(visible(view.title), width)
      .map((line) => paint.bold(line))
      .join('\n')}\n`;
    gap = '\n';
    const inner = width - INDENT.length;
    for await (const line of viewLines(report, view, options, inner, paint)) yield `${INDENT}${line}\n`;
  }
}

function viewLines(
  report: Report,
  view: View,
  options: FormatOptions,
  width: number,
  paint: ChalkInstance,
): AsyncIterable<string> | Iterable<string> {
  if (view.type === 'lines') return view.lines.map(visible);
  return view.type === 'facts' ? factLines(view.facts, width) : sectionLines(report, view, options, width, paint);
}

/** Values in a column of their own, wrapped beside their label. */
function* factLines(facts: Extract<View, { type: 'facts' }>['facts'], width: number): Generator<string> {
  const labels = facts.map((fact) => cut(visible(fact.label), Math.floor(width / 2)));
  const margin = Math.max(0, ...labels.map(widthOf)) + INDENT.length;
  for (const [index, fact] of facts.entries()) {
    const [first, ...others] = wrap(visible(fact.value), width - margin);
    yield (pad(labels[index]!, margin) + first).trimEnd();
    for (const line of others) yield pad('', margin) + line;
  }
}

async function* sectionLines(
  report: Report,
  view: Extract<View, { type: 'section' }>,
  options: FormatOptions,
  width: number,
  paint: ChalkInstance,
): AsyncGenerator<string> {
  const grid = await gridOf(report, view, options.top);
  const dropped = yield* gridLines(grid, width, paint);
  const notes: string[] = [];
  if (grid.more > 0) notes.push(`… and ${grid.more.toLocaleString('en-US')} more`);
  if (dropped.length > 0) notes.push(`too narrow for ${dropped.join(', ')}: use a wider terminal, or --format csv`);
  for (const note of notes) for (const line of wrap(note, width)) yield paint.dim(line);
}
