import { execFile, execFileSync, spawn, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ClvError } from '../src/base/errors.ts';
import { renderError } from '../src/cli/say/errors.ts';

/** What happens when the world goes wrong under a run: old file or new, never half, and nothing left behind. */
const ROOT = join(import.meta.dirname, '..');
const CLV = join(ROOT, 'bin/clv.js');
const DATA = join(ROOT, 'fixtures/transactions.csv');
let folder = '';

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'clv-faults-'));
  mkdirSync(join(folder, 'tmp'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const env = () => ({ ...process.env, TMPDIR: join(folder, 'tmp') });
const args = (out: string, data = DATA) => [CLV, 'compute', data, '--margin', '30%', '-qq', '-o', out];

describe('signals', () => {
  it.each([
    ['SIGINT', 100],
    ['SIGTERM', 250],
    ['SIGTERM', 500],
  ] as const)('%s after %i ms: dies by it, the old file is whole, no temporary is left', async (signal, delay) => {
    const out = join(folder, 'out.csv');
    writeFileSync(out, 'old');
    const child = spawn(process.execPath, args(out), { env: env(), stdio: 'ignore' });
    const ended = new Promise((resolve) => child.on('exit', (code, by) => resolve(by ?? code)));
    setTimeout(() => child.kill(signal), delay);
    const how = await ended;
    expect([signal, 0]).toContain(how);
    if (how === signal) expect(readFileSync(out, 'utf8')).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['out.csv', 'tmp']);
    if (delay > 100) expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  it('SIGKILL: the old file is whole, and the next run takes over', async () => {
    const out = join(folder, 'out.csv');
    writeFileSync(out, 'old');
    const child = spawn(process.execPath, args(out), { env: env(), stdio: 'ignore' });
    await new Promise((resolve) => setTimeout(resolve, 350));
    child.kill('SIGKILL');
    await new Promise((resolve) => child.on('exit', resolve));
    const text = readFileSync(out, 'utf8');
    expect(text === 'old' || text.endsWith('\n')).toBe(true);
    expect(spawnSync(process.execPath, args(out), { env: env() }).status).toBe(0);
    expect(readdirSync(folder).sort()).toEqual(['out.csv', 'tmp']);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });
});

/** A small file system at a folder of that name. */
const mount = (options = 'size=64k'): boolean =>
  spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', join(folder, 'small')]).status === 0;

describe('a full disk', () => {
  it('is said (E421, 74), and the old file is whole', ({ skip }) => {
    mkdirSync(join(folder, 'small'));
    if (!mount()) skip('a small tmpfs can only be mounted by root');
    try {
      const out = join(folder, 'small/out.csv');
      writeFileSync(out, 'old');
      const { status, stderr } = spawnSync(process.execPath, args(out), { env: env(), encoding: 'utf8' });
      expect([status, /error\[(\w+)\]/.exec(stderr)?.[1]]).toEqual([74, 'E421']);
      expect(readFileSync(out, 'utf8')).toBe('old');
      expect(readdirSync(join(folder, 'small'))).toEqual(['out.csv']);
    } finally {
      execFileSync('umount', [join(folder, 'small')]);
    }
  });
});

describe('a full disk under the working files', () => {
  /** More customers than are written without the help of the store. */
  const MANY = 20_001;

  it.each([
    ['csv', ['--format', 'csv', '--use-model', join(ROOT, 'fixtures/layouts/model.json')]],
    ['parquet', ['--format', 'parquet', '--use-model', join(ROOT, 'fixtures/layouts/model.json')]],
  ])('is said too: %s', (ending, format) => {
    const data = join(folder, 'many.csv');
    const rows = Array.from(
      { length: MANY },
      (_, i) => `c${i},2024-01-${String(1 + (i % 28)).padStart(2, '0')},${9 + (i % 3)}.50`,
    );
    writeFileSync(data, `${['customer,date,amount', ...rows].join('\n')}\n`);
    const out = join(folder, `out.${ending}`);
    writeFileSync(out, 'old');
    const command = ['ulimit -f 64; exec "$0" "$@"', process.execPath, ...args(out, data), ...format];
    const { status, stderr } = spawnSync('bash', ['--norc', '-c', ...command], { env: env(), encoding: 'utf8' });
    expect([status, stderr.split('\n')[0]]).toEqual([
      74,
      expect.stringMatching(/^clv: error\[E421\] .*\/tmp\/clv-[\w.-]+: writing failed: the file is too large/),
    ]);
    expect(readFileSync(out, 'utf8')).toBe('old');
    expect(readdirSync(folder).sort()).toEqual(['many.csv', `out.${ending}`, 'tmp']);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });
});

describe('a full directory for working files', () => {
  const small = () => join(folder, 'small');
  const lines = (width: number) => Array.from({ length: 9000 }, (_, i) => `c${i},2024-01-02,9.50,${'é'.repeat(width)}`);
  const TEXT = `${['customer,date,amount,note', ...lines(9)].join('\n')}\n`;

  it.for([
    ['standard input', 'size=64k', TEXT, '-'],
    ['what was packed', 'size=64k', gzipSync(TEXT), 'a.csv.gz'],
    ['what was in UTF-16', 'size=64k', Buffer.from(`\ufeff${TEXT}`, 'utf16le'), 'a.csv'],
    ['the list of rejects', 'size=64k', TEXT.replaceAll('2024-01-02', '2024-13-02'), 'a.csv'],
    ['the directory itself', 'size=64k,nr_inodes=1', TEXT, 'a.csv'],
  ] as const)(
    'is said with its name (E421, 74), and nothing is left there: %s',
    ([, options, content, name], { skip }) => {
      mkdirSync(small());
      if (!mount(options)) skip('a small tmpfs can only be mounted by root');
      try {
        const data = name === '-' ? '-' : join(folder, name);
        if (name !== '-') writeFileSync(data, content);
        const command = [CLV, 'compute', data, '--margin', '30%', '-qq', '--rejects', join(folder, 'rejects.csv')];
        const { status, stderr } = spawnSync(process.execPath, command, {
          env: { ...env(), TMPDIR: small() },
          encoding: 'utf8',
          input: name === '-' ? content : '',
        });
        expect([status, stderr.split('\n')[0]]).toEqual([74, expect.stringContaining(`error[E421] ${small()}`)]);
        expect(readdirSync(small())).toEqual([]);
      } finally {
        execFileSync('umount', [small()]);
      }
    },
  );
});

describe('what a machine lacks', () => {
  const limited = (limit: string) => {
    const command = [`ulimit ${limit}; exec "$0" "$@"`, process.execPath, ...args(join(folder, 'out.csv'))];
    return spawnSync('bash', ['--norc', '-c', ...command], { env: env(), encoding: 'utf8' });
  };

  it.each([20, 24, 32])('descriptors (E465, 74): %i', (files) => {
    const { status, stderr } = limited(`-n ${files}`);
    expect([status, stderr]).toEqual([74, renderError(new ClvError('E465'), { color: false })]);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });

  it('room for the engine (E466, 74)', ({ skip }) => {
    if (process.platform !== 'linux') skip('the address space is limited on Linux');
    const { status, stderr } = limited('-v 1000000');
    expect([status, /error\[(\w+)\]/.exec(stderr)?.[1]]).toEqual([74, 'E466']);
    expect(readdirSync(join(folder, 'tmp'))).toEqual([]);
  });
});

describe('the same bytes', () => {
  it('for any thread of time and place: TZ, LANG, run after run', async () => {
    const run = (extra: Record<string, string>) =>
      new Promise<string>((resolve, reject) => {
        const more = { ...env(), ...extra };
        execFile(
          process.execPath,
          [CLV, 'compute', DATA, '--margin', '30%', '--by', 'region', '--format', 'json', '-qq'],
          { env: more, maxBuffer: 1 << 26 },
          (error, out) => (error ? reject(error) : resolve(out)),
        );
      });
    const [first, ...others] = await Promise.all([
      run({}),
      run({ TZ: 'Pacific/Kiritimati', LANG: 'de_DE.UTF-8' }),
      run({ TZ: 'America/Los_Angeles', LC_ALL: 'tr_TR.UTF-8' }),
    ]);
    for (const other of others) expect(other === first).toBe(true);
    expect(existsSync(join(folder, 'tmp'))).toBe(true);
  });
});
