import { createHash } from 'node:crypto';
import {
  appendFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  renameSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import iconv from 'iconv-lite';
import { afterAll, describe, expect, it } from 'vitest';
import { openTransactions } from '../../../src/reader/transactions.ts';
import { failure, load, MemorySink, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const options = { scratch: space.scratch };
const TEXT = 'customer,date,amount,note\nZoë,2024-01-02,5.00,Łódź € 🙂\nC2,2024-01-03,-2.50,"日\n本"\n';
const LATIN = 'customer,date,amount,note\nZoë,2024-01-02,5.00,naïve €\nC2,2024-01-03,-2.50,\n';
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

describe('files that cannot be read', () => {
  it.each([
    ['E401', () => join(space.path, 'missing.csv')],
    ['E401', () => join(space.file('x', 'plain-file'), 'below.csv')],
    ['E403', () => join(space.path, 'x'.repeat(300))],
    ['E403', () => loop()],
    ['E422', () => '/proc/self/mem'],
  ])('%s', async (code, name) => {
    const file = name();
    const error = await failure(load([file], options));
    expect(error).toMatchObject({ code, place: { file } });
  });

  function loop(): string {
    const path = join(space.path, 'loop.csv');
    symlinkSync(path, path);
    return path;
  }

  it('are named by what the system says', async () => {
    const error = await failure(load([join(space.path, 'y'.repeat(300))], options));
    expect(error.values['detail']).toBe('ENAMETOOLONG: name too long');
  });
});

describe('standard input', () => {
  /** A run has a scratch directory of its own. */
  const run = (stdin: Readable) => ({ scratch: mkdtempSync(join(space.scratch, 'run-')), stdin });

  it('is kept in the scratch directory and read like a file', async () => {
    const stdin = Readable.from([Buffer.from(LATIN.slice(0, 30)), Buffer.from(LATIN.slice(30))]);
    const { result, sink, transactions } = await load(['-'], run(stdin));
    expect(result.files).toMatchObject([{ name: '-', records: 2, plain: true, sha256: sha256(Buffer.from(LATIN)) }]);
    expect(sink.files[0]?.path.startsWith(space.scratch)).toBe(true);
    await transactions.verifyUnchanged();
  });

  it('may be empty, which is said', async () => {
    const error = await failure(load(['-'], run(Readable.from([]))));
    expect(error).toMatchObject({ code: 'E231', place: { file: '-' } });
  });

  it('may break', async () => {
    const stdin = new Readable({ read: () => stdin.destroy(new Error('EIO: i/o error, read')) });
    expect(await failure(load(['-'], run(stdin)))).toMatchObject({
      code: 'E422',
      values: { detail: 'EIO: i/o error' },
    });
  });
});

describe('encodings', () => {
  const rows = [
    ['Zoë', '2024-01-02', '5.0000', 'Łódź € 🙂'],
    ['C2', '2024-01-03', '-2.5000', '日\n本'],
  ];

  it.each(['utf-16le', 'utf-16be', 'utf-32le', 'utf-32be'])('%s is known by its byte order mark', async (encoding) => {
    const bytes = iconv.encode(TEXT, encoding, { addBOM: true });
    const { result, sink } = await load([space.file(bytes)], options, ['note']);
    expect(sink.rows).toEqual(rows);
    expect(result.files).toMatchObject([{ bytes: bytes.length, sha256: sha256(bytes), plain: false }]);
  });

  it('a character of two units may be cut by a read', async () => {
    const text = `${TEXT}C3,2024-01-02,1,${'🙂'.repeat(200_000)}\nC4,2024-01-02,1,a${'🙂'.repeat(200_000)}\n`;
    for (const encoding of ['utf-16le', 'utf-16be']) {
      const { sink } = await load([space.file(iconv.encode(text, encoding, { addBOM: true }))], options, ['note']);
      expect(sink.rows[3]?.[3]).toBe(`a${'🙂'.repeat(200_000)}`);
    }
  });

  it('windows-1252 is read when asked for, and handed over as UTF-8', async () => {
    const bytes = iconv.encode(LATIN, 'windows-1252');
    const { result, sink } = await load([space.file(bytes)], { ...options, encoding: 'windows-1252' }, ['note']);
    expect(result.files).toMatchObject([{ bytes: bytes.length, sha256: sha256(bytes), plain: true }]);
    expect(sink.files[0]?.path.startsWith(space.scratch)).toBe(true);
    expect(result.totals.idBytes).toBe(6n);
  });

  it('bytes that are not UTF-8 are named and placed', async () => {
    const file = space.file(iconv.encode(LATIN, 'windows-1252'));
    const error = await failure(load([file], options));
    expect(error).toMatchObject({
      code: 'E237',
      values: { byte: '0xEB', encoding: 'UTF-8' },
      place: { file, line: 2, column: 3 },
    });
    const header = space.file(iconv.encode('customer,date,größe,amount\n', 'windows-1252'));
    expect(await failure(load([header], options))).toMatchObject({ code: 'E237', place: { line: 1, column: 17 } });
  });

  it('bytes that an encoding does not have are named and placed', async () => {
    const bytes = Buffer.concat([
      iconv.encode(LATIN, 'windows-1252'),
      Buffer.from('Ca\r\nC\x81x,'),
      Buffer.from([0x81]),
    ]);
    bytes[bytes.length - 4] = 0x81;
    const error = await failure(load([space.file(bytes)], { ...options, encoding: 'windows-1252' }));
    expect(error).toMatchObject({
      code: 'E237',
      values: { byte: '0x81', encoding: 'windows-1252' },
      place: { line: 5 },
    });
  });

  it.each([
    ['an odd byte', (bytes: Buffer) => bytes.subarray(0, bytes.length - 1)],
    ['half a character', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from([0x3d, 0xd8])])],
    ['half a character inside', (bytes: Buffer) => Buffer.concat([bytes, Buffer.from([0x3d, 0xd8, 0x41, 0])])],
  ])('UTF-16 with %s is refused', async (_, damage) => {
    const bytes = damage(iconv.encode(LATIN, 'utf-16le', { addBOM: true }));
    const error = await failure(load([space.file(bytes)], options));
    expect(error).toMatchObject({ code: 'E237', values: { encoding: 'utf-16le' } });
    expect(error.place?.line).toBeGreaterThanOrEqual(3);
  });

  it('UTF-16 without a mark is refused for its NUL bytes', async () => {
    const error = await failure(load([space.file(iconv.encode(LATIN, 'utf-16le'))], options));
    expect(error.code).toBe('E236');
  });
});

