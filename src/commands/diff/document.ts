import { Decimal } from '../../base/decimal.ts';
import { grouped } from '../../base/money.ts';
import type { Changes } from '../../data/books/close.ts';
import { listOf } from '../../data/lists.ts';
import { type Cell, type Column, Exact, type Report, type Section, type View } from '../../data/report.ts';
import { heading } from '../../report/found.ts';
import { listView, withChart } from '../../report/views.ts';
import { diffAnswer } from './answer.ts';
import type { Compared, Difference, Value } from './compared.ts';

export const DIFFERENCES: readonly Column[] = [
  { name: 'path', kind: 'text' },
  { name: 'a', kind: 'text' },
  { name: 'b', kind: 'text' },
  { name: 'change', kind: 'number' },
];
export const CHANGES: readonly Column[] = [
  { name: 'kind', kind: 'text' },
  { name: 'customers', kind: 'integer' },
  { name: 'change', kind: 'money' },
];
export const CUSTOMERS: readonly Column[] = [
  { name: 'customer_id', kind: 'text' },
  { name: 'a', kind: 'money' },
  { name: 'b', kind: 'money' },
  { name: 'change', kind: 'money' },
];

/** The report of `clv diff`: what differs, line by line, and customer by customer where both list them. */
export function diffReport(compared: Compared): Report {
  const { a, b, differences, customers } = compared;
  const lists = [listOf('differences', DIFFERENCES, differences.map(rowOf)), ...customerLists(customers)];
  return {
    command: 'diff',
    document: [
      ...heading('diff'),
      ['of', a.command],
      ['a', a.name],
      ['b', b.name],
      ['equal', differences.length === 0],
      ...lists.map((list) => [list.name, list] as const),
    ],
    main: 'differences',
    views: [
      {
        type: 'facts',
        title: `${a.name} and ${b.name}`,
        facts: [{ label: 'Different', value: `${differences.length} lines` }],
      },
      ...(differences.length === 0 ? [] : [differencesView]),
      ...customerViews(customers),
    ],
    answer: async () => diffAnswer(compared),
  };
}

const differencesView: View = listView('Line by line', 'differences', {
  path: 'Line',
  a: 'A',
  b: 'B',
  change: 'Change',
});

function customerLists(customers: Changes | null): readonly Section[] {
  const kinds = customers === null ? [] : (['came', 'gone', 'changed', 'same'] as const);
  const parts = kinds.map((kind): Cell[] => [kind, String(customers![kind].customers), customers![kind].change]);
  const rows = customers?.largest.map(({ id, a, b, change }): Cell[] => [id, a, b, change]) ?? [];
  return [listOf('changes', CHANGES, parts), listOf('customers', CUSTOMERS, rows)];
}

function customerViews(customers: Changes | null): readonly View[] {
  if (customers === null) return [];
  return [
    withChart(
      listView('Customers', 'changes', { kind: 'Customers', customers: 'Number', change: 'Change of equity' }),
      { kind: 'bars', along: ['kind'], values: ['change'], title: 'Change of equity' },
    ),
    ...(customers.largest.length === 0
      ? []
      : [listView('Largest changes', 'customers', { customer_id: 'Customer', a: 'A', b: 'B', change: 'Change' })]),
  ];
}

/** Two figures are written with as many decimals as the longer of them. */
function rowOf({ path, a, b }: Difference): readonly Cell[] {
  const [was, is] = [figureOf(a), figureOf(b)];
  if (was === null || is === null) return [path, textOf(a), textOf(b), null];
  const digits = Math.max(...[was, is].map((text) => text.split('.')[1]?.length ?? 0));
  const text = (figure: Decimal | string): string => new Decimal(figure).toFixed(digits);
  return [path, grouped(text(was)), grouped(text(is)), text(new Decimal(is).minus(was))];
}

/** A figure as decimal text; null for what is none. */
function figureOf(value: Value | undefined): string | null {
  if (value instanceof Exact) return value.text;
  return typeof value === 'number' ? new Decimal(value).toFixed() : null;
}

function textOf(value: Value | undefined): Cell {
  if (value === undefined || value === null) return null;
  const figure = figureOf(value);
  return figure === null ? String(value) : grouped(figure);
}
