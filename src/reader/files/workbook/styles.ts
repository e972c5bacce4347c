import type { Archive, Member } from '../archive.ts';
import { readXml } from './xml.ts';

/** Formats that every workbook has without naming them, and that show dates or times (ECMA-376 part 1, 18.8.30). */
const BUILT_IN: readonly (readonly [number, number])[] = [
  [14, 22],
  [27, 36],
  [45, 47],
  [50, 58],
];

/** Whether numbers of each style are shown as dates or times, in the order in which cells count styles. */
export async function dateStyles(archive: Archive, member: Member | undefined): Promise<readonly boolean[]> {
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
