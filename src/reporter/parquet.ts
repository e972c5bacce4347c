import { ClvError } from '../base/errors.ts';
import type { Bytes, Column, Json, Report, Section } from '../data/report.ts';
import { chooseSection, type Format, type FormatOptions, isSection } from './format.ts';

/** One list under its contract names with typed columns, an interval as two. Its store writes it; there is no text of it. */
export const parquet: Format = { name: 'parquet', extensions: ['.parquet'], fileOnly: true, write };

async function* write(report: Report, options: FormatOptions): AsyncGenerator<Uint8Array> {
  const { name, columns, written } = chooseSection(report, options.section);
  checkNames(columns);
  const bytes = await written?.parquet?.();
  if (!bytes) throw new ClvError('E115', { what: `the list of ${name}` });
  yield* bytes;
}

/** A report whose short lists are written as Parquet too; a list that its store writes itself stays as it is. */
export function withParquet(report: Report, write: (list: Section) => Bytes): Report {
  const also = (list: Section): Section =>
    list.written?.parquet ? list : { ...list, written: { ...list.written, parquet: () => write(list) } };
  const part = (value: Json | Section): Json | Section => (isSection(value) ? also(value) : value);
  return {
    ...report,
    document: report.document.map(([name, value]) => [name, part(value)]),
    sections: (report.sections ?? []).map(also),
  };
}

/** E117: engines that read Parquet do not tell capitals from small letters in names. */
function checkNames(columns: readonly Column[]): void {
  const known = new Map<string, string>();
  for (const { name } of columns) {
    const first = known.get(name.toLowerCase());
    if (first !== undefined) throw new ClvError('E117', { first, second: name });
    known.set(name.toLowerCase(), name);
  }
}
