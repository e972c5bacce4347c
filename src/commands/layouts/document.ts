import { listOf } from '../../data/lists.ts';
import type { Cell, Column, Fact, Report } from '../../data/report.ts';
import { heading } from '../../report/found.ts';

/** What is told of a layout. */
export interface KnownLayout {
  readonly name: string;
  readonly title: string;
  readonly refuse?: { readonly reason: string; readonly remedy: string } | undefined;
  readonly customer?: { readonly columns: readonly string[] } | undefined;
  readonly amount?: string | undefined;
  readonly holds?: string | undefined;
}

export const LAYOUTS: readonly Column[] = [
  { name: 'name', kind: 'text' },
  { name: 'title', kind: 'text' },
  { name: 'is', kind: 'text' },
  { name: 'why', kind: 'text' },
  { name: 'amount', kind: 'text' },
  { name: 'customer', kind: 'text' },
];

/** The report of `clv layouts`: what each export is valued by, or why it is refused. */
export function layoutsReport(layouts: readonly KnownLayout[]): Report {
  const list = listOf('layouts', LAYOUTS, layouts.map(row));
  return {
    command: 'layouts',
    document: [...heading('layouts'), ['layouts', list]],
    main: 'layouts',
    views: [{ type: 'facts', title: 'Exports that are known by their header', facts: layouts.map(factOf) }],
  };
}

function row({ name, title, refuse, customer, amount, holds }: KnownLayout): Cell[] {
  const columns = customer?.columns.join(', ') ?? null;
  return [
    name,
    title,
    refuse ? 'refused' : 'valued',
    refuse?.reason ?? holds ?? amount ?? null,
    amount ?? null,
    columns,
  ];
}

function factOf({ name, title, refuse, amount, holds }: KnownLayout): Fact {
  return { label: name, value: `${title}: ${refuse ? `refused, ${refuse.reason}` : (holds ?? amount ?? 'valued')}` };
}
