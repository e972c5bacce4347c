import { spawn } from 'node:child_process';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ClvError } from '../../../src/base/errors.ts';
import { openOutput } from '../../../src/cli/output/open.ts';
import { writeTo } from '../../../src/cli/output/target.ts';

/** Claims and writes in one step. */
async function writeOutput(target: { file?: string }, parts: AsyncIterable<string>): Promise<void> {
  const output = await openOutput(target.file);
  await writeTo(output, parts);
}

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clv-output-'));
});
afterEach(() => rmSync(folder, { recursive: true }));

async function* chunks(...texts: (string | Error)[]): AsyncGenerator<string> {
  for (const text of texts) {
    if (text instanceof Error) throw text;
    yield text;
  }
}

const inFolder = (name: string) => join(folder, name);

test('a file is written whole, and nothing else stays', async () => {
  await writeOutput({ file: inFolder('out.csv') }, chunks('a,b\n', 'ä,2\n'));
  expect(readFileSync(inFolder('out.csv'), 'utf8')).toBe('a,b\nä,2\n');
  expect(readdirSync(folder)).toEqual(['out.csv']);
});

test('an old file keeps its mode, and its content until the new one is complete', async () => {
  writeFileSync(inFolder('out.csv'), 'old');
  chmodSync(inFolder('out.csv'), 0o640);
  const output = await openOutput(inFolder('out.csv'));
  async function* watching() {
    yield 'n';
    expect(readFileSync(inFolder('out.csv'), 'utf8')).toBe('old');
    yield 'ew';
  }
  await writeTo(output, watching());
  expect(readFileSync(inFolder('out.csv'), 'utf8')).toBe('new');
  expect(statSync(inFolder('out.csv')).mode & 0o777).toBe(0o640);
});

test('a failure of the chunks passes as it is: the old file is whole, nothing else stays', async () => {
  writeFileSync(inFolder('out.csv'), 'old');
  const failure = Object.assign(new Error('of the ledger'), { code: 'EIO' });
  await expect(writeOutput({ file: inFolder('out.csv') }, chunks('new', failure))).rejects.toBe(failure);
  expect(readFileSync(inFolder('out.csv'), 'utf8')).toBe('old');
  expect(readdirSync(folder)).toEqual(['out.csv']);
});

test('what cannot be created fails before the computation', async () => {
  writeFileSync(inFolder('file'), '');
  symlinkSync('b', inFolder('a'));
  symlinkSync('a', inFolder('b'));
  const opened = (name: string) => openOutput(inFolder(name));
  await expect(opened('none/out.csv')).rejects.toMatchObject({ code: 'E411', values: { detail: 'ENOENT' } });
  await expect(opened('.')).rejects.toMatchObject({ code: 'E411', values: { detail: 'EISDIR' } });
  await expect(opened('file/out.csv')).rejects.toMatchObject({ code: 'E411', values: { detail: 'ENOTDIR' } });
  await expect(opened('a')).rejects.toMatchObject({ code: 'E411', values: { detail: 'ELOOP' } });
  await expect(opened('x'.repeat(300))).rejects.toMatchObject({ code: 'E411', values: { detail: 'ENAMETOOLONG' } });
});

test.skipIf(process.getuid?.() === 0)('a folder or a file without write permission is E411', async () => {
  writeFileSync(inFolder('out.csv'), 'old', { mode: 0o400 });
  await expect(openOutput(inFolder('out.csv'))).rejects.toMatchObject({ code: 'E411', values: { detail: 'EACCES' } });
  chmodSync(folder, 0o500);
  await expect(openOutput(inFolder('new.csv'))).rejects.toMatchObject({ code: 'E411', values: { detail: 'EACCES' } });
  chmodSync(folder, 0o700);
});

test('the second run on an output is refused, until the first gives it back', async () => {
  const first = await openOutput(inFolder('out.csv'));
  const busy = { code: 'E432', values: { lock: inFolder('out.csv.lock') } };
  await expect(openOutput(inFolder('out.csv'))).rejects.toMatchObject(busy);
  first.discard();
  first.discard();
  const second = await openOutput(inFolder('out.csv'));
  second.discard();
  expect(readdirSync(folder)).toEqual([]);
});

