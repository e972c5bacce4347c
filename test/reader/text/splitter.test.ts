import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { ClvError } from '../../../src/base/errors.ts';
import type { Located } from '../../../src/reader/files/stable-file.ts';
import { prove } from '../../../src/reader/plain/proof.ts';
import { placeOf, recordFrom } from '../../../src/reader/text/places.ts';
import { readRecords } from '../../../src/reader/text/read-records.ts';
import type { Records } from '../../../src/reader/text/records.ts';
import { runs } from '../../runs.ts';
import { failure, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);

const PROJECTION = { columns: [0, 2, 3], fields: 4 };

function fileOf(content: string | Uint8Array, rows?: number): Located {
  const path = space.file(content, 'split.csv');
  return rows === undefined ? { name: 'split.csv', path } : { name: 'split.csv', path, rows };
}

async function isWellFormed(file: Located, readBytes?: number, plain = false): Promise<boolean> {
  const shape = { delimiter: ',', fields: 4, customer: 0, date: 1, amount: 2, keys: [3] };
  const options = { delimiter: ',', plain, pointGiven: true, decimals: 4 };
  return (await prove(file, shape, options, readBytes)).wellFormed;
}

/** All that is known of the records, each with its places and its text. */
async function recordsOf(file: Located, wellFormed: boolean, readBytes?: number, projection = PROJECTION) {
  const found: object[] = [];
  const reading = { delimiter: ',', projection, wellFormed };
  for await (const records of readRecords(file, reading, undefined, readBytes)) {
    expect(records.columns).toBe(projection.columns);
    for (const [i, row] of records.rows.entries()) found.push({ row, ...seen(records, i) });
  }
  return found;
}

function seen(records: Records, i: number): object {
  const { widths, ends, fields, columns, window } = records;
  const from = recordFrom(records, i);
  const { bytes, from: first, to } = window.bytes(from, ends[i]!);
  const places = columns!.flatMap((column, slot) => (column < widths[i]! ? [placeOf(records, i, slot)] : []));
  return {
    width: widths[i],
    from,
    end: ends[i],
    fields,
    places: [placeOf(records, i), ...places],
    text: window.text(from, ends[i]!),
    bytes: bytes.toString('utf8', first, to),
  };
}

