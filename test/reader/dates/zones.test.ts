import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { columnarEngine } from '../../../src/ledger/registry.ts';
import { parquet } from '../../make-parquet.ts';
import { load, workspace } from '../helpers.ts';

const space = workspace();
afterAll(space.remove);
const options = { scratch: space.scratch, columnar: columnarEngine(space.scratch) };
const idle = async (path: string, timezone?: string) => (await load([path], { ...options, timezone })).result.idleZone;
const text = (...dates: readonly string[]) =>
  space.file(`customer,date,amount\n${dates.map((date, i) => `C${i},${date},1\n`).join('')}`);

describe('a zone that is named', () => {
  it.each([
    [['2024-01-02'], true],
    [['2024-01-02 23:00:00', '2024-01-03'], true],
    [['31.12.2024 10:00'], true],
    [['2024-01-02T23:00:00Z'], false],
    [['2024-01-02', '2024-01-02 23:00:00 +0100'], false],
  ])('has nothing to decide in %j: %s', async (dates, nothing) => {
    expect(await idle(text(...dates), 'Europe/Berlin')).toBe(nothing ? 'Europe/Berlin' : null);
  });

  it('is idle only when there is one', async () => {
    expect(await idle(text('2024-01-02'))).toBeNull();
  });

  it.each([
    [`DATE '2024-01-02'`, true],
    [`TIMESTAMP '2024-01-02 10:00'`, true],
    [`TIMESTAMPTZ '2024-01-02 10:00:00+00'`, false],
    [`'2024-01-02 10:00:00+00'`, false],
  ])('has nothing to decide in columns of %s: %s', async (date, nothing) => {
    const path = await parquet(join(space.path, 'z.parquet'), `SELECT 'a' AS customer, ${date} AS date, 1 AS amount`);
    expect(await idle(path, 'Asia/Tokyo')).toBe(nothing ? 'Asia/Tokyo' : null);
  });
});
