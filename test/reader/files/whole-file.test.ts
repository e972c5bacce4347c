import { execFileSync } from 'node:child_process';
import { createWriteStream, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readWhole } from '../../../src/reader/files/whole-file.ts';
import { readModelFile } from '../../../src/reader/tables/model-file.ts';
import { readTable } from '../../../src/reader/tables/table.ts';
import { failure, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
let count = 0;
/** A pipe into which these parts are written, once. */
function pipe(...parts: readonly (string | Buffer)[]): string {
  const path = join(space.path, `pipe${count++}`);
  execFileSync('mkfifo', [path]);
  const output = createWriteStream(path);
  output.on('error', () => {});
  for (const part of parts) output.write(part);
  output.end();
  return path;
}

describe('a small file', () => {
  it('is read once, so that it may be a pipe', async () => {
    const text = 'segment,retention\na,80%\n'.repeat(9_000);
    expect((await readWhole(pipe(text, text), 'the table')).toString()).toBe(text + text);
    const table = await readTable(pipe('name,', 'customers\nA,5\n'), () => true);
    expect(table.rows.map(({ cells }) => cells)).toEqual([['A', '5']]);
    expect(table.source).toMatchObject({ bytes: 19, records: 1 });
    const model = {
      name: 'pareto-nbd',
      time_unit: 'week',
      parameters: { r: 1 },
      spend: { name: 'mean', parameters: {} },
    };
    const path = pipe(JSON.stringify({ model }));
    expect(await readModelFile(path)).toMatchObject({ file: path, name: 'pareto-nbd' });
  });

  it('may be empty', async () => {
    expect((await readWhole(pipe(), 'the table')).length).toBe(0);
    expect(await failure(readTable(pipe(), () => true))).toMatchObject({ code: 'E231' });
  });

  it('E238: is not larger than what is held in memory', async () => {
    const large = space.file('');
    truncateSync(large, (256 << 20) + 1);
    const error = await failure(readWhole(large, 'the model file'));
    expect(error).toMatchObject({ code: 'E238', values: { what: 'the model file' }, place: { file: large } });
    expect(await failure(readWhole('/dev/zero', 'the table'))).toMatchObject({ code: 'E238' });
  });

  it.each([
    ['E401', () => join(space.path, 'missing.csv')],
    ['E402', () => space.path],
    ['E403', () => join(space.path, 'x'.repeat(300))],
    ['E422', () => '/proc/self/mem'],
  ])('%s', async (code, name) => {
    expect(await failure(readWhole(name(), 'the table'))).toMatchObject({ code, place: { file: name() } });
  });
});
