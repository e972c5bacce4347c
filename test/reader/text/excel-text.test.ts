import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { innerText, rewritten, withoutExcelText } from '../../../src/reader/text/excel-text.ts';
import { runs } from '../../runs.ts';
import { failure, load, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);

describe('a field that is text for a spreadsheet', () => {
  it.each([
    ['="0812"', '0812'],
    ['=""', ''],
    ['="a"b"', '="a"b"'],
    ['=0812', '=0812'],
    ['="', '="'],
    ['x="1"', 'x="1"'],
  ])('%s is %s', (field, text) => {
    expect(innerText(field)).toBe(text);
  });

  it.each([
    ['="1",a\n', '"1 ",a\n'],
    ['a,="1"\r\nb,="2"', 'a,"1 "\r\nb,"2 "'],
    ['a,="1,2",b\n', 'a,"1,2 ",b\n'],
    ['"="",1",="2"\n', '"="",1","2 "\n'],
    ['"a\n=""1""",="2"\n', '"a\n=""1""","2 "\n'],
    ['x="1",a\n', 'x="1",a\n'],
    ['="1"x,a\n', '="1"x,a\n'],
    ['="1\n2",a\n', '="1\n2",a\n'],
    ['="a"b",c\n', '="a"b",c\n'],
    ['=1,a\n', '=1,a\n'],
    ['\ufeff="1",a\n', '\ufeff"1 ",a\n'],
  ])('%j is rewritten as %j', (text, rewrite) => {
    expect(withoutExcelText(Buffer.from(text), ',').toString()).toBe(rewrite);
  });

  it('is rewritten alike at any read size', async () => {
    const piece = fc.constantFrom('="1"', '="a,b"', '"x"', '"=""1"""', '"a\nb"', 'é', '=', '"', ',', ',', '\n', '\r\n');
    let number = 0;
    await fc.assert(
      fc.asyncProperty(
        fc.array(piece, { minLength: 1, maxLength: 20 }),
        fc.integer({ min: 1, max: 9 }),
        async (pieces, size) => {
          const text = pieces.join('');
          const file = { name: 'a', path: space.file(text) };
          const path = await rewritten(file, ',', space.scratch, String(number++), undefined, size);
          const whole = withoutExcelText(Buffer.from(text), ',').toString();
          expect(path === null ? text : readFileSync(path, 'utf8')).toBe(whole);
        },
      ),
      { numRuns: runs(150) },
    );
  });
});

describe('ids that are digits are one customer', () => {
  const ROWS = ['0812', '="0812"', '"=""0812"""', "'0812", '`0812', '٠٨١٢', '\u200e0812', '０８１２'];

  it.each(ROWS)('%s, alone and beside the others', async (id) => {
    const file = space.file(`customer,date,amount\n${id},2024-01-02,5\n`);
    const { sink, result } = await load([file], { scratch: space.scratch });
    expect(result.totals.records).toBe(1);
    expect(id === '0812' ? sink.files.length : sink.rows[0]![0]).toBe(id === '0812' ? 1 : '0812');
  });

  it('in one file, with the hash of the file as it is', async () => {
    const file = space.file(`customer,date,amount\n${ROWS.map((id) => `${id},="2024-01-02",="5.50"\n`).join('')}`);
    const { sink, result } = await load([file], { scratch: space.scratch });
    expect(new Set(sink.rows.map((row) => row.join()))).toEqual(new Set(['0812,2024-01-02,5.5000']));
    expect(result.files[0]!.bytes).toBe(readFileSync(file).length);
  });

  it('and what is no such field as a whole is refused at its place', async () => {
    const error = await failure(
      load([space.file('customer,date,amount\n="1"x,2024-01-02,5\n')], { scratch: space.scratch }),
    );
    expect(error).toMatchObject({ code: 'E235', place: { line: 2, column: 2 } });
  });
});

describe('a first line that names the delimiter', () => {
  it.each([
    ['sep=;\ncustomer;date;amount\na;2024-01-02;5,5\n', '5.5000'],
    ['\ufeffSEP=;\r\ncustomer;date;amount\r\na;2024-01-02;5,5\r\n', '5.5000'],
    ['"sep=|"\ncustomer|date|amount\na|2024-01-02|5.5\n', '5.5000'],
    ['sep=^\ncustomer^date^amount\na^2024-01-02^5.5\n', '5.5000'],
  ])('%j', async (text, amount) => {
    const { sink } = await load([space.file(text)], { scratch: space.scratch });
    expect(sink.rows).toEqual([['a', '2024-01-02', amount]]);
  });

  it('is above the header that a message names', async () => {
    const error = await failure(load([space.file('sep=;\nwho;when;what\na;b;c\n')], { scratch: space.scratch }));
    expect(error).toMatchObject({ code: 'E124', place: { line: 2 } });
  });
});

it('headers are found without marks of direction and stars', async () => {
  const { sink } = await load([space.file('*customer,\u200fdate,\u2066*amount\u2069\na,2024-01-02,5\n')], {
    scratch: space.scratch,
  });
  expect(sink.files).toHaveLength(1);
});

it('E235 names the column of JSON', async () => {
  const text = 'customer,date,amount,meta\n"a,b",2024-01-02,5,{"k": 1}\n';
  const error = await failure(load([space.file(text)], { scratch: space.scratch }));
  expect(error.values['remedy']).toContain('column "meta" holds JSON');
  const plain = await failure(
    load([space.file('customer,date,amount,note\na,2024-01-02,5,x\nb,2024-01-02,5,say "x"\n')], {
      scratch: space.scratch,
    }),
  );
  expect(plain.values['remedy']).toContain('in column "note"');
});
