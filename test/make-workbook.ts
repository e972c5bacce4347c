import { strToU8, zipSync } from 'fflate';

/** A cell of a workbook: text, a number as it is stored, or a cell's XML with `@` for its name. */
export type MadeCell = string | number | null | { readonly xml: string };

export interface MadeSheet {
  readonly name: string;
  readonly rows: readonly (readonly MadeCell[])[];
  readonly state?: 'hidden';
}

export interface MadeBook {
  readonly from1904?: boolean;
  /** Texts in a table of their own instead of in the cells. */
  readonly shared?: boolean;
  /** Codes of formats: the styles 1, 2 … of cells. A number is one of the built-in formats. */
  readonly formats?: readonly (string | number)[];
  /** Prefix of all names, as some libraries write them. */
  readonly prefix?: string;
  /** More parts, or others in place of those written. */
  readonly parts?: Readonly<Record<string, string>>;
}

const escaped = (text: string) =>
  text
    .replace(/[&<>"]/g, (mark) => `&#${mark.charCodeAt(0)};`)
    .replace(/_(?=x[0-9A-Fa-f]{4}_)/g, '_x005F_')
    .replace(/\r/g, '_x000D_');

/** A minimal workbook, written by ECMA-376 and independently of what reads it. */
export function workbook(sheets: readonly MadeSheet[], book: MadeBook = {}): Uint8Array {
  const strings: string[] = [];
  const text = (value: string) => `<t xml:space="preserve">${escaped(value)}</t>`;
  const cell = (value: MadeCell, name: string): string => {
    if (value === null) return '';
    if (typeof value === 'object') return value.xml.replaceAll('@', name);
    if (typeof value === 'number') return `<c r="${name}"><v>${value}</v></c>`;
    if (!book.shared) return `<c r="${name}" t="inlineStr"><is>${text(value)}</is></c>`;
    if (!strings.includes(value)) strings.push(value);
    return `<c r="${name}" t="s"><v>${strings.indexOf(value)}</v></c>`;
  };
  const letter = (column: number): string => String.fromCharCode(65 + column);
  const sheetXml = ({ rows }: MadeSheet) =>
    `<worksheet><sheetData>${rows
      .map((cells, r) => `<row r="${r + 1}">${cells.map((c, i) => cell(c, `${letter(i)}${r + 1}`)).join('')}</row>`)
      .join('')}</sheetData></worksheet>`;
  const formats = book.formats ?? [];
  const type = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
  const parts: Record<string, string> = {
    'xl/workbook.xml': `<workbook xmlns:r="${type}">${book.from1904 ? '<workbookPr date1904="1"/>' : ''}<sheets>${sheets
      .map(
        ({ name, state }, i) =>
          `<sheet name="${escaped(name)}" sheetId="${i + 1}"${state ? ` state="${state}"` : ''} r:id="s${i}"/>`,
      )
      .join('')}</sheets></workbook>`,
    'xl/_rels/workbook.xml.rels': `<Relationships>${sheets
      .map((_, i) => `<Relationship Id="s${i}" Type="${type}/worksheet" Target="worksheets/sheet${i + 1}.xml"/>`)
      .join('')}<Relationship Id="a" Type="${type}/styles" Target="/xl/styles.xml"/><Relationship Id="b" Type="${
      type
    }/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
    'xl/styles.xml': `<styleSheet><numFmts>${formats
      .map((code, i) => `<numFmt numFmtId="${170 + i}" formatCode="${escaped(String(code))}"/>`)
      .join('')}</numFmts><cellStyleXfs><xf numFmtId="14"/></cellStyleXfs><cellXfs><xf numFmtId="0"/>${formats
      .map((code, i) => `<xf numFmtId="${typeof code === 'number' ? code : 170 + i}"/>`)
      .join('')}</cellXfs></styleSheet>`,
  };
  for (const [i, sheet] of sheets.entries()) parts[`xl/worksheets/sheet${i + 1}.xml`] = sheetXml(sheet);
  parts['xl/sharedStrings.xml'] = `<sst>${strings.map((value) => `<si>${text(value)}</si>`).join('')}</sst>`;
  const files = Object.entries({ ...parts, ...book.parts }).map(([name, xml]) => {
    const prefixed = book.prefix ? xml.replace(/<(\/?)(?=\w)/g, `<$1${book.prefix}:`) : xml;
    return [name, strToU8(`<?xml version="1.0" encoding="UTF-8"?>\n${prefixed}`)] as const;
  });
  return zipSync(Object.fromEntries(files));
}