describe('a file that changes', () => {
  const PLAIN = 'customer,date,amount\nC1,2024-01-02,5.00\n';

  it.each([
    ['grows', (file: string) => appendFileSync(file, 'C2,2024-01-02,1\n')],
    ['is replaced', (file: string) => renameSync(space.file(PLAIN), file)],
    ['is touched', (file: string) => utimesSync(file, 1, 1)],
    ['is rewritten', (file: string) => writeFileSync(file, PLAIN.replace('5.00', '6.00'))],
    ['disappears', (file: string) => renameSync(file, `${file}.old`)],
  ])('after it was read and %s is E431', async (_, change) => {
    const file = space.file(PLAIN);
    const { transactions } = await load([file], options);
    change(file);
    expect(await failure(transactions.verifyUnchanged())).toMatchObject({ code: 'E431', place: { file } });
  });

  it('while a sink takes it is E431', async () => {
    for (const content of [PLAIN, PLAIN.replace('5.00', '$5.00')]) {
      const file = space.file(content);
      const sink = new MemorySink();
      sink.handOver = async () => appendFileSync(file, 'x');
      sink.append = async () => appendFileSync(file, 'x');
      const transactions = await openTransactions([file], options);
      expect((await failure(transactions.load([], sink))).code).toBe('E431');
    }
  });

  it('before it is decoded is E431 too', async () => {
    const file = space.file(iconv.encode(PLAIN, 'utf-16le', { addBOM: true }));
    const { transactions } = await load([file], options);
    appendFileSync(file, 'x');
    expect((await failure(transactions.verifyUnchanged())).code).toBe('E431');
  });
});

it('names are never patterns', async () => {
  space.file('customer,date,amount\nC1,2024-01-02,1\n', '1.csv');
  const file = space.file('customer,date,amount\nC1,2024-01-02,7\n', '[1]*.csv');
  const { result } = await load([file], options);
  expect(result.totals.amount).toBe(70_000n);
});

it('leaves nothing but the scratch directory behind', async () => {
  const own = join(space.path, 'own');
  mkdirSync(own);
  writeFileSync(join(own, 'a.csv'), 'customer,date,amount\nC1,2024-01-02,7\n');
  await load([join(own, 'a.csv')], options);
  expect(readdirSync(own)).toEqual(['a.csv']);
});
