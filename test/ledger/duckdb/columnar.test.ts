import { execFileSync, spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { DuckDBColumnar } from '../../../src/ledger/duckdb/columnar.ts';
import { DuckDBStore } from '../../../src/ledger/duckdb/store.ts';
import { parquet } from '../../make-parquet.ts';

const folder = mkdtempSync(join(tmpdir(), 'clv-columnar-'));
const path = join(folder, 'data.parquet');
beforeAll(() => parquet(path, `SELECT i AS n, 'a''b' || i AS t, i / 4 AS x FROM range(300000) AS r(i)`));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const describeIt = async (engine: DuckDBColumnar) => (await engine.describe([{ name: 'data', path }]))[0]!;

describe('files of typed columns', () => {
  it('are described, and written out in their order', async () => {
    const engine = new DuckDBColumnar(folder);
    const file = await describeIt(engine);
    expect(file).toMatchObject({
      rows: 300_000,
      columns: [
        { name: 'n', kind: 'integer', type: 'BIGINT' },
        { name: 't', kind: 'text', type: 'VARCHAR' },
        { name: 'x', kind: 'float', type: 'DOUBLE' },
      ],
    });
    const [text] = await engine.extract([{ file, columns: [2, 1], zone: null }]);
    const lines = readFileSync(text!, 'utf8').split('\n');
    expect(lines.slice(0, 3)).toEqual(['c0,"c1"', `0.0,"a'b0"`, `0.25,"a'b1"`]);
    expect(lines.slice(1, -1).every((line, i) => line.endsWith(`b${i}"`))).toBe(true);
    expect(lines.length).toBe(300_002);
  });

  it('stop when they are told to', async () => {
    const scratch = mkdtempSync(join(folder, 'stopped-'));
    const engine = new DuckDBColumnar(scratch);
    const file = await describeIt(engine);
    const controller = new AbortController();
    const choices = Array.from({ length: 20 }, () => ({ file, columns: [0, 1, 2], zone: null }));
    const stopped = expect(engine.extract(choices, controller.signal)).rejects.toMatchObject({ name: 'AbortError' });
    const writing = () =>
      readdirSync(scratch, { recursive: true }).some((name) => String(name).includes('columns0.csv'));
    while (!writing()) await setTimeout(1);
    controller.abort();
    await stopped;
  });

  it('E421: a full disk is no damaged file', async ({ skip }) => {
    const small = join(folder, 'small');
    mkdirSync(small);
    if (spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=256k', 'tmpfs', small]).status !== 0)
      skip('a small tmpfs can only be mounted by root');
    try {
      const engine = new DuckDBColumnar(small);
      const file = await describeIt(engine);
      await expect(engine.extract([{ file, columns: [0, 1, 2], zone: null }])).rejects.toMatchObject({ code: 'E421' });
    } finally {
      execFileSync('umount', [small]);
    }
  });
});

describe('a sealed store', () => {
  it('opens what it was given, and writes where it was told to', async () => {
    const scratch = mkdtempSync(join(folder, 'store-'));
    const secret = join(folder, 'secret.csv');
    writeFileSync(secret, 'a\n1\n');
    const store = await DuckDBStore.open(scratch);
    const link = store.link(path);
    const output = store.output('out.csv');
    await store.seal();
    await store.run(`COPY (SELECT min(n) FROM read_parquet(${link})) TO ${output.literal} (FORMAT csv, HEADER false)`);
    expect(readFileSync(output.path, 'utf8')).toBe('0\n');
    await expect(store.run(`SELECT * FROM read_csv('${secret}')`)).rejects.toThrow(/disabled/);
    await expect(store.run(`SELECT * FROM read_parquet('${join(folder, '*.parquet')}')`)).rejects.toThrow(/disabled/);
    await expect(store.run(`COPY (SELECT 1) TO '${join(scratch, 'more.csv')}'`)).rejects.toThrow(/disabled/);
    await expect(store.run(`SET allowed_paths = ['${secret}']`)).rejects.toThrow(/locked/);
    expect(existsSync(join(scratch, 'more.csv'))).toBe(false);
    await store.close();
  });
});
