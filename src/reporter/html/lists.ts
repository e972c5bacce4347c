import { visible } from '../../base/visible.ts';
import type { Chart, Fact, ListView, Report, View } from '../../data/report.ts';
import { isFigure, listedIn, shownColumn } from '../table/grid.ts';
import { draw } from './charts/draw.ts';
import type { DrawnColumn } from './charts/drawn.ts';
import { type Markup, type Part, tag } from './markup.ts';
import { said } from './words.ts';

/** A view as a part of the page. @param id its own among the parts */
export async function viewPart(report: Report, view: View, id: string, top?: number): Promise<Part> {
  const title = tag('h2', { id }, said(view.title));
  switch (view.type) {
    case 'facts':
      return [title, factsList(view.facts)];
    case 'lines':
      return [title, tag('pre', {}, view.lines.map((line) => `${visible(line)}\n`).join(''))];
    case 'section':
      return [title, await listParts(report, view, view.chart, id, top)];
    case 'chart':
      return [title, await listParts(report, view, view.chart, id, top)];
  }
}

function factsList(facts: readonly Fact[]): Markup {
  return tag(
    'dl',
    {},
    facts.map(({ label, value }) => [tag('dt', {}, visible(label)), tag('dd', {}, said(value))]),
  );
}

/** A list as a table, below its drawing where it has one; a picture's list is folded away. */
async function listParts(
  report: Report,
  view: ListView & { readonly type: 'section' | 'chart' },
  chart: Chart | undefined,
  id: string,
  top?: number,
): Promise<Part> {
  const { columns, cells, length, more } = await listedIn(report, view, top);
  const shown = columns.map((column, i): DrawnColumn => {
    const heading = visible(view.columns[i]!.heading);
    const texts = shownColumn(column, cells[i]!, view.columns[i]!.exact).slice(0, length);
    return { heading, kind: column.kind, cells: cells[i]!.slice(0, length), texts };
  });
  const table = tableOf(shown, id);
  const rest = more > 0 ? tag('p', { class: 'dim' }, `${count(length)} of ${count(length + more)}`) : null;
  const drawn = withNames(shown, columns, chart);
  const named = (name: string): DrawnColumn => drawn[columns.findIndex((column) => column.name === name)]!;
  const picture =
    chart &&
    draw(
      chart.kind,
      {
        along: together(chart.along.map(named)),
        values: chart.values.map(named),
        title: visible(chart.title + unitOf(report, named(chart.values.at(-1)!))),
      },
      visible(view.title),
      id,
    );
  const figure = picture
    ? tag('figure', {}, tag('div', { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': id }, picture))
    : null;
  if (view.type === 'section') return [figure, table, rest];
  return [figure, tag('details', {}, tag('summary', {}, 'The figures'), table, rest)];
}

/** The rows that are drawn: one that lacks a name, and has nothing, is left to the table. */
function withNames(
  shown: readonly DrawnColumn[],
  columns: readonly { readonly name: string }[],
  chart: Chart | undefined,
): readonly DrawnColumn[] {
  if (!chart) return shown;
  const asked = shown.filter((_, i) => [...chart.along, ...chart.values].includes(columns[i]!.name));
  const texts = asked.filter(({ kind }) => kind === 'text');
  const figures = asked.filter(({ kind }) => kind !== 'text');
  const kept = (row: number): boolean =>
    texts.every(({ cells }) => cells[row] !== null) || figures.some(({ cells }) => Number(cells[row]) !== 0);
  const rows = [...(shown[0]?.cells.keys() ?? [])].filter(kept);
  return shown.map((column) => ({
    ...column,
    cells: rows.map((row) => column.cells[row]!),
    texts: rows.map((row) => column.texts[row]!),
  }));
}

/** Of money, the currency that the report is in, where it says one. */
function unitOf({ document }: Report, { kind }: DrawnColumn): string {
  const methodology = document.find(([name]) => name === 'methodology')?.[1] as
    | { readonly currency?: unknown }
    | undefined;
  return kind === 'money' && typeof methodology?.currency === 'string' ? `, ${methodology.currency}` : '';
}

/** Columns that name a row together. */
function together(columns: readonly DrawnColumn[]): DrawnColumn {
  const [first, ...others] = columns as [DrawnColumn, ...DrawnColumn[]];
  if (others.length === 0) return first;
  return {
    heading: columns.map(({ heading }) => heading).join(' · '),
    kind: 'text',
    cells: first.cells.map((_, row) => columns.map(({ cells }) => cells[row]).join(' · ')),
    texts: first.texts.map((_, row) => columns.map(({ texts }) => texts[row]).join(' · ')),
  };
}

function count(value: number): string {
  return value.toLocaleString('en-US');
}

/** A name of more characters has room in a narrow column; one of so few stands on one line. */
const WIDE = 24;
const SHORT = 12;
/** A word that is broken on paper, such as a hash. */
const LONG = /\S{32}/;

/** Rows under headings; the first column says whose row it is. @param id of the heading that names the table */
function tableOf(columns: readonly DrawnColumn[], id: string): Markup {
  const longest = Math.max(0, ...(columns[0]?.texts ?? []).map((text) => text.length));
  const wide = longest > WIDE ? { class: 'w' } : longest <= SHORT ? { class: 's' } : {};
  const look = ({ kind, texts }: DrawnColumn): Readonly<Record<string, string>> => {
    if (isFigure(kind)) return { class: 'n' };
    if (kind === 'date') return { class: 'd' };
    return texts.some((text) => LONG.test(text)) ? { class: 'h' } : {};
  };
  const head = columns.map((column) => tag('th', { scope: 'col', ...look(column) }, column.heading));
  const rows = (columns[0]?.texts ?? []).map((_, row) =>
    tag(
      'tr',
      {},
      columns.map((column, i) =>
        i === 0
          ? tag('th', { scope: 'row', ...wide, ...look(column) }, column.texts[row]!)
          : tag('td', look(column), column.texts[row]!),
      ),
    ),
  );
  return tag(
    'div',
    { class: 'scroll', tabindex: 0, role: 'region', 'aria-labelledby': id },
    tag('table', { 'aria-labelledby': id }, tag('thead', {}, tag('tr', {}, head)), tag('tbody', {}, rows)),
  );
}
