import { ClvError } from '../base/errors.ts';
import {
  type Bytes,
  type Cell,
  type Column,
  flatNames,
  type Json,
  type Kind,
  type Report,
  type Section,
} from '../data/report.ts';
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

/** A column of Parquet: an interval is two. */
interface FlatColumn {
  readonly name: string;
  readonly kind: Exclude<Kind, 'interval'>;
}

export function flatColumns(columns: readonly Column[]): readonly FlatColumn[] {
  return columns.flatMap((column) => {
    const { kind } = column;
    return flatNames(column).map((name) => ({ name, kind: kind === 'interval' ? 'money' : kind }));
  });
}

/** All cells of a list, column by column; the bounds of an interval apart. */
interface FlatList {
  readonly columns: readonly FlatColumn[];
  readonly cells: readonly (readonly Cell[])[];
}

async function flatList({ columns, blocks }: Section): Promise<FlatList> {
  const found = columns.map((): Cell[] => []);
  for await (const { cells } of blocks) for (const [i, column] of cells.entries()) found[i]!.push(...column);
  const cells = columns.flatMap(({ kind }, i) => {
    if (kind !== 'interval') return [found[i]!];
    return [0, 1].map((bound) => found[i]!.map((cell) => cell?.split(' ')[bound] ?? null));
  });
  return { columns: flatColumns(columns), cells };
}

/**
 * A report whose short lists are written as Parquet too, where the store can; a list that its store writes itself stays as it is.
 * @param digits decimals of money
 */
export function withParquet(
  report: Report,
  digits: number,
  write: ((list: FlatList, digits: number) => Bytes) | undefined,
): Report {
  if (!write) return report;
  const parquet = async (list: Section) => write(await flatList(list), digits);
  const also = (list: Section): Section =>
    list.written?.parquet ? list : { ...list, written: { ...list.written, parquet: () => parquet(list) } };
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
