import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { Readable } from 'node:stream';
import { gzipSync } from 'node:zlib';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { failure, load, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const options = { scratch: space.scratch };
const TEXT = `customer,date,amount,note\n${Array.from({ length: 500 }, (_, i) => `Zoë${i},2024-01-02,${i}.25,x\n`).join('')}`;
const PACKED = gzipSync(TEXT);
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('a packed file', () => {
  it('is read as what is in it, under its own hash and size', async () => {
    const plain = await load([space.file(TEXT)], options);
    const { result, sink } = await load([space.file(PACKED, 'a.csv.gz')], options);
    expect(result.totals).toEqual(plain.result.totals);
    expect(result.files).toMatchObject([{ bytes: PACKED.length, sha256: sha256(PACKED), plain: true, records: 500 }]);
    expect(sink.files[0]?.path.startsWith(space.scratch)).toBe(true);
  });

  it('is known by its bytes: any name, and standard input', async () => {
    expect((await load([space.file(PACKED, 'a.txt')], options)).result.totals.records).toBe(500);
    const { result } = await load(['-'], { ...options, stdin: Readable.from([PACKED]) });
    expect(result.files).toMatchObject([{ name: '-', records: 500, sha256: sha256(PACKED) }]);
  });

  it('may hold UTF-16, or several files one after the other', async () => {
    const wide = gzipSync(iconv.encode(TEXT, 'utf-16le', { addBOM: true }));
    expect((await load([space.file(wide)], options)).result.files).toMatchObject([
      { records: 500, sha256: sha256(wide), bytes: wide.length },
    ]);
    const half = TEXT.indexOf('\n', TEXT.length / 2) + 1;
    const two = Buffer.concat([gzipSync(TEXT.slice(0, half)), gzipSync(TEXT.slice(half))]);
    expect((await load([space.file(two)], options)).result.totals.records).toBe(500);
  });

  it('places what is wrong by the lines in it', async () => {
    const path = space.file(gzipSync(`${TEXT}C1,2024-13-01,1,\n`), 'wrong.csv.gz');
    const rejects: { place: unknown }[] = [];
    await failure(load([path], options, [], rejects as never));
    expect(rejects[0]?.place).toMatchObject({ file: path, line: 502, column: 4 });
  });

  it('of the content of another is E240', async () => {
    const error = await failure(load([space.file(TEXT, 'b.csv'), space.file(PACKED, 'b.csv.gz')], options));
    expect(error.code).toBe('E240');
  });

  it('may be empty, which is said', async () => {
    expect((await failure(load([space.file(gzipSync(''))], options))).code).toBe('E231');
  });
});

describe('E244', () => {
  it('wherever it is cut off', async () => {
    const small = gzipSync('customer,date,amount\nC1,2024-01-02,1\n');
    for (let length = 2; length < small.length; length++) {
      const error = await failure(load([space.file(small.subarray(0, length), 'cut.gz')], options));
      expect([length, error.code]).toEqual([length, 'E244']);
    }
  });

  it.each([
    ['a changed byte', Buffer.from(PACKED).fill(PACKED[400]! ^ 0xff, 400, 401)],
    ['another check sum', Buffer.from(PACKED).fill(PACKED.at(-6)! ^ 0xff, PACKED.length - 6, PACKED.length - 5)],
    ['text behind it', Buffer.concat([PACKED, Buffer.from('C9,2024-01-01,1\n')])],
    ['padding and another file behind it', Buffer.concat([PACKED, Buffer.alloc(9), PACKED])],
    ['a second file cut off', Buffer.concat([PACKED, PACKED.subarray(0, 100)])],
  ])('%s', async (_, bytes) => {
    const file = space.file(bytes);
    expect(await failure(load([file], options))).toMatchObject({ code: 'E244', place: { file } });
  });
});

describe('E245', () => {
  it('more than a file may unpack to is not even written', async () => {
    const bomb = gzipSync(Buffer.alloc(80 << 20, 'customer,date,amount\n'));
    expect(bomb.length * 200).toBeLessThan(64 << 20);
    const file = space.file(bomb);
    expect(await failure(load([file], options))).toMatchObject({
      code: 'E245',
      values: { limit: 200 },
      place: { file },
    });
    expect(readdirSync(space.scratch).length).toBeGreaterThan(0);
  });
});
