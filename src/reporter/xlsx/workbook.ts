import { Exact, type Json, type Report } from '../../data/report.ts';
import { answerOf, type FormatOptions, isSection, sectionsOf } from '../format.ts';
import { STYLES, xmlText } from './cells.ts';
import { listSheet, type Sheet, type Words, wordsSheet } from './sheets.ts';
import { type Part, zipped } from './zip.ts';

const XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n';
const DOCUMENT = 'http://schemas.openxmlformats.org/officeDocument/2006/relationships';
const PACKAGE = 'http://schemas.openxmlformats.org/package/2006';
const MAIN = 'application/vnd.openxmlformats-officedocument.spreadsheetml';

/** A report as a workbook: what was found in words, a sheet a list, and what it stands on. */
export async function* workbookBytes(report: Report, options: FormatOptions): AsyncGenerator<Uint8Array> {
  const lists = sectionsOf(report).filter(({ name }, i, all) => all.findIndex((one) => one.name === name) === i);
  const sheets = [
    wordsSheet('report', await reportWords(report)),
    ...lists.map(listSheet),
    wordsSheet('methodology', methodologyWords(report, options)),
  ];
  yield* zipped(partsOf(sheets));
}

function partsOf(sheets: readonly Sheet[]): Part[] {
  const part = (name: string, xml: string): Part => ({ name, text: [XML, xml] });
  const sheet = (i: number): string => `worksheets/sheet${i + 1}.xml`;
  const relations = [
    ...sheets.map((_, i) => `<Relationship Id="s${i + 1}" Type="${DOCUMENT}/worksheet" Target="${sheet(i)}"/>`),
    `<Relationship Id="styles" Type="${DOCUMENT}/styles" Target="styles.xml"/>`,
  ];
  const types = [
    '<Default Extension="rels" ContentType="application/vnd.openxmlformats-package.relationships+xml"/>',
    '<Default Extension="xml" ContentType="application/xml"/>',
    `<Override PartName="/xl/workbook.xml" ContentType="${MAIN}.sheet.main+xml"/>`,
    `<Override PartName="/xl/styles.xml" ContentType="${MAIN}.styles+xml"/>`,
    ...sheets.map((_, i) => `<Override PartName="/xl/${sheet(i)}" ContentType="${MAIN}.worksheet+xml"/>`),
  ];
  const listed = sheets.map(({ name }, i) => `<sheet name="${xmlText(name)}" sheetId="${i + 1}" r:id="s${i + 1}"/>`);
  return [
    part('[Content_Types].xml', `<Types xmlns="${PACKAGE}/content-types">${types.join('')}</Types>`),
    part(
      '_rels/.rels',
      `<Relationships xmlns="${PACKAGE}/relationships"><Relationship Id="book" Type="${DOCUMENT}/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
    ),
    part(
      'xl/workbook.xml',
      `<workbook xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="${DOCUMENT}"><sheets>${listed.join('')}</sheets></workbook>`,
    ),
    part(
      'xl/_rels/workbook.xml.rels',
      `<Relationships xmlns="${PACKAGE}/relationships">${relations.join('')}</Relationships>`,
    ),
    part('xl/styles.xml', STYLES),
    ...sheets.map(({ xml }, i) => ({ name: `xl/${sheet(i)}`, text: headed(xml) })),
  ];
}

async function* headed(xml: AsyncIterable<string>): AsyncGenerator<string> {
  yield XML;
  yield* xml;
}

/** The answer, then the facts that a person reads. */
async function reportWords(report: Report): Promise<readonly Words[]> {
  const answer = (await answerOf(report)).map((sentence): Words => ['', sentence]);
  const facts = report.views.flatMap((view): Words[] => {
    if (view.type === 'facts') return [[view.title], ...view.facts.map(({ label, value }): Words => [label, value])];
    return view.type === 'lines' ? [[view.title], ...view.lines.map((line): Words => ['', line])] : [];
  });
  return answer.length > 0 ? [['In short'], ...answer, ...facts] : facts;
}

/** Every member of the document that is no list, by its path; the version and the options of the run. */
function methodologyWords({ command, document }: Report, { run }: FormatOptions): readonly Words[] {
  return [
    ['How this was made'],
    ['command', `clv ${command}`],
    ...(run ? ([['version', run.version], ...run.stated] as const) : []),
    ...document.flatMap(([name, value]): Words[] => {
      if (isSection(value) || value === null) return [];
      const members = membersOf(name, value);
      return members.length > 1 ? [[name], ...members] : members;
    }),
  ];
}

function membersOf(path: string, value: Json): Words[] {
  if (value instanceof Exact) return [[path, value.text]];
  if (value === null || typeof value !== 'object') return value === null ? [] : [[path, String(value)]];
  return Object.entries(value).flatMap(([key, member]) => membersOf(`${path}.${key}`, member as Json));
}
