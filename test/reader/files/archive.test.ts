import { createHash } from 'node:crypto';
import { appendFileSync, readFileSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import { strToU8, type Zippable, zipSync } from 'fflate';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { columnarEngine } from '../../../src/ledger/registry.ts';
import { openTransactions, type Reject } from '../../../src/reader/transactions.ts';
import { parquet } from '../../make-parquet.ts';
import { workbook } from '../../make-workbook.ts';
import { failure, load, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const options = { scratch: space.scratch };
let count = 0;
const table = (...ids: readonly string[]) =>
  `customer,date,amount\n${ids.map((id) => `${id},2024-01-02,1\n`).join('')}`;
const bytesOf = (members: Zippable) => Buffer.from(zipSync(members));
const zip = (members: Zippable | Buffer) =>
  space.file(Buffer.isBuffer(members) ? members : bytesOf(members), `a${count++}.zip`);
const text = (...ids: readonly string[]) => strToU8(table(...ids));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
const names = ({ files }: { files: readonly { name: string }[] }) => files.map(({ name }) => name);

describe('an archive', () => {
  it('is the files in it, by the bytes of their names, each with its own hash and size', async () => {
    const path = zip({ 'b.csv': text('B'), 'B.csv': text('A', 'C'), 'in/é.csv': [text('D'), { level: 0 }] });
    const { result } = await load([path], options);
    expect(result.totals.records).toBe(4);
    expect(result.files).toMatchObject([
      { name: `${path}:B.csv`, records: 2, sha256: sha256(text('A', 'C')), bytes: text('A', 'C').length },
      { name: `${path}:b.csv`, records: 1 },
      { name: `${path}:in/é.csv`, records: 1 },
    ]);
  });

  it('has no hidden files and no folders', async () => {
    const path = zip({
      'a.csv': text('A'),
      in: {},
      '__MACOSX/._a.csv': strToU8('x'),
      '.DS_Store': strToU8('x'),
      'in/.hidden/x.pdf': strToU8('x'),
      'in/_x.txt': strToU8('x'),
    });
    expect(names((await load([path], options)).result)).toEqual([`${path}:a.csv`]);
  });

  it('is known by its bytes, from standard input too', async () => {
    const stdin = Readable.from([bytesOf({ 'a.csv': text('A') })]);
    expect((await load(['-'], { ...options, stdin })).result.files).toMatchObject([{ name: '-:a.csv', records: 1 }]);
    const packed = space.file(gzipSync(bytesOf({ 'a.csv': text('A') })), 'any.csv');
    expect(names((await load([packed], options)).result)).toEqual([`${packed}:a.csv`]);
  });

  it('may hold packed files, workbooks, columns of types, and other encodings', async () => {
    const wide = iconv.encode(table('A'), 'utf-16le', { addBOM: true });
    const book = workbook([
      {
        name: 'S',
        rows: [
          ['customer', 'date', 'amount'],
          ['A', '2024-01-02', 1],
        ],
      },
    ]);
    const columns = await parquet(
      join(space.path, 'x.parquet'),
      `SELECT 'A' AS customer, DATE '2024-01-02' AS date, 1 AS amount`,
    );
    for (const [name, bytes] of [
      ['a.csv.gz', gzipSync(table('A'))],
      ['a.txt', wide],
      ['a.xlsx', book],
      ['a.parquet', readFileSync(columns)],
    ] as const) {
      const path = zip({ [name]: bytes });
      const { result } = await load([path], { ...options, columnar: columnarEngine(space.scratch) });
      const wanted = { name: `${path}:${name}`, records: 1, sha256: sha256(bytes), bytes: bytes.length };
      expect(result.files).toMatchObject([wanted]);
    }
  });

  it('places what is wrong in the file in it', async () => {
    const path = zip({ 'a.csv': strToU8('customer,date,amount\nA,2024-13-01,1\n') });
    const rejects: Reject[] = [];
    await failure(load([path], options, [], rejects));
    expect(rejects[0]?.place).toMatchObject({ file: `${path}:a.csv`, line: 2, column: 3 });
  });

  it('must hold one header, no content twice, and hold still', async () => {
    const twice = zip({ 'a.csv': text('A'), 'b.csv': text('A') });
    const second = { place: { file: `${twice}:b.csv` } };
    expect(await failure(load([twice], options))).toMatchObject({ code: 'E240', ...second });
    const other = zip({ 'a.csv': text('A'), 'b.csv': strToU8('customer,date,total\nA,2024-01-02,1\n') });
    expect(await failure(load([other], options))).toMatchObject({ code: 'E239', place: { file: `${other}:b.csv` } });
    const moving = zip({ 'a.csv': text('A') });
    const transactions = await openTransactions([moving], options);
    appendFileSync(moving, 'x');
    expect(await failure(transactions.verifyUnchanged())).toMatchObject({ code: 'E431' });
  });

  it('of many files and of large ones is written out part by part', async () => {
    const large = `customer,date,amount\n${Array.from({ length: 200_000 }, (_, i) => `C${i},2024-01-02,${i % 97}\n`).join('')}`;
    const many = Object.fromEntries(Array.from({ length: 50 }, (_, i) => [`${i}.csv`, text(`N${i}`)]));
    const path = zip({ ...many, 'large.csv': strToU8(large) });
    expect((await load([path], options)).result.totals.records).toBe(200_050);
  });
});

describe('E249: several kinds', () => {
  it.each([
    [['a.csv', 'b.tsv'], '*.csv, *.tsv'],
    [['a.csv', 'README'], '(no ending), *.csv'],
    [['a.csv', 'a.csv.gz'], '*.csv, *.csv.gz'],
    [['a.csv', 'b.pdf'], '*.csv, *.pdf'],
  ])('%s', async (members, kinds) => {
    const path = zip(Object.fromEntries(members.map((name) => [name, text(name)])));
    const error = await failure(load([path], options));
    expect(error).toMatchObject({ code: 'E249', values: { kinds }, place: { file: path } });
  });

  it('but not for the case of an ending', async () => {
    expect((await load([zip({ 'a.csv': text('A'), 'b.CSV': text('B') })], options)).result.totals.records).toBe(2);
  });
});

/** The bytes of an archive with a name in place of another of its length. */
const renamed = (from: string, to: string, members: Zippable) =>
  Buffer.from(bytesOf(members).toString('latin1').replaceAll(from, to), 'latin1');
/** Offset of the entry of the only member in the list at the end. */
const listed = (bytes: Buffer) => bytes.lastIndexOf(Buffer.from('PK\x01\x02', 'latin1'));
const changed = (bytes: Buffer, change: (bytes: Buffer, entry: number) => void) => {
  const copy = Buffer.from(bytes);
  change(copy, listed(copy));
  return copy;
};

describe('E265: a name that leads out', () => {
  it.each(['/aa.csv', '../a.csv', 'C:/a.cs', 'b/../a.c'])('%s', async (name) => {
    const path = zip(renamed('x'.repeat(name.length), name, { ['x'.repeat(name.length)]: text('A') }));
    const error = await failure(load([path], options));
    expect(error).toMatchObject({ code: 'E265', values: { member: name }, place: { file: path } });
  });

  it('or is a link', async () => {
    const path = zip(bytesOf({ 'a.csv': [strToU8('/etc/passwd'), { os: 3, attrs: 0o120777 << 16 }] }));
    expect(await failure(load([path], options))).toMatchObject({ code: 'E265', values: { member: 'a.csv' } });
  });
});

describe('E248', () => {
  const one = bytesOf({ 'a.csv': text(...Array.from({ length: 99 }, (_, i) => `C${i}`)) });
  it('wherever it is cut off', async () => {
    for (let length = 4; length < one.length; length += 7) {
      const error = await failure(load([space.file(one.subarray(0, length), 'cut.zip')], options));
      expect([length, error.code, error.values['problem']]).toEqual([length, 'E248', 'is damaged or cut off']);
    }
  });

  it.each([
    ['a changed byte', /^is damaged/, changed(one, (bytes) => bytes.writeUInt8(bytes[60]! ^ 0xff, 60))],
    [
      'a changed byte of what is not packed',
      /^is damaged: "a.csv"/,
      Buffer.from(
        bytesOf({ 'a.csv': [text('AAAA'), { level: 0 }] })
          .toString('latin1')
          .replace('AAAA', 'AABA'),
        'latin1',
      ),
    ],
    ['another check sum', /^is damaged: "a.csv"/, changed(one, (bytes, entry) => bytes.writeUInt32LE(1, entry + 16))],
    ['another size', /^is damaged/, changed(one, (bytes, entry) => bytes.writeUInt32LE(7, entry + 24))],
    ['encryption', /^is encrypted/, changed(one, (bytes, entry) => bytes.writeUInt16LE(1, entry + 8))],
    ['strong encryption', /^is encrypted/, changed(one, (bytes, entry) => bytes.writeUInt16LE(0x41, entry + 8))],
    [
      'another method',
      /method that is not read here \(9\)/,
      changed(one, (bytes, entry) => bytes.writeUInt16LE(9, entry + 10)),
    ],
    [
      'a part of several',
      /^is one part of several/,
      changed(one, (bytes) => bytes.writeUInt16LE(1, bytes.length - 18)),
    ],
    ['nothing', /^holds no file/, bytesOf({})],
    ['nothing that is not hidden', /^holds no file/, bytesOf({ '.a.csv': text('A') })],
    ['a name twice', /^holds "a.csv" twice/, renamed('b.csv', 'a.csv', { 'a.csv': text('A'), 'b.csv': text('B') })],
    [
      'too many',
      /^holds more than 10,000 files/,
      bytesOf(Object.fromEntries(Array.from({ length: 10_001 }, (_, i) => [`${i}.csv`, new Uint8Array()]))),
    ],
  ] as const)('%s', async (_, problem, bytes) => {
    const path = zip(bytes);
    expect(await failure(load([path], options))).toMatchObject({
      code: 'E248',
      values: { problem: expect.stringMatching(problem) },
      place: { file: path },
    });
  });
});

describe('E245', () => {
  const lines = Buffer.alloc(40 << 20, `customer,date,amount,${'x'.repeat(2000)}\n`);

  it('for all files together', async () => {
    const one = await failure(load([zip({ 'a.csv': lines })], options));
    expect(one.code).not.toBe('E245');
    expect(await failure(load([zip({ 'a.csv': lines, 'b.csv': lines })], options))).toMatchObject({ code: 'E245' });
  });

  it('for what is packed in what is packed', async () => {
    const twice = zip({ 'a.csv.gz': gzipSync(Buffer.concat([lines, lines])) });
    expect(await failure(load([twice], options))).toMatchObject({ code: 'E245', place: { file: twice } });
  });
});

it('a link to an archive is the archive', async () => {
  const link = join(space.path, 'link.zip');
  symlinkSync(zip({ 'a.csv': text('A') }), link);
  expect(names((await load([link], options)).result)).toEqual([`${link}:a.csv`]);
});
