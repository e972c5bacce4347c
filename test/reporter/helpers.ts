import { anew } from '../../src/data/lists.ts';
import type { Block, Cell, Column, Kind, Report, Section, View } from '../../src/data/report.ts';
import type { Format, FormatOptions } from '../../src/reporter/format.ts';

/** A section of rows, in blocks of `size`, like a stream. */
export function sectionOf(
  name: string,
  columns: Readonly<Record<string, Kind>>,
  rows: readonly Cell[][],
  size = 2,
): Section {
  const named: Column[] = Object.entries(columns).map(([name, kind]) => ({ name, kind }));
  return { name, columns: named, blocks: anew(() => blocksOf(rows, named.length, size)) };
}

async function* blocksOf(rows: readonly Cell[][], width: number, size: number): AsyncGenerator<Block> {
  for (let from = 0; from < rows.length; from += size) {
    const part = rows.slice(from, from + size);
    yield { length: part.length, cells: Array.from({ length: width }, (_, column) => part.map((row) => row[column]!)) };
  }
}

export function reportOf(sections: readonly Section[], views: readonly View[] = []): Report {
  const document = sections.map((section): [string, Section] => [section.name, section]);
  return { command: 'compute', document, main: sections[0]?.name ?? 'customers', views };
}

/** A view of all columns of a section under their own names. */
export function viewOf(section: Section, limits: { top?: number; total?: number } = {}): View {
  const columns = section.columns.map(({ name }) => ({ name, heading: name.replaceAll('_', ' ') }));
  return { type: 'section', title: section.name, section: section.name, columns, ...limits };
}

export async function textOf(format: Format, report: Report, options: Partial<FormatOptions> = {}): Promise<string> {
  let text = '';
  for await (const chunk of format.write(report, { width: 80, color: false, ...options })) text += chunk;
  return text;
}
