import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { isoOf } from '../../../src/base/calendar.ts';
import { readCosts } from '../../../src/reader/tables/costs.ts';
import { readMargins } from '../../../src/reader/tables/margins.ts';
import { workbook } from '../../make-workbook.ts';
import { failure, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const HEADER = ['client', 'Order Date', 'total', 'region', 'Product Group', 'constructor'];
const MAPPING = { customer: 'client', date: 'Order Date', amount: 'total' };
const margins = (content: string | Uint8Array, header = HEADER) => readMargins(space.file(content), header, MAPPING);
const costs = (content: string) => readCosts(space.file(content), MAPPING);

describe('E247: what is no text is named', () => {
  it.each([
    ['a workbook or an archive', workbook([{ name: 'Margins', rows: [['margin'], [0.3]] }])],
    ['packed with gzip', gzipSync('margin\n30%\n')],
    ['a PDF document', Buffer.from('%PDF-1.7')],
    ['JSON', Buffer.from('[{"margin": 0.3}]')],
  ])('%s', async (what, bytes) => {
    expect(await failure(margins(bytes))).toMatchObject({ code: 'E247', values: { what } });
  });
});

describe('margins', () => {
  it('have keys by column name, wildcards and periods', async () => {
    const { columns, rows, source } = await margins(
      'product_group;REGION;margin;from;to\nbasic;;35%;;\nbasic;north;0.4;2024-01-01;2024-06-30\n;;1;;\n',
    );
    expect(columns).toEqual(['Product Group', 'region']);
    expect(rows.map(({ kind }) => kind)).toEqual(['rate', 'rate', 'rate']);
    expect(rows.map(({ line, keys, value }) => [line, [...keys], value.toFixed()])).toEqual([
      [2, [['Product Group', 'basic']], '0.35'],
      [
        3,
        [
          ['Product Group', 'basic'],
          ['region', 'north'],
        ],
        '0.4',
      ],
      [4, [], '1'],
    ]);
    expect(rows.map(({ from, to }) => [from, to].map((day) => day && isoOf(day)))).toEqual([
      [null, null],
      ['2024-01-01', '2024-06-30'],
      [null, null],
    ]);
    expect(source).toMatchObject({ records: 3, sha256: expect.stringMatching(/^[0-9a-f]{64}$/) });
  });

  it('may be costs of a row', async () => {
    const { rows } = await margins('region,unit_cost\nnorth,"1,234.5678"\nsouth,0\n');
    expect(rows.map(({ kind, value }) => [kind, value.toFixed()])).toEqual([
      ['unit_cost', '1234.5678'],
      ['unit_cost', '0'],
    ]);
  });

  it('may be a rate in one row and a cost in the next', async () => {
    const { columns, rows } = await margins('unit_cost,region,margin\n3.25,north,\n,south,-5%\n');
    expect(columns).toEqual(['region']);
    expect(rows.map(({ kind, value }) => [kind, value.toFixed()])).toEqual([
      ['unit_cost', '3.25'],
      ['rate', '-0.05'],
    ]);
  });

  it.each(['client', 'Client', 'customer', 'customer_id', 'user'])('"%s" means the customer', async (name) => {
    expect((await margins(`${name},margin\nC1,10%\n`)).columns).toEqual(['client']);
  });

  it('may have line breaks in cells, UTF-16, and names of prototypes', async () => {
    const { rows } = await margins('constructor,margin\n"a\nb",10%\n__proto__,20%\n');
    expect(rows.map(({ line, keys }) => [line, keys.get('constructor')])).toEqual([
      [2, 'a\nb'],
      [4, '__proto__'],
    ]);
    const wide = await margins(iconv.encode('region;margin\nmünchen;10%\n', 'utf-16le', { addBOM: true }));
    expect(wide.rows[0]?.keys.get('region')).toBe('münchen');
  });

  it('may follow each other without overlap', async () => {
    const { rows } = await margins('margin,from,to\n10%,,2024-01-31\n20%,2024-02-01,2024-02-29\n30%,2024-03-01,\n');
    expect(rows.length).toBe(3);
  });

  it.each([
    ['E253', 'region,margin\nn,10%\ns,10%\nn,20%\n', '4:1'],
    ['E253', 'region,margin,from,to\nn,10%,,2024-01-31\nn,20%,2024-01-31,\n', '3:1'],
    ['E253', 'margin\n10%\n20%\n', '3:1'],
    ['E254', 'region,margin\nnorth,35\n', '2:7'],
    ['E254', 'region,margin\nnorth,150%\n', '2:7'],
    ['E254', 'region,margin\n"nor\nth","x"\n', '3:6'],
    ['E254', 'region,margin\nnorth,\n', '2:7'],
    ['E254', 'region,unit_cost\nnorth,-1\n', '2:7'],
    ['E254', 'region,unit_cost\nnorth,1.23456\n', '2:7'],
    ['E254', 'region,unit_cost\nnorth,abc\n', '2:7'],
    ['E254', 'margin,from\n10%,2024-02-30\n', '2:5'],
    ['E254', 'margin,from\n10%,01/02/2024\n', '2:5'],
    ['E254', 'margin,from,to\n10%,2024-02-02,2024-02-01\n', '2:16'],
    ['E255', 'region\nnorth\n', '1:1'],
    ['E254', 'region,margin,unit_cost\nnorth,1,1\n', '2:9'],
    ['E254', 'region,margin,unit_cost\nnorth,1,\nsouth,,\n', '3:7'],
    ['E254', 'region,margin,unit_cost\nnorth,1,0\n', '2:9'],
    ['E253', 'region,margin,unit_cost\nnorth,1,\nnorth,,2\n', '3:1'],
    ['E255', 'city,margin\nx,10%\n', '1:1'],
    ['E255', 'order_date,margin\n2024-01-01,10%\n', '1:1'],
    ['E255', 'client,customer_id,margin\nC1,C1,10%\n', '1:1'],
    ['E255', 'region,Region,margin\nn,n,10%\n', '1:1'],
    ['E231', '', ''],
    ['E232', 'region,margin\n', ''],
    ['E233', 'region,margin\nnorth,10%,x\n', '2:1'],
    ['E234', 'region,margin\n"north,10%\n', '2:1'],
    ['E235', 'region,margin\nno"rth,10%\n', '2:3'],
    ['E236', 'region,margin\nno\0rth,10%\n', '2:3'],
  ])('%s: %j', async (code, content, place) => {
    const error = await failure(margins(content));
    expect(error.code).toBe(code);
    if (place) expect(`${error.place?.line}:${error.place?.column}`).toBe(place);
  });

  it('a name like two columns must be exact', async () => {
    const header = [...HEADER, 'Region'];
    expect((await margins('Region,margin\nn,10%\n', header)).columns).toEqual(['Region']);
    expect((await failure(margins('REGION,margin\nn,10%\n', header))).code).toBe('E255');
  });

  it('must be there and be UTF-8', async () => {
    expect((await failure(readMargins('/nowhere.csv', HEADER, MAPPING))).code).toBe('E401');
    expect((await failure(readMargins(space.path, HEADER, MAPPING))).code).toBe('E402');
    const error = await failure(margins(Buffer.from('region,margin\nm\xfcnchen,10%\n', 'latin1')));
    expect(error).toMatchObject({ code: 'E237', values: { byte: '0xFC' }, place: { line: 2, column: 2 } });
  });
});

describe('costs', () => {
  it('belong to a customer and a day; corrections are negative', async () => {
    const { rows, source } = await costs(
      'customer_id,date,cost,note\n0042,2024-01-02,12.5,x\n0042,2024-01-03,(2.50),\n',
    );
    expect(rows.map(({ line, customer, day, cost }) => [line, customer, isoOf(day), cost])).toEqual([
      [2, '0042', '2024-01-02', 125_000n],
      [3, '0042', '2024-01-03', -25_000n],
    ]);
    expect(source.records).toBe(2);
  });

  it.each([
    ['E254', 'client,date,cost\n,2024-01-02,1\n', '2:1'],
    ['E254', 'client,date,cost\nC1,2024-01-32,1\n', '2:4'],
    ['E254', 'client,date,cost\nC1,2024-01-02,oops\n', '2:15'],
    ['E254', 'client,date,cost\nC1,2024-01-02,0.00001\n', '2:15'],
    ['E255', 'client,cost\nC1,1\n', '1:1'],
    ['E255', 'client,customer,date,cost\nC1,C1,2024-01-02,1\n', '1:1'],
    ['E255', 'client,date\nC1,2024-01-02\n', '1:1'],
  ])('%s: %j', async (code, content, place) => {
    const error = await failure(costs(content));
    expect(error.code).toBe(code);
    expect(`${error.place?.line}:${error.place?.column}`).toBe(place);
  });
});
