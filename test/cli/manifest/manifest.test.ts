import { createHash } from 'node:crypto';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isSealed } from '../../../src/cli/manifest/manifest.ts';
import { main } from '../../../src/main.ts';

const FIXTURES = join(import.meta.dirname, '../../../fixtures');
const MODEL = join(FIXTURES, 'layouts/model.json');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'manifest-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const at = (name: string) => join(folder, name);
const hash = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');
const ROWS = ['a,2024-01-02,9.50', 'a,2024-03-04,12.25', 'b,2024-02-02,7.00', 'c,2024-05-06,-1.00'];
const CSV = `customer,date,amount\n${ROWS.join('\n')}\n`;

interface Told {
  readonly file: string | null;
  readonly sha256: string | null;
  readonly bytes: number | null;
}
interface Manifest {
  readonly options: readonly { readonly option: string; readonly value: string; readonly origin: string }[];
  readonly inputs: readonly Told[];
  readonly outputs: readonly Told[];
  readonly input: { readonly files: readonly { readonly records: number; readonly amount_total: number }[] };
}

/** Runs compute by a model of a file, and reads its manifest. */
async function manifestOf(file: string, ...options: readonly string[]): Promise<Manifest> {
  const words = ['compute', file, '--margin', '50%', '--use-model', MODEL, '--interval', 'none', '-qq'];
  expect(await main([...words, '--manifest', at('m.json'), ...options])).toBe(0);
  const text = readFileSync(at('m.json'), 'utf8');
  expect(isSealed(text)).toBe(true);
  return JSON.parse(text) as Manifest;
}

describe('--manifest', () => {
  it('has the hash of every file that was read and written, as it stands on the disk', async () => {
    writeFileSync(at('a.csv'), CSV);
    const outputs = ['-o', at('a.json'), '-o', at('a.csv.out.csv'), '--out-dir', at('all')];
    const manifest = await manifestOf(
      at('a.csv'),
      ...outputs,
      '--left-out',
      at('left.csv'),
      '--save-model',
      at('s.json'),
    );
    expect(manifest.inputs.map(({ file }) => file)).toEqual([at('a.csv'), MODEL]);
    expect(manifest.outputs.length).toBeGreaterThan(6);
    for (const name of ['a.json', 'left.csv', 's.json', 'all/result.json'])
      expect(manifest.outputs.map(({ file }) => file)).toContain(at(name));
    for (const { file, sha256, bytes } of [...manifest.inputs, ...manifest.outputs]) {
      const content = readFileSync(file!);
      expect([file, sha256, bytes]).toEqual([file, hash(content), content.length]);
    }
  });

  it('has what was packed as it was given, and the files of a folder', async () => {
    mkdirSync(at('in'));
    writeFileSync(at('in/a.csv.gz'), gzipSync(CSV));
    const { inputs, input } = await manifestOf(at('in'), '-o', at('a.json'));
    expect(inputs[0]).toEqual({
      file: at('in/a.csv.gz'),
      sha256: hash(readFileSync(at('in/a.csv.gz'))),
      bytes: readFileSync(at('in/a.csv.gz')).length,
    });
    expect([input.files[0]!.records, input.files[0]!.amount_total]).toEqual([4, 27.75]);
  });

  it('says which options were typed', async () => {
    writeFileSync(at('a.csv'), CSV);
    const { options } = await manifestOf(at('a.csv'), '-o', at('a.json'));
    const origin = (name: string) => options.find(({ option }) => option === name);
    expect(origin('--margin')).toEqual({ option: '--margin', value: '50%', origin: 'typed' });
    expect(origin('--discount-rate')).toEqual({ option: '--discount-rate', value: '10%', origin: 'default' });
  });

  it('is the same, run after run', async () => {
    writeFileSync(at('a.csv'), CSV);
    await manifestOf(at('a.csv'), '-o', at('a.json'));
    const first = readFileSync(at('m.json'), 'utf8');
    await manifestOf(at('a.csv'), '-o', at('a.json'));
    expect(readFileSync(at('m.json'), 'utf8')).toBe(first);
  });

  it('is sealed: no byte of it can change unseen', async () => {
    writeFileSync(at('a.csv'), CSV);
    await manifestOf(at('a.csv'), '-o', at('a.json'));
    const bytes = readFileSync(at('m.json'));
    for (let place = 0; place < bytes.length; place += 7) {
      const changed = Buffer.from(bytes);
      changed[place] = changed[place]! ^ 1;
      expect(isSealed(changed.toString('utf8')), String(place)).toBe(false);
    }
  });

  it('is not written where it would take the place of an input or an output', async () => {
    writeFileSync(at('a.csv'), CSV);
    for (const file of ['a.csv', 'a.json'])
      expect(await main(['compute', at('a.csv'), '-o', at('a.json'), '--manifest', at(file)])).toBe(2);
    expect(readFileSync(at('a.csv'), 'utf8')).toBe(CSV);
  });
});
