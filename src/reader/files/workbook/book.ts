import { posix } from 'node:path';
import { ClvError } from '../../../base/errors.ts';
import type { Archive, Member } from '../archive.ts';
import { unescaped } from './cell-values.ts';
import type { Shared, SheetPart } from './sheet.ts';
import { readXml, unreadable } from './xml.ts';

const WORKBOOK = 'xl/workbook.xml';

/** A sheet as the workbook lists it. */
interface Listed {
  readonly name: string;
  /** One that the program shows as a tab. */
  readonly shown: boolean;
  /** Null: no table of cells, but a chart or the like. */
  readonly member: Member | null;
}

export interface Book {
  readonly sheets: readonly Listed[];
  readonly shared: Shared;
}

/** What an .xlsx workbook holds. E245, E248, E266. */
export async function readBook(archive: Archive, signal?: AbortSignal): Promise<Book> {
  const { file } = archive;
  const parts = await partsOf(archive);
  const sheets: Listed[] = [];
  let from1904 = false;
  await readXml(archive, archive.find(WORKBOOK)!, {
    opened(name, attributes) {
      if (name === 'workbookPr') from1904 = /^(1|true)$/.test(attributes('date1904') ?? '');
      if (name !== 'sheet') return;
      const part = parts.get(attributes('id') ?? '');
      const member = part?.kind === 'worksheet' ? archive.find(part.path) : null;
      const title = attributes('name') ?? '';
      if (!part || member === undefined) throw unreadable(file.name, 'no sheet', { sheet: title });
      sheets.push({ name: title, shown: (attributes('state') ?? 'visible') === 'visible', member });
    },
  });
  const partOf = (kind: string): Member | undefined => {
    const part = [...parts.values()].find((one) => one.kind === kind);
    return part && archive.find(part.path);
  };
  const strings = await stringsOf(archive, partOf('sharedStrings'), signal);
  return { sheets, shared: { strings, dates: await dateStyles(archive, partOf('styles')), from1904 } };
}

/** The parts that the workbook refers to, by the names that it gives them; the last word of their types is their kind. */
async function partsOf(archive: Archive): Promise<ReadonlyMap<string, { kind: string; path: string }>> {
  const member = archive.find('xl/_rels/workbook.xml.rels');
  if (!member) throw unreadable(archive.file.name, 'no parts');
  const parts = new Map<string, { kind: string; path: string }>();
  await readXml(archive, member, {
    opened(name, attributes) {
      if (name !== 'Relationship' || attributes('TargetMode') === 'External') return;
      const path = posix.resolve('/xl', attributes('Target') ?? '').slice(1);
      parts.set(attributes('Id') ?? '', { kind: posix.basename(attributes('Type') ?? ''), path });
    },
  });
  return parts;
}

/** Texts that cells refer to by their number; those of several fonts are put together, hints how to read them left out. */
async function stringsOf(
  archive: Archive,
  member: Member | undefined,
  signal?: AbortSignal,
): Promise<readonly string[]> {
  const strings: string[] = [];
  if (!member) return strings;
  let current = '';
  let inside = false;
  let hint = false;
  const listener = {
    opened(name: string): void {
      if (name === 'si') current = '';
      else if (name === 'rPh') hint = true;
      else if (name === 't') inside = !hint;
    },
    text(text: string): void {
      if (inside) current += text;
    },
    closed(name: string): void {
      if (name === 'si') strings.push(unescaped(current));
      else if (name === 'rPh') hint = false;
      else if (name === 't') inside = false;
    },
  };
  await readXml(archive, member, listener, signal);
  return strings;
}

/** The sheet that is asked for by name or by the number of its tab, else the first that is shown. E264, E266. */
export function chosenSheet(file: string, { sheets }: Book, asked: string | undefined): SheetPart {
  const shown = sheets.filter((sheet) => sheet.shown);
  if (asked === undefined) {
    const first = shown.find(isTable) ?? sheets.find(isTable);
    if (first) return first;
    throw unreadable(file, 'no cells');
  }
  const found =
    sheets.find(({ name }) => name === asked) ??
    sheets.find(({ name }) => name.toLowerCase() === asked.toLowerCase()) ??
    (/^[1-9]\d*$/.test(asked) ? shown[Number(asked) - 1] : undefined);
  if (found && isTable(found)) return found;
  const names = sheets.filter(isTable).map(({ name }) => `"${name}"`);
  throw new ClvError('E264', { sheet: asked, sheets: names.join(', ') }, { file });
}

export function isTable(sheet: Listed): sheet is Listed & SheetPart {
  return sheet.member !== null;
}

/** Formats that every workbook has without naming them, and that show dates or times (ECMA-376 part 1, 18.8.30). */
const BUILT_IN: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Whether numbers of each style are shown as dates or times, in the order in which cells count styles. */
async function dateStyles(archive: Archive, member: Member | undefined): Promise<readonly boolean[]> {
  if (!member) return [];
  const custom = new Map<string, string>();
  const ids: string[] = [];
  let ofCells = false;
  await readXml(archive, member, {
    opened(name, attributes) {
      if (name === 'numFmt') custom.set(attributes('numFmtId') ?? '', attributes('formatCode') ?? '');
      if (name === 'cellXfs') ofCells = true;
      if (name === 'xf' && ofCells) ids.push(attributes('numFmtId') ?? '0');
    },
    closed(name) {
      if (name === 'cellXfs') ofCells = false;
    },
  });
  return ids.map((id) => {
    const code = custom.get(id);
    return code === undefined
      ? BUILT_IN.some(([low, high]) => Number(id) >= low && Number(id) <= high)
      : showsDate(code);
  });
}

/** Whether a format has a word for day, month, year, hour or second besides what it shows as it is: texts, colours, blanks. */
export function showsDate(code: string): boolean {
  const words = code.replace(/"[^"]*"?|\[[^\]]*\]?|[\\_*]./gs, '').replace(/general|standard/gi, '');
  return /[dmyhs]/i.test(words);
}
