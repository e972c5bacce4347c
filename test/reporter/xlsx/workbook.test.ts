import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Cell, Kind, Report } from '../../../src/data/report.ts';
import { openSource } from '../../../src/reader/files/source.ts';
import { xlsx } from '../../../src/reporter/xlsx/xlsx.ts';
import { runs } from '../../runs.ts';
import { reportOf, sectionOf, viewOf } from '../helpers.ts';

let folder: string;
let count = 0;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'clv-xlsx-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const options = { width: 80, color: false } as const;

async function bytesOf(report: Report): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  for await (const part of xlsx.write(report, options)) parts.push(part as Uint8Array);
  return Buffer.concat(parts);
}

/** A sheet as the program itself reads it. */
async function readBack(bytes: Uint8Array, sheet: string): Promise<string> {
  const path = join(folder, `${count++}.xlsx`);
  writeFileSync(path, bytes);
  const [source] = await openSource(path, count++, { scratch: folder, sheet });
  return readFileSync(source!.path, 'utf8');
}

const list = (columns: Record<string, Kind>, rows: readonly Cell[][]) => reportOf([sectionOf('list', columns, rows)]);

const COLUMNS = {
  id: 'text',
  day: 'date',
  n: 'integer',
  clv: 'money',
  share: 'share',
  dert: 'number',
  i: 'interval',
} as const;

describe('a workbook', () => {
  it('holds what it is told, typed: ids keep their zeros, days are days, an interval has two columns', async () => {
    const bytes = await bytesOf(
      list(COLUMNS, [
        ['007', '2024-02-29', '12', '-1234.50', '0.250000', '61.191455', '1.00 2.50'],
        ['1e5', null, null, null, null, null, null],
        ['=1+1', '1899-01-01', '0', '0.05', '1.000000', '0.000000', '-1.00 0.00'],
      ]),
    );
    expect(await readBack(bytes, 'list')).toBe(
      'id,day,n,clv,share,dert,i_low,i_high\n007,2024-02-29,12,-1234.5,0.25,61.191455,1,2.5\n1e5,,,,,,,\n=1+1,1899-01-01,0,0.05,1,0,-1,0\n',
    );
  });

  it('gives money the decimals that it has, and shares in percent', async () => {
    const xml = unzipSync(await bytesOf(list({ a: 'money', b: 'money', c: 'share' }, [['1.20', '1.234', '0.5']])));
    const sheet = strFromU8(xml['xl/worksheets/sheet2.xml']!);
    const styles = [...sheet.matchAll(/<c s="(\d+)"><v>/g)].map(([, style]) => Number(style));
    const text = strFromU8(xml['xl/styles.xml']!);
    const formats = new Map(
      [...text.matchAll(/numFmtId="(\d+)" formatCode="([^"]+)"/g)].map(([, id, code]) => [id!, code!]),
    );
    const cells = [.../<cellXfs[^>]*>(.*)<\/cellXfs>/.exec(text)![1]!.matchAll(/<xf numFmtId="(\d+)"/g)].map(
      ([, id]) => id!,
    );
    expect(styles.map((style) => formats.get(cells[style]!))).toEqual(['#,##0.00', '#,##0.000', '0.0%']);
    expect(sheet).toContain('state="frozen"');
    expect(sheet).toContain('<autoFilter ref="A1:C2"/>');
  });

  it('keeps a number of more than 15 digits whole, as a text', async () => {
    const bytes = await bytesOf(
      list({ id: 'text', m: 'money' }, [
        ['a', '12345678901234567.89'],
        ['b', '123456789012.34'],
      ]),
    );
    expect(await readBack(bytes, 'list')).toBe('id,m\na,12345678901234567.89\nb,123456789012.34\n');
  });

  it('holds any text', async () => {
    const text = fc.string({ unit: 'binary', maxLength: 12 }).filter((one) => one.trim() === one && one !== '');
    const hostile = fc.constantFrom(
      '_x000D_',
      '\u0000',
      'a\u001fb',
      '<&">',
      ']]>',
      '\ufffe',
      '\ud800',
      '_x_',
      'a  b',
      '</t>',
    );
    await fc.assert(
      fc.asyncProperty(fc.array(fc.oneof(text, hostile), { minLength: 1, maxLength: 5 }), async (texts) => {
        const xml = unzipSync(
          await bytesOf(
            list(
              { id: 'text' },
              texts.map((one) => [one]),
            ),
          ),
        );
        const sheet = strFromU8(xml['xl/worksheets/sheet2.xml']!);
        const found = [...sheet.matchAll(/<t xml:space="preserve">([^<]*)<\/t>/g)]
          .slice(1)
          .map(([, one]) =>
            one!
              .replace(/&(lt|gt|amp|quot);/g, (_, name: 'lt') => ({ lt: '<', gt: '>', amp: '&', quot: '"' })[name])
              .replace(/_x([0-9A-F]{4})_/g, (_, code) => String.fromCharCode(Number.parseInt(code, 16))),
          );
        expect(found).toEqual(texts);
        expect(sheet).not.toMatch(/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/);
      }),
      { numRuns: runs(50) },
    );
  });

  it('is the same bytes for the same report, whatever the clock and the zone', async () => {
    const report = list(COLUMNS, [['007', '2024-02-29', '12', '1.50', '0.25', '1.0', '1.00 2.50']]);
    const zone = process.env['TZ'];
    const first = await bytesOf(report);
    process.env['TZ'] = 'Asia/Tokyo';
    try {
      expect(Buffer.compare(await bytesOf(report), first)).toBe(0);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('says the answer, the facts and what they stand on', async () => {
    const section = sectionOf('list', { id: 'text' }, [['a']]);
    const report: Report = {
      ...reportOf(
        [section],
        [viewOf(section), { type: 'facts', title: 'Facts', facts: [{ label: 'Equity', value: '1.00' }] }],
      ),
      document: [
        ['methodology', { as_of: '2024-01-01', horizon: 'lifetime' }],
        ['list', section],
      ],
      answer: async () => ['One customer holds all.'],
    };
    const bytes = await bytesOf(report);
    expect(await readBack(bytes, 'report')).toContain('Equity,1.00');
    expect(await readBack(bytes, 'report')).toContain('One customer holds all.');
    expect(await readBack(bytes, 'methodology')).toContain('methodology.horizon,lifetime');
  });

  it('E463: a text longer than a cell', async () => {
    await expect(bytesOf(list({ id: 'text' }, [['x'.repeat(32_768)]]))).rejects.toMatchObject({ code: 'E463' });
  });

  it('E464: more rows than a sheet, told before any is written where they are counted, and while they are walked', async () => {
    const section = sectionOf('list', { id: 'text' }, [['a']]);
    const long = (more: object): Report => reportOf([{ ...section, ...more }]);
    await expect(bytesOf(long({ rows: 1_048_576 }))).rejects.toMatchObject({ code: 'E464' });
    await expect(bytesOf(long({ rows: 1_048_575 }))).resolves.toBeDefined();
    const blocks = [
      { length: 1, cells: [['a']] },
      { length: 1_048_575, cells: [] },
    ];
    await expect(bytesOf(long({ blocks }))).rejects.toMatchObject({ code: 'E464' });
  });
});
