import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { strToU8, zipSync } from 'fflate';
import { afterAll, describe, expect, it } from 'vitest';
import { openSource } from '../../../src/reader/files/source.ts';
import { showsDate } from '../../../src/reader/files/workbook/book.ts';
import { cellName, columnOf, dateText, numberText } from '../../../src/reader/files/workbook/cell-values.ts';
import type { Reject } from '../../../src/reader/transactions.ts';
import { type MadeBook, type MadeCell, type MadeSheet, workbook } from '../../make-workbook.ts';
import { failure, load, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const options = { scratch: space.scratch };
let count = 0;
const file = (bytes: Uint8Array) => space.file(bytes, `w${count++}.xlsx`);
const HEADER: readonly MadeCell[] = ['customer', 'date', 'amount'];
const sheet = (...rows: readonly (readonly MadeCell[])[]): MadeSheet => ({ name: 'Orders', rows });
const book = (rows: readonly (readonly MadeCell[])[], made: MadeBook = {}) => file(workbook([sheet(...rows)], made));
const xml = (text: string) => ({ xml: text });
/** The text that a workbook is read as. */
const csv = async (path: string, more: object = {}) => {
  const [source] = await openSource(path, count++, { ...options, ...more });
  return readFileSync(source!.path, 'utf8');
};
/** The text of one cell. */
const cell = async (one: string, made: MadeBook = {}) => (await csv(book([[xml(one)]], made))).slice(0, -1);

describe('numbers', () => {
  it.each([
    ['19.990000000000002', '19.99'],
    ['0.30000000000000004', '0.3'],
    ['1234567.0000000002', '1234567'],
    ['12345678901234', '12345678901234'],
    ['1234567890123456', '1234567890123456'],
    ['1.2345678901234E+13', '12345678901234'],
    ['1.2345678901234501E+16', '12345678901234500'],
    ['1E-7', '0.0000001'],
    ['-2.5E-3', '-0.0025'],
    ['1e21', '1000000000000000000000'],
    ['-0', '0'],
    ['-0.0', '0'],
    ['0', '0'],
    ['007', '7'],
    ['.5', '0.5'],
    ['5.', '5'],
    ['12.5', '12.5'],
    ['-1.234', '-1.2340'],
    ['1e400', null],
    ['12,5', null],
    ['', null],
    ['0x10', null],
  ])('%s is %s', (stored, text) => expect(numberText(stored)).toBe(text));

  it('money that was added up in binary is what it was meant to be', () => {
    const cents = fc.integer({ min: 0, max: 99_999_999_999 });
    fc.assert(
      fc.property(cents, cents, (a, b) => {
        const exact = a + b;
        const text = `${Math.floor(exact / 100)}.${String(exact % 100).padStart(2, '0')}`;
        expect(numberText(String(a / 100 + b / 100))).toBe(text.replace(/\.00$|(?<=\.\d)0$/, ''));
      }),
    );
  });
});

describe('dates', () => {
  it.each([
    ['45351', '2024-02-29'],
    ['45351.5', '2024-02-29 12:00:00'],
    ['45351.729340277780', '2024-02-29 17:30:15'],
    ['45351.999999994', '2024-02-29 23:59:59'],
    ['45351.9999999999', '2024-03-01'],
    ['1', '1900-01-01'],
    ['59', '1900-02-28'],
    ['60', null],
    ['61', '1900-03-01'],
    ['0.75', '18:00:00'],
    ['0', '00:00:00'],
    ['-1', null],
    ['2958465', '9999-12-31'],
    ['2958466', null],
    ['x', null],
  ])('%s is %s', (stored, text) => expect(dateText(stored, false)).toBe(text));

  it.each([
    ['0', '1904-01-01'],
    ['43889', '2024-02-29'],
    ['43889.25', '2024-02-29 06:00:00'],
  ])('%s is %s where days count from 1904', (stored, text) => expect(dateText(stored, true)).toBe(text));

  it.each([
    ['yyyy-mm-dd', true],
    ['[$-407]d. mmmm yyyy;@', true],
    ['h:mm AM/PM', true],
    ['[h]:mm:ss', true],
    ['General', false],
    ['Standard', false],
    ['0.00', false],
    ['#,##0.00 [$€-407];[Red]-#,##0.00 [$€-407]', false],
    ['0.00"days"', false],
    ['0\\d', false],
    ['_-* #,##0.00_d', false],
    ['0.00E+00', false],
    ['@', false],
  ])('the format %s shows one: %s', (code, shows) => expect(showsDate(code)).toBe(shows));

  it('are known by the style of the cell, of the workbook or built in', async () => {
    const made = { formats: [14, 22, 'dd.mm.yy', '0.00', 49, 58] };
    const row = ['1', '2', '3', '4', '5', '6', '0'].map((s) => xml(`<c r="@" s="${s}"><v>45351.5</v></c>`));
    const day = '2024-02-29 12:00:00';
    expect(await csv(book([row], made))).toBe(`${[day, day, day, '45351.5', '45351.5', day, '45351.5'].join(',')}\n`);
    expect(await csv(book([row], { ...made, from1904: true }))).toContain('2028-03-01 12:00:00');
  });
});

describe('cells', () => {
  it.each([
    ['text', '<c r="@" t="inlineStr"><is><t> a &amp; b</t></is></c>', ' a & b'],
    ['text of several fonts', '<c r="@" t="inlineStr"><is><r><t>a</t></r><r><rPr/><t>b</t></r></is></c>', 'ab'],
    ['text with hints', '<c r="@" t="inlineStr"><is><t>東</t><rPh><t>とう</t></rPh></is></c>', '東'],
    ['text with a comma', '<c r="@" t="inlineStr"><is><t>a,"b"</t></is></c>', '"a,""b"""'],
    ['an escaped character', '<c r="@" t="inlineStr"><is><t>a_x000A_b_x005F_x0041_</t></is></c>', '"a\nb_x0041_"'],
    ['text in CDATA', '<c r="@" t="inlineStr"><is><t><![CDATA[<a>]]></t></is></c>', '<a>'],
    ['a number', '<c r="@"><v>19.990000000000002</v></c>', '19.99'],
    ['true', '<c r="@" t="b"><v>1</v></c>', 'true'],
    ['false', '<c r="@" t="b"><v>0</v></c>', 'false'],
    ['an error', '<c r="@" t="e"><v>#N/A</v></c>', '#N/A'],
    ['an ISO date', '<c r="@" t="d"><v>2024-02-29T10:00:00</v></c>', '2024-02-29T10:00:00'],
    ['what a formula gave', '<c r="@"><f>1+1</f><v>2</v></c>', '2'],
    ['text that a formula gave', '<c r="@" t="str"><f>A2</f><v>x</v></c>', 'x'],
    ['no text that a formula gave', '<c r="@" t="str"><f>A2</f><v></v></c>', ''],
    ['a cell without a name', '<c><v>5</v></c>', '5'],
    ['nothing', '<c r="@" s="0"/>', ''],
  ])('%s', async (_, one, text) => expect(await cell(one)).toBe(text));

  it('are named', () => {
    for (const [name, column] of [
      ['A7', 1],
      ['Z7', 26],
      ['AA7', 27],
      ['XFD7', 16_384],
    ] as const) {
      expect(cellName(column, 7)).toBe(name);
      expect(columnOf(name)).toBe(column);
    }
    expect(columnOf('7')).toBeNull();
  });

  it.each([
    ['<c r="@"><f>SUM(B1:B9)</f></c>', 'E250'],
    ['<c r="@"><f>SUM(B1:B9)</f><v></v></c>', 'E250'],
    ['<c r="@" t="str"><f>A2</f></c>', 'E250'],
    ['<c r="@" t="s"><f>A2</f></c>', 'E250'],
    ['<c r="@" t="s"><v>9</v></c>', 'E266'],
    ['<c r="@" t="b"><v>2</v></c>', 'E266'],
    ['<c r="@"><v>12,5</v></c>', 'E266'],
    ['<c r="@" t="q"><v>1</v></c>', 'E266'],
    ['<c r="B1"><v>1</v></c><c r="A1"><v>1</v></c>', 'E266'],
    ['<c r="XFE1"><v>1</v></c>', 'E266'],
    ['</row><row r="1">', 'E266'],
    ['<c r="@">', 'E266'],
  ])('%s is %s', async (one, code) => {
    const path = book([[xml(one)]]);
    const error = await failure(openSource(path, count++, options));
    expect(error).toMatchObject({ code, place: { file: path } });
    if (code === 'E250') expect(error).toMatchObject({ values: { sheet: 'Orders', cell: 'A1' }, place: { line: 1 } });
  });
});

describe('a workbook', () => {
  const rows = [
    HEADER,
    ['Zoë', xml('<c r="@" s="1"><v>45351</v></c>'), xml('<c r="@"><v>19.990000000000002</v></c>')],
    ['C"2,\n', '2024-03-01', -2.5],
  ];
  const wanted = [
    ['Zoë', '2024-02-29', '19.9900'],
    ['C"2,', '2024-03-01', '-2.5000'],
  ];

  it.each([{}, { shared: true }, { prefix: 'x' }])('is read like the table that it is: %j', async (made) => {
    const bytes = workbook([sheet(...rows)], { formats: ['yyyy-mm-dd'], ...made });
    const { result, sink } = await load([file(bytes)], options);
    expect(sink.rows).toEqual(wanted);
    expect(result.files).toMatchObject([
      { records: 2, bytes: bytes.length, sha256: createHash('sha256').update(bytes).digest('hex') },
    ]);
  });

  it('is known by its bytes: any name, packed, whatever delimiter and encoding text would have', async () => {
    const bytes = gzipSync(workbook([sheet(...rows)], { formats: [14] }));
    const more = { ...options, delimiter: ';', encoding: 'utf-16' };
    expect((await load([space.file(bytes, 'table.csv')], more)).sink.rows).toEqual(wanted);
  });

  it('has rows with the numbers they have there, whatever line breaks and gaps stand above', async () => {
    const path = book([[], HEADER, ['a\nb', '2024-01-01', 1], [], ['c', '2024-13-01', 1]]);
    const rejects: Reject[] = [];
    await load([path], { ...options, maxRejects: { count: 1 } }, [], rejects);
    expect(rejects.map(({ code, place }) => [code, place])).toEqual([['E212', { file: path, line: 5 }]]);
  });

  it('is as wide as its widest row: titles above and blanks behind are blank cells', async () => {
    const made = [['Orders of 2024'], [], HEADER, ['a', null, 1], ['b', '2024-01-01', 2, 'note'], ['c']];
    expect(await csv(book(made))).toBe(
      'Orders of 2024,,,\n\ncustomer,date,amount,\na,,1,\nb,2024-01-01,2,note\nc,,,\n',
    );
  });

  it('of nothing is an empty file', async () => {
    expect(await failure(load([book([])], options))).toMatchObject({ code: 'E231' });
  });

  it('with a row at the bottom is bounded by what it may unpack to', async () => {
    const wide = Array.from({ length: 26 }, () => 'x');
    const far = xml('<c r="XFD1"><v>1</v></c>');
    const many = Array.from({ length: 9_000 }, () => ['a']);
    expect(await failure(load([book([[...wide, far], ...many])], options))).toMatchObject({ code: 'E245' });
  });
});

describe('sheets', () => {
  const one = (name: string, id: string, state?: 'hidden'): MadeSheet => ({
    name,
    rows: [HEADER, [id, '2024-01-01', 1]],
    ...(state && { state }),
  });
  const sheets = [one('Old', 'h', 'hidden'), one('2024', 'a'), one('Jahr 2025', 'b'), { name: 'Blank', rows: [] }];
  const path = file(workbook(sheets));
  const idOf = async (asked?: string) => (await load([path], { ...options, sheet: asked })).sink.rows[0]?.[0];

  it.each([
    [undefined, 'a'],
    ['Jahr 2025', 'b'],
    ['jahr 2025', 'b'],
    ['2', 'b'],
    ['1', 'a'],
    ['2024', 'a'],
    ['Old', 'h'],
  ])('%s is that of %s', async (asked, id) => {
    const { result, sink } = await load([path], { ...options, sheet: asked });
    const id0 = sink.rows[0]?.[0] ?? readFileSync(sink.files[0]!.path, 'utf8').split('\n')[1]?.split(',')[0];
    expect(id0).toBe(id);
    const left = [{ kind: 'workbook', folder: path, names: ['Jahr 2025'] }];
    expect(result.leftOut).toEqual(asked === undefined ? left : []);
  });

  it.each(['4', '0', 'Jahr', '-1'])('E264: there is no %s', async (asked) => {
    expect(await failure(idOf(asked))).toMatchObject({
      code: 'E264',
      values: { sheet: asked, sheets: '"Old", "2024", "Jahr 2025", "Blank"' },
      place: { file: path },
    });
  });

  it('E112: where nothing has sheets', async () => {
    const text = space.file('customer,date,amount\na,2024-01-01,1\n');
    const error = await failure(load([text], { ...options, sheet: '1' }));
    expect(error).toMatchObject({ code: 'E112', values: { option: '--sheet' } });
    expect((await load([text, path], { ...options, sheet: 'Jahr 2025' })).result.totals.records).toBe(2);
  });
});

describe('E266', () => {
  it.each([
    ['no relations', { 'xl/_rels/workbook.xml.rels': '<Relationships/>' }],
    ['a broken part', { 'xl/sharedStrings.xml': '<sst><si>' }],
    ['no sheets', { 'xl/workbook.xml': '<workbook><sheets/></workbook>' }],
    [
      'an entity of its own',
      { 'xl/sharedStrings.xml': '<!DOCTYPE a [<!ENTITY b "c">]><sst><si><t>&b;</t></si></sst>' },
    ],
  ])('%s', async (_, parts) => {
    const path = book([HEADER], { parts });
    expect(await failure(load([path], options))).toMatchObject({ code: 'E266', place: { file: path } });
  });

  it('no list of parts', async () => {
    const path = file(zipSync({ 'xl/workbook.xml': strToU8('<workbook/>') }));
    expect(await failure(load([path], options))).toMatchObject({ code: 'E266' });
  });

  it('text that is not UTF-8', async () => {
    const path = join(space.path, 'latin.xlsx');
    writeFileSync(
      path,
      zipSync({
        'xl/workbook.xml': strToU8('<workbook/>'),
        'xl/_rels/workbook.xml.rels': Buffer.from('<R a="\xe9"/>', 'latin1'),
      }),
    );
    expect(await failure(load([path], options))).toMatchObject({ code: 'E266' });
  });
});