const cell = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '\t',
    '\u00a0',
    '\ufeff',
    'paid',
    '2024-01-31',
    '12.50',
    'a much longer text, of some words',
    'Zoë',
  ),
  fc.constantFrom(
    '日本',
    '🙂',
    'a "quoted" one',
    '"',
    '""',
    'two\nlines',
    'two\r\nlines',
    'lone\rreturn',
    '\n',
    ',',
    'é, "è"\r\n',
    '="0812"',
    '="Zoë, 1"',
    '=""',
    '="a"b"',
  ),
  fc.string({ maxLength: 20 }).map((text) => text.replaceAll('\0', '')),
);
const NEEDS_QUOTES = /[",\r\n]/;
const written = fc
  .tuple(cell, fc.boolean())
  .map(([text, always]) => (always || NEEDS_QUOTES.test(text) ? `"${text.replaceAll('"', '""')}"` : text));
const record = fc.oneof(
  { weight: 8, arbitrary: fc.array(written, { minLength: 1, maxLength: 6 }).map((cells) => cells.join(',')) },
  { weight: 1, arbitrary: fc.constantFrom('', ',', ' , ', '""', '"",""', ',,,', '" ",,\u3000,') },
);
const newline = fc.constantFrom('\n', '\r\n');

/** Files of strict quotes: ragged and blank records, empty lines, either line end, a mark before or none. */
const strict = fc
  .tuple(fc.array(fc.tuple(record, newline), { maxLength: 12 }), record, fc.boolean())
  .map(([lines, last, bom]) => `${bom ? '\ufeff' : ''}${lines.map((one) => one.join('')).join('')}${last}`);

/** The same with damage: bytes that matter put in, taken out or changed. */
const damaged = fc
  .tuple(
    strict,
    fc.array(
      fc.tuple(
        fc.nat(),
        fc.constantFrom('"', '""', ',', '\n', '\r', '\r\n', ' ', 'x', '\ufeff', '"x', ''),
        fc.boolean(),
      ),
      { minLength: 1, maxLength: 3 },
    ),
  )
  .map(([text, edits]) => {
    let result = text;
    for (const [where, piece, replace] of edits) {
      const at = where % (result.length + 1);
      result = result.slice(0, at) + piece + result.slice(replace ? at + 1 : at);
    }
    return Buffer.from(result).toString();
  });

/** Plain up to somewhere, so that the proof changes its mind in the middle. */
const halfPlain = fc.tuple(fc.nat({ max: 6 }), fc.boolean(), strict).map(([lines, bom, rest]) => {
  const plain = 'C1,2024-01-02,5.00,north\n'.repeat(lines);
  return `${bom ? '\ufeff' : ''}customer,date,amount,region\n${plain}${rest.replace('\ufeff', '')}`;
});

const readSize = fc.integer({ min: 1, max: 64 });

describe('well-formed files', () => {
  it('are split as csv-parse reads them, at any read size', async () => {
    await fc.assert(
      fc.asyncProperty(strict, readSize, readSize, async (content, proofBytes, readBytes) => {
        const file = fileOf(content);
        expect(await isWellFormed(file, proofBytes)).toBe(true);
        const byCsvParse = await recordsOf(file, false);
        expect(await recordsOf(file, true, readBytes)).toEqual(byCsvParse);
        expect(await recordsOf(file, true)).toEqual(byCsvParse);
      }),
      { numRuns: runs(400) },
    );
  });

  it('are proven so where csv-parse reads the same only, and refused alike at any read size', async () => {
    let strictOnes = 0;
    await fc.assert(
      fc.asyncProperty(fc.oneof(damaged, halfPlain), readSize, fc.boolean(), async (content, readBytes, plain) => {
        const file = fileOf(content);
        const wellFormed = await isWellFormed(file, readBytes, plain);
        expect(await isWellFormed(file, undefined, !plain)).toBe(wellFormed);
        if (!wellFormed) return;
        strictOnes++;
        expect(await recordsOf(file, true, readBytes)).toEqual(await recordsOf(file, false));
      }),
      { numRuns: runs(800) },
    );
    expect(strictOnes).toBeGreaterThan(runs(100));
  });

  it('have places that are rows where they were written from rows', async () => {
    await fc.assert(
      fc.asyncProperty(strict, readSize, async (content, readBytes) => {
        const file = fileOf(content, 5);
        expect(await recordsOf(file, true, readBytes)).toEqual(await recordsOf(file, false));
      }),
      { numRuns: runs(100) },
    );
  });

  it('leave columns blank that are not read', async () => {
    const file = fileOf('a,b,c,d\n1,2,3,4\n"x",,"y ""z""",w\n');
    const projection = { columns: [-1, 2, 3], fields: 4 };
    const found = await recordsOf(file, true, undefined, projection);
    expect(found).toEqual(await recordsOf(file, false, undefined, projection));
    expect(found.map((one) => (one as { row: unknown }).row)).toEqual([
      ['', 'c', 'd'],
      ['', '3', '4'],
      ['', 'y "z"', 'w'],
    ]);
  });

  it.each([
    ['a lone return', 'a,b\r1,2\n'],
    ['a return at the end', 'a,b\n1,2\r'],
    ['two returns', 'a,b\r\r\n1,2\n'],
    ['a return behind quotes', 'a,b\n"1"\r2\n'],
    ['a quote in a field', 'a,b\n1",2\n'],
    ['a quote behind a blank', 'a,b\n1, "2"\n'],
    ['text behind a closing quote', 'a,b\n"1"x,2\n'],
    ['a blank behind a closing quote', 'a,b\n"1" ,2\n'],
    ['quotes that are not closed', 'a,b\n"1,2\n'],
    ['quotes behind a second byte order mark', '\ufeff\ufeff"a",b\n'],
    ['another quote behind two', 'a,b\n"""",""x""\n'],
  ])('are not those with %s', async (_, content) => {
    for (const readBytes of [1, 2, 3, 1 << 20]) expect(await isWellFormed(fileOf(content), readBytes)).toBe(false);
  });

  it.each([
    ['a field', `a,b\n1,2\n3,"${'x'.repeat((1 << 20) + 1)}"\n4,5\n`],
    ['a field of many bytes', `a,b\n1,2\n\n${'é'.repeat((1 << 19) + 1)},3\n`],
    ['the record', `a,b\n1,2\n${`${'x'.repeat(1 << 20)},`.repeat(9)}\n3,4\n`],
    ['the record', `a,b\n1,2\n"${'x\n'.repeat(5 << 20)}"\n`],
    ['the record', `a,b\n1,2\n${'\n'.repeat((8 << 20) + 1)}3,4\n`],
    ['the record', `a,b\n1,2\n${','.repeat(10_000)}x\n`],
    ['the record', `a,b\n1,2\n${','.repeat(10_000)}\n`],
  ])('are refused with %s beyond the limit as csv-parse is', async (_, content) => {
    const file = fileOf(content);
    expect(await isWellFormed(file)).toBe(true);
    const error = await failure(recordsOf(file, true));
    const other = await failure(recordsOf(file, false));
    const said = ({ code, values, place }: ClvError) => [code, values, place?.line, place?.column];
    expect(said(error)).toEqual(said(other));
    expect(error.code).toBe('E238');
  });

  it('may have fields and records of just the limit', async () => {
    const half = `"${'""'.repeat(1 << 19)}${'x'.repeat(1 << 19)}"`;
    const file = fileOf(`a,b\n1,${half}\n${'é'.repeat(1 << 19)},${half}\n${','.repeat(9_999)}\n`);
    expect(await isWellFormed(file)).toBe(true);
    expect(await recordsOf(file, true)).toEqual(await recordsOf(file, false));
  });
});
