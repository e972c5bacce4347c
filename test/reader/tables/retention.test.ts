import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readRetention } from '../../../src/reader/tables/retention.ts';

const folder = mkdtempSync(join(tmpdir(), 'clv-retention-'));
afterAll(() => rmSync(folder, { recursive: true }));

function read(text: string, by: readonly string[] = ['plan', 'region']) {
  const file = join(folder, 'rates.csv');
  writeFileSync(file, text);
  return readRetention(file, by);
}

describe('retention by segment', () => {
  it('has the segment columns in any order, blanks as (none)', async () => {
    const { of, source } = await read('Region;retention;plan\nNorth;80%;basic\n;0.5;plus\n');
    expect(of(['basic', 'North'])?.toFixed()).toBe('0.8');
    expect(of(['plus', '(none)'])?.toFixed()).toBe('0.5');
    expect(of(['plus', 'North'])).toBeNull();
    expect(source.records).toBe(2);
  });

  it('is refused with other columns (E255), two rates of a segment or a rate that is none (E254)', async () => {
    await expect(read('plan,retention\nbasic,80%\n')).rejects.toThrow(/E255/);
    await expect(read('plan,region,retention,note\nbasic,North,80%,x\n')).rejects.toThrow(/E255/);
    await expect(read('plan,region,retention\nbasic,N,80%\nbasic,N,70%\n')).rejects.toThrow(/E254/);
    await expect(read('plan,region,retention\nbasic,N,120%\n')).rejects.toThrow(/E254/);
  });
});