test('the lock of a process that lives is kept, that of one that is gone taken over with its temporary file', async () => {
  writeFileSync(inFolder('out.csv.lock'), `${process.ppid}\n`);
  await expect(openOutput(inFolder('out.csv'))).rejects.toMatchObject({ code: 'E432' });
  expect(existsSync(inFolder('out.csv.lock'))).toBe(true);

  const other = spawn('true');
  await new Promise((resolve) => other.once('exit', resolve));
  const gone = other.pid!;
  writeFileSync(inFolder('out.csv.lock'), `${gone}\n`);
  writeFileSync(inFolder(`out.csv.${gone}.tmp`), 'half');
  await writeOutput({ file: inFolder('out.csv') }, chunks('new'));
  expect(readdirSync(folder)).toEqual(['out.csv']);
});

test('a lock with our own pid that we do not hold was left by a dead run; one without a pid is being made', async () => {
  writeFileSync(inFolder('out.csv.lock'), `${process.pid}\n`);
  (await openOutput(inFolder('out.csv'))).discard();
  writeFileSync(inFolder('out.csv.lock'), '');
  await expect(openOutput(inFolder('out.csv'))).rejects.toMatchObject({ code: 'E432' });
});

test('a link is written through, also one that leads to no file yet', async () => {
  mkdirSync(inFolder('there'));
  symlinkSync('there/out.csv', inFolder('link.csv'));
  for (const text of ['one', 'two']) {
    await writeOutput({ file: inFolder('link.csv') }, chunks(text));
    expect(readFileSync(inFolder('there/out.csv'), 'utf8')).toBe(text);
  }
  expect(readlinkSync(inFolder('link.csv'))).toBe('there/out.csv');
  expect(readdirSync(inFolder('there'))).toEqual(['out.csv']);
});

test('a device is written straight through; a full one is E421', async () => {
  await writeOutput({ file: '/dev/null' }, chunks('text'));
  await expect(writeOutput({ file: '/dev/full' }, chunks('text'))).rejects.toMatchObject({
    code: 'E421',
    values: { detail: 'ENOSPC' },
  });
  expect(existsSync('/dev/null.lock')).toBe(false);
});

test('what is written to is made before anything else can happen, so that a signal leaves none of it', async () => {
  const controller = new AbortController();
  const output = await openOutput(inFolder('out.csv'), controller.signal);
  const prepared = output.prepare(chunks('a'));
  expect(readdirSync(folder)).toHaveLength(2);
  controller.abort(new Error('SIGTERM'));
  // Here the process dies.
  expect(readdirSync(folder)).toEqual([]);
  await expect(prepared).rejects.toThrow('SIGTERM');
  expect(readdirSync(folder)).toEqual([]);
});

test('an abort removes everything at once, and write ends with its reason', async () => {
  writeFileSync(inFolder('out.csv'), 'old');
  const controller = new AbortController();
  const reason = new Error('SIGINT');
  const output = await openOutput(inFolder('out.csv'), controller.signal);
  async function* interrupted() {
    yield 'new';
    expect(readdirSync(folder)).toHaveLength(3);
    controller.abort(reason);
    expect(readdirSync(folder)).toEqual(['out.csv']);
    yield 'er';
  }
  await expect(writeTo(output, interrupted())).rejects.toBe(reason);
  expect(readdirSync(folder)).toEqual(['out.csv']);
  expect(readFileSync(inFolder('out.csv'), 'utf8')).toBe('old');
  await expect(openOutput(inFolder('out.csv'), controller.signal)).rejects.toBe(reason);
});

test('our own errors keep their code', async () => {
  const failure = new ClvError('E501', { ledger: 1, reader: 2, what: 'rows' });
  await expect(writeOutput({ file: inFolder('out.csv') }, chunks(failure))).rejects.toBe(failure);
});
