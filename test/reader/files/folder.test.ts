import { mkdirSync, mkdtempSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { withFolders } from '../../../src/reader/files/folder.ts';
import { failure, load, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const options = { scratch: space.scratch };
/** A folder with files of these names, each with a transaction of its own. */
function folder(...names: readonly string[]): string {
  const path = mkdtempSync(join(space.path, 'folder-'));
  for (const [i, name] of names.entries())
    writeFileSync(join(path, name), `customer,date,amount\nC${i},2024-01-02,${i + 1}\n`);
  return path;
}

describe('a folder', () => {
  it('is its files, by the bytes of their names, without hidden ones', async () => {
    const path = folder('b.csv', 'a.csv', 'B.CSV', 'é.csv', '.hidden.csv', '_SUCCESS');
    const { result } = await load([path], options);
    expect(result.files.map(({ name }) => basename(name))).toEqual(['B.CSV', 'a.csv', 'b.csv', 'é.csv']);
    expect(result.files[1]?.name).toBe(join(path, 'a.csv'));
    expect(result.leftOut).toEqual([]);
  });

  it('may stand among files, and tells what else it holds', async () => {
    const path = folder('a.csv', 'notes.txt');
    mkdirSync(join(path, 'sub.csv'));
    const file = space.file('customer,date,amount\nX,2024-01-02,9\n');
    const { result } = await load([file, `${path}/`], options);
    expect(result.totals).toMatchObject({ records: 2, amount: 100_000n });
    expect(result.leftOut).toEqual([{ kind: 'directory', folder: `${path}/`, names: ['notes.txt', 'sub.csv'] }]);
  });

  it('does not do without a file whose link leads nowhere', async () => {
    const path = folder('a.csv');
    symlinkSync(join(path, 'nowhere'), join(path, 'lost.csv'));
    expect(await failure(load([path], options))).toMatchObject({
      code: 'E401',
      place: { file: join(path, 'lost.csv') },
    });
  });

  it('must have one header and no content twice', async () => {
    const path = folder('a.csv');
    writeFileSync(join(path, 'b.csv'), 'customer,date,total\nC1,2024-01-02,1\n');
    expect(await failure(load([path], options))).toMatchObject({ code: 'E239', place: { file: join(path, 'b.csv') } });
    writeFileSync(join(path, 'b.csv'), 'customer,date,amount\nC0,2024-01-02,1\n');
    expect(await failure(load([path], options))).toMatchObject({ code: 'E240', place: { file: join(path, 'b.csv') } });
  });

  it('E404 without any, E405 with several kinds', async () => {
    const empty = folder('notes.txt', '.a.csv');
    expect(await failure(load([empty], options))).toMatchObject({ code: 'E404', place: { file: empty } });
    const mixed = folder('a.csv', 'a.csv.gz', 'b.csv');
    expect(await failure(load([mixed], options))).toMatchObject({
      code: 'E405',
      values: { kinds: '*.csv, *.csv.gz', example: join(mixed, '*.csv') },
    });
  });

  it('is nothing that is no folder', () => {
    const names = ['-', join(space.path, 'missing'), space.file('x')];
    expect(withFolders(names)).toEqual({ files: names, leftOut: [] });
  });
});
