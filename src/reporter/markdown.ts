import { visible } from '../base/visible.ts';
import type { Report, View } from '../data/report.ts';
import type { Format, FormatOptions } from './format.ts';
import { gridOf, isFigure } from './table/grid.ts';

/** The views as GitHub tables, every column, of any width. */
export const markdown: Format = { name: 'markdown', extensions: ['.md', '.markdown'], write };

async function* write(report: Report, options: FormatOptions): AsyncGenerator<string> {
  let gap = '';
  for (const view of report.views) {
    if (view.type === 'chart') continue;
    yield `${gap}## ${escaped(visible(view.title))}\n\n`;
    gap = '\n';
    if (view.type === 'lines') yield codeText(view.lines);
    else yield view.type === 'facts' ? factsText(view.facts) : await sectionText(report, view, options.top);
  }
}

function factsText(facts: Extract<View, { type: 'facts' }>['facts']): string {
  return tableText(
    ['', ''],
    ['---', '---'],
    facts.map((fact) => [visible(fact.label), visible(fact.value)]),
  );
}

/** Behind four blanks nothing in a line can end the code. */
function codeText(lines: readonly string[]): string {
  return lines.map((line) => `    ${visible(line)}\n`).join('');
}

async function sectionText(report: Report, view: Extract<View, { type: 'section' }>, top?: number): Promise<string> {
  const grid = await gridOf(report, view, top);
  const rules = grid.kinds.map((kind) => (isFigure(kind) ? '---:' : '---'));
  const rows = Array.from({ length: grid.length }, (_, row) => grid.texts.map((texts) => texts[row]!));
  const more = grid.more > 0 ? `\n… and ${grid.more.toLocaleString('en-US')} more\n` : '';
  return tableText(grid.headings, rules, rows) + more;
}

function tableText(head: readonly string[], rules: readonly string[], rows: readonly (readonly string[])[]): string {
  const lines = [head.map(escaped), rules, ...rows.map((row) => row.map(escaped))];
  return lines.map((cells) => `| ${cells.join(' | ')} |\n`).join('');
}

/** Visible text as itself: no cell ends at its bar, and neither Markdown nor HTML in it has a meaning. */
function escaped(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replace(/[\\|`*_[\]~]/g, '\\$&');
}
