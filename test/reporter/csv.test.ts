import { parse } from 'csv-parse/sync';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csv } from '../../src/reporter/csv.ts';
import { reportOf, sectionOf, textOf } from './helpers.ts';

const customers = () =>
  sectionOf('customers', { customer_id: 'text', first_purchase: 'date', clv: 'money', range: 'interval' }, [
    ['000417', '2024-02-29', '-12.50', '1.00 2.00'],
    ['a "b", c\r\nd', null, null, null],
    ['=1+1', '2024-01-01', '+0.00', '-1.00 2.00'],
  ]);

test('contract names, RFC 4180 quoting, LF, unknown as an empty cell, an interval as two columns', async () => {
  expect(await textOf(csv, reportOf([customers()]))).toBe(
    [
      'customer_id,first_purchase,clv,range_low,range_high',
      '000417,2024-02-29,-12.50,1.00,2.00',
      '"a ""b"", c\r\nd",,,,',
      "'=1+1,2024-01-01,+0.00,-1.00,2.00",
      '',
    ].join('\n'),
  );
});

test('another section by its name; E109 lists those there are', async () => {
  const segments = () => sectionOf('segments', { region: 'text' }, [['North']]);
  expect(await textOf(csv, reportOf([customers(), segments()]), { section: 'segments' })).toBe('region\nNorth\n');
  await expect(textOf(csv, reportOf([customers(), segments()]), { section: 'lines' })).rejects.toMatchObject({
    code: 'E109',
    values: { section: 'lines', sections: 'customers, segments' },
  });
});

const DANGEROUS = [
  '=1',
  '+1',
  '-1',
  '@a',
  '\tx',
  '\rx',
  '\nx',
  '＝1',
  '＋1',
  '－1',
  '＠a',
  '  =1',
  ' =1',
  '\u{feff}=1',
];

test.each(DANGEROUS)('the text %j gets an apostrophe, in cells and headings', async (text) => {
  const rows = parse(await textOf(csv, reportOf([sectionOf('customers', { [text]: 'text' }, [[text]])])), {
    bom: false,
  });
  expect(rows).toEqual([[`'${text}`], [`'${text}`]]);
});

test('any text comes back through csv-parse, behind its guard if it has one', async () => {
  const cells = fc.array(fc.string({ unit: 'binary' }), { minLength: 1, maxLength: 20 });
  const property = fc.asyncProperty(cells, async (texts) => {
    const rows = texts.map((text, index) => [text, String(index)]);
    const text = await textOf(csv, reportOf([sectionOf('customers', { id: 'text', n: 'integer' }, rows, 3)]));
    const [, ...parsed] = parse(text, { bom: false, record_delimiter: '\n' }) as string[][];
    const plain = parsed.map(([id, n]) => [texts[Number(n)] === id ? id : id!.replace(/^'/, ''), n]);
    expect(plain).toEqual(rows);
    for (const [id] of parsed) expect(id).not.toMatch(/^\s*[=+\-@\t\r\n＝＋－＠]/);
  });
  await fc.assert(property);
});

test('chunks are sizable and the list is never held', async () => {
  let walked = 0;
  const rows = Array.from({ length: 2000 }, (_, index) => [`${index}`.padStart(90, '0')]);
  const section = sectionOf('customers', { id: 'text' }, rows, 1000);
  const watched = (async function* () {
    for await (const block of section.blocks) {
      walked += 1;
      yield block;
    }
    for (let more = 0; more < 3; more++) {
      walked += 1;
      yield { length: 2000, cells: [rows.map(([cell]) => cell!)] };
    }
  })();
  const sizes: number[] = [];
  for await (const chunk of csv.write(reportOf([{ ...section, blocks: watched }]), { width: 80, color: false })) {
    if (sizes.length === 1) expect(walked).toBeLessThan(5);
    sizes.push(chunk.length);
  }
  expect(sizes.slice(1, -1).every((size) => size >= 65_536)).toBe(true);
});
