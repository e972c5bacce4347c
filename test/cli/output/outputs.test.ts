import { getEventListeners } from 'node:events';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { ClvError } from '../../../src/base/errors.ts';
import { openOutputs } from '../../../src/cli/output/outputs.ts';
import { checkFolder } from '../../../src/cli/output/paths.ts';
import { type Writing, writingOf } from '../../../src/cli/output/writing.ts';
import type { Report } from '../../../src/data/report.ts';
import { reportOf, sectionOf, viewOf } from '../../reporter/helpers.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clv-outputs-'));
});
afterEach(() => rmSync(folder, { recursive: true }));
const at = (name: string) => join(folder, name);

const segments = sectionOf('segments', { region: 'text', customers: 'integer' }, [
  ['North', '3'],
  ['South', '2'],
]);
const report = reportOf([segments], [viewOf(segments)]);

const asked = (output: readonly string[], outDir?: string): Writing =>
  writingOf({ output, color: false, ...(outDir !== undefined && { outDir }) });

async function write(writing: Writing, what: Report = report): Promise<void> {
  const outputs = await openOutputs(writing, new AbortController().signal);
  try {
    const place = await outputs.prepare(what, { width: 80, color: false }, () => {});
    await place();
  } finally {
    outputs.discard();
  }
}

const broken: Report = {
  ...report,
  views: [],
  document: [
    [
      'segments',
      {
        ...segments,
        blocks: {
          [Symbol.asyncIterator]: () => ({ next: () => Promise.reject(new ClvError('E500', { detail: 'broken' })) }),
        },
      },
    ],
  ],
};

test('each output has its format, and the list is read for each of them', async () => {
  await write(asked([at('a.csv'), at('b.json'), at('c.md')]));
  expect(readFileSync(at('a.csv'), 'utf8')).toBe('region,customers\nNorth,3\nSouth,2\n');
  expect(JSON.parse(readFileSync(at('b.json'), 'utf8')).segments).toHaveLength(2);
  expect(readFileSync(at('c.md'), 'utf8')).toContain('| South | 2 |');
  expect(readdirSync(folder).sort()).toEqual(['a.csv', 'b.json', 'c.md']);
});

test('where one fails none is written, and old ones stay', async () => {
  writeFileSync(at('a.md'), 'old');
  await expect(write(asked([at('a.md'), at('b.json')]), broken)).rejects.toMatchObject({ code: 'E500' });
  expect(readdirSync(folder)).toEqual(['a.md']);
  expect(readFileSync(at('a.md'), 'utf8')).toBe('old');
});

test('nothing is in place until it is put there', async () => {
  writeFileSync(at('a.md'), 'old');
  const outputs = await openOutputs(asked([at('a.md')]), new AbortController().signal);
  const place = await outputs.prepare(report, { width: 80, color: false }, () => {});
  expect(readFileSync(at('a.md'), 'utf8')).toBe('old');
  await place();
  expect(readFileSync(at('a.md'), 'utf8')).toContain('| South | 2 |');
  expect(readdirSync(folder)).toEqual(['a.md']);
});

test('all are claimed before the work: the first is given back where the second cannot be had', async () => {
  await expect(write(asked([at('a.csv'), at('none/b.json')]))).rejects.toMatchObject({ code: 'E411' });
  expect(readdirSync(folder)).toEqual([]);
});

test('a folder holds the page, the document and every list, and is made where it is not there', async () => {
  await write(asked([at('x.csv')], at('new/out')));
  expect(readdirSync(at('new/out')).sort()).toEqual(['report.html', 'result.json', 'segments.csv']);
  expect(existsSync(at('x.csv'))).toBe(true);
});

test('many outputs of one run wait for its end by one listener', async () => {
  const files = Array.from({ length: 30 }, (_, i) => at(`${i}.csv`));
  const before = process.listenerCount('exit');
  const { signal } = new AbortController();
  const outputs = await openOutputs(asked(files), signal);
  expect(process.listenerCount('exit')).toBe(before + 1);
  expect(getEventListeners(signal, 'abort')).toHaveLength(1);
  outputs.discard();
  expect(process.listenerCount('exit')).toBe(before);
  expect(getEventListeners(signal, 'abort')).toHaveLength(0);
  expect(readdirSync(folder)).toEqual([]);
});

test('a signal takes away all that is not in place', async () => {
  const controller = new AbortController();
  const outputs = await openOutputs(asked([at('a.csv'), at('b.csv')], at('out')), controller.signal);
  expect(readdirSync(folder).sort()).toEqual(['a.csv.lock', 'b.csv.lock', 'out']);
  controller.abort(new Error('SIGINT'));
  expect(readdirSync(folder)).toEqual([]);
  outputs.discard();
});

test('a folder that was made for nothing goes again', async () => {
  await expect(write(asked([], at('new/out')), broken)).rejects.toMatchObject({ code: 'E500' });
  expect(readdirSync(folder)).toEqual([]);
});

test('E461: a folder that is a file; E432: one that another run writes', async () => {
  writeFileSync(at('out'), '');
  await expect(write(asked([], at('out')))).rejects.toMatchObject({ code: 'E461' });
  const first = await openOutputs(asked([], at('one')), new AbortController().signal);
  await expect(write(asked([], at('one')))).rejects.toMatchObject({ code: 'E432' });
  first.discard();
});

test('E462: nothing else may be read or written in the folder, whatever links lead there', () => {
  mkdirSync(at('out'));
  writeFileSync(at('out/customers.csv'), '');
  symlinkSync(at('out/customers.csv'), at('link.csv'));
  for (const file of [at('out/customers.csv'), at('out/new.csv'), at('link.csv'), at('out')])
    expect(() => checkFolder(at('out'), [{ option: 'FILES', file }])).toThrow(
      expect.objectContaining({ code: 'E462' }),
    );
  expect(() => checkFolder(at('out'), [{ option: 'FILES', file: at('x.csv') }])).not.toThrow();
  expect(() => checkFolder(at('not there'), [{ option: 'FILES', file: at('x.csv') }])).not.toThrow();
  for (const [made, file] of [
    ['new', 'new/result.json'],
    ['new/deep', 'out/../new/deep/a.csv'],
  ] as const)
    expect(() => checkFolder(at(made), [{ option: '--output', file: at(file) }])).toThrow(
      expect.objectContaining({ code: 'E462' }),
    );
});

test('formats follow the endings where there are several, and lists are all in a folder', () => {
  const code = (work: () => unknown) => {
    try {
      return work();
    } catch (error) {
      return (error as ClvError).code;
    }
  };
  expect(code(() => writingOf({ output: ['a.csv', 'b.json'], format: 'csv', color: false }))).toBe('E122');
  expect(code(() => writingOf({ outDir: 'out', format: 'csv', color: false }))).toBe('E122');
  expect(code(() => writingOf({ outDir: 'out', section: 'segments', color: false }))).toBe('E122');
  expect(code(() => writingOf({ output: ['-', '-'], color: false }))).toBe('E118');
});

test('options are stated as they stand, but those that say where to write', () => {
  const options = {
    color: false,
    output: ['x.csv'],
    margin: '30%',
    poolSmall: true,
    where: ['a=b', 'c=d'],
    asOf: undefined,
  };
  expect(writingOf(options).stated).toEqual([
    ['--margin', '30%'],
    ['--pool-small', ''],
    ['--where', 'a=b, c=d'],
  ]);
});
