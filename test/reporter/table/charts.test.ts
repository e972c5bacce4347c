import stringWidth from 'string-width';
import { describe, expect, it } from 'vitest';
import { listOf } from '../../../src/data/lists.ts';
import type { Cell, Chart, View } from '../../../src/data/report.ts';
import { markdown } from '../../../src/reporter/markdown.ts';
import { table } from '../../../src/reporter/table/table.ts';
import { reportOf, textOf } from '../helpers.ts';

/** Charts in a table, as a terminal shows them. */
function viewWith(chart: Chart, rows: readonly Cell[][], type: 'section' | 'chart' = 'section'): View {
  const section = listOf(
    'list',
    [
      { name: 'name', kind: 'text' },
      { name: 'a', kind: 'money' },
      { name: 'b', kind: 'money' },
    ],
    rows,
  );
  const columns = [
    { name: 'name', heading: 'Name' },
    { name: 'a', heading: 'Share of all' },
    { name: 'b', heading: 'Other' },
  ];
  return { type, title: 'A list', section, columns, chart };
}

const chart = (kind: Chart['kind'], values: readonly string[] = ['a']): Chart => ({
  ...{ kind, along: ['name'], values, title: 'Money' },
});
const shown = (view: View, options: object = {}) =>
  textOf(table, reportOf([], [view]), { charts: true, width: 50, ...options });

const ROWS: Cell[][] = [
  ['North', '10.00', '1.00'],
  ['<b>=1+1\u001b[31m', '5.00', '2.00'],
  ['South', '-5.00', null],
];

describe('charts in a terminal', () => {
  it('bars stand beside the rows of a table, under what they are of', async () => {
    expect(await shown(viewWith(chart('bars', ['a', 'b']), ROWS))).toBe(`A list
                     Share of
  Name                    all  Other  Share of all
  ─────────────────  ────────  ─────  ────────────
  North                 10.00   1.00      ████████
  <b>=1+1\\u{1b}[31m      5.00   2.00      ████
  South                 -5.00      –  ████
`);
  });

  it('a waterfall goes from the opening by its steps to the closing', async () => {
    const rows = [
      ['Opening', '100.00', null],
      ['Gain', '50.00', null],
      ['Loss', '-100.00', null],
      ['Closing', '50.00', null],
    ];
    const lines = (await shown(viewWith(chart('waterfall'), rows), { width: 42 })).split('\n').slice(-5, -1);
    expect(lines.map((line) => line.slice(30))).toEqual(['████████', '        ████', '    ████████', '████']);
  });

  it('both sides of a driver are one bar', async () => {
    const text = await shown(viewWith(chart('tornado', ['a', 'b']), [['margin', '-5.00', '5.00']]));
    expect(text).toMatch(/ {2}Share of all to\n.* {2}Other\n/);
    expect(text).toMatch(/ {2}█+\n$/);
  });

  it('a picture without a table is a line of marks a series', async () => {
    const rows = ['1.00', '2.00', '8.00'].map((value, i): Cell[] => [`to ${i}`, value, value]);
    expect(await shown(viewWith(chart('columns'), rows, 'chart'))).toBe(`A list
  Share of all  ▂▂▃▃██  to 0 … to 2; at most 8.00
`);
    expect(await shown(viewWith(chart('lines', ['a', 'b']), rows, 'chart'))).toBe(`A list
  Share of all  ▁▂█  1.00 to 8.00
  Other         ▁▂█  1.00 to 8.00
`);
    expect(await shown(viewWith(chart('lines'), rows))).toContain('\n  Share of all  ▁▂█  1.00 to 8.00\n');
  });

  it('are not there without a terminal, in Markdown, and of what is a map', async () => {
    const views = [viewWith(chart('bars'), ROWS), viewWith(chart('columns'), ROWS, 'chart')];
    for (const charts of [false, undefined]) {
      const text = await textOf(table, reportOf([], views), { charts });
      expect(text).not.toMatch(/[▁-█▌▐]/);
      expect(text.split('A list')).toHaveLength(2);
    }
    expect(await textOf(markdown, reportOf([], views), { charts: true })).not.toMatch(/[▁-█▌▐]/);
    expect(await shown(viewWith(chart('heat', ['b', 'a']), ROWS, 'chart'))).toBe('');
  });

  it.each([
    ['nothing', []],
    ['one row', [['only', '1.00', '2.00']]],
    ['zeros', [['a', '0.00', '0.00']]],
    ['what is unknown', [['a', null, null]]],
    [
      'a long and wide name',
      [
        ['x'.repeat(500), '1.00', '2.00'],
        ['हिन्दी 🛜', '1.00', null],
      ],
    ],
    ['300 rows', Array.from({ length: 300 }, (_, i) => [`Segment ${i}`, `${i}.00`, '-1.00'])],
  ] as const)('of %s fit every width, and leave no figure out that there was', async (_, rows) => {
    for (const kind of ['bars', 'columns', 'lines', 'waterfall', 'tornado', 'heat'] as const)
      for (const type of ['section', 'chart'] as const)
        for (const width of [20, 50]) {
          const values = kind === 'waterfall' ? ['a'] : ['a', 'b'];
          const view = viewWith(
            chart(kind, values),
            rows.map((row) => [...row]),
            type,
          );
          const text = await shown(view, { width });
          expect(text).not.toMatch(/NaN|undefined|Infinity/);
          for (const line of text.split('\n')) expect(stringWidth(line)).toBeLessThanOrEqual(width);
          if (type === 'chart') continue;
          const plain = await shown(view, { width, charts: false });
          expect(text.match(/too narrow for .*/)?.[0]).toBe(plain.match(/too narrow for .*/)?.[0]);
        }
  });
});
