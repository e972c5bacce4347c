import { listOf } from '../src/data/lists.ts';
import type { Cell, Chart, Report, View } from '../src/data/report.ts';

/** Lists that are hard to draw: a name, money, money. */
const losses: readonly Cell[][] = [
  ['a', '-5.00', '-1.00'],
  ['b', '-2.00', '3.00'],
  ['c', '-7.00', '0.00'],
];
export const HARD_TO_DRAW: Readonly<Record<string, readonly Cell[][]>> = {
  nothing: [],
  'one row': [['only', '1.00', '2.00']],
  'one negative row': [['only', '-1.00', '-2.00']],
  'one month': [['2024-01', '100.00', '100.00']],
  zeros: [
    ['a', '0.00', '0.00'],
    ['b', '0.00', '0.00'],
  ],
  losses,
  'what is unknown': [['a', null, null]],
  'one that is known': [
    ['a', null, null],
    ['b', '1.00', null],
  ],
  'a long name': [['x'.repeat(500), '1.00', '2.00']],
  'hostile names': [
    ['<script>document.title="owned"</script>', '1.00', '2.00'],
    ['"><img src=x onerror="document.title=1">', '3.00', '2.00'],
    ['</svg></style><svg onload="document.title=2">', '1.00', '-2.00'],
    ['\u202edrow =1+1 ]]>', '1.00', '2.00'],
  ],
  '300 segments': Array.from({ length: 300 }, (_, i) => [`Segment ${i}`, `${i % 7}.00`, '1.00']),
  'huge and tiny': [
    ['huge', '9999999999999.99', '0.01'],
    ['tiny', '0.01', '0.01'],
  ],
};

const KINDS = ['bars', 'columns', 'waterfall', 'tornado', 'lines', 'heat'] as const;

/** Every kind of chart of a list, each as a table too and as a picture alone. */
export function chartsOf(rows: readonly Cell[][], title = 'A list'): readonly View[] {
  const columns = [
    { name: 'name', kind: 'text', heading: 'Name' },
    { name: 'a', kind: 'money', heading: 'First' },
    { name: 'b', kind: 'money', heading: 'Second' },
  ] as const;
  return KINDS.flatMap((kind) => {
    const chart: Chart = {
      kind,
      along: [kind === 'lines' ? 'a' : 'name'],
      values: { lines: ['b'], heat: ['b', 'a'], waterfall: ['a'] }[kind as string] ?? ['a', 'b'],
      title: 'Money',
    };
    return (['section', 'chart'] as const).map(
      (type): View => ({ type, title: `${title}: ${kind}`, section: listOf('list', columns, rows), columns, chart }),
    );
  });
}

/** All of them in one report. */
export function hardReport(): Report {
  const views = Object.entries(HARD_TO_DRAW).flatMap(([title, rows]) => chartsOf(rows, title));
  return { command: 'compute', document: [], main: 'list', views };
}
