import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { checkListed } from '../../../src/cli/output/writing.ts';
import { main } from '../../../src/main.ts';
import { formatNamed } from '../../../src/reporter/registry.ts';

const written = (...names: string[]) => ({
  outputs: names.map((name) => ({ file: `list.${name}`, format: formatNamed(name)! })),
});

describe('a list that is counted', () => {
  it('E464: does not fit into a workbook, its headings with it', () => {
    expect(() => checkListed(written('csv', 'xlsx'), 'customers', 1_048_576)).toThrow(
      expect.objectContaining({ code: 'E464', values: { list: 'customers', limit: 1_048_576 } }),
    );
    expect(() => checkListed(written('csv', 'xlsx'), 'customers', 1_048_575)).not.toThrow();
  });

  it('fits where there is no workbook', () => {
    expect(() => checkListed(written('csv', 'json', 'html', 'parquet'), 'customers', 5_000_000)).not.toThrow();
  });
});

describe('a list that a workbook cannot hold', () => {
  const fixtures = join(import.meta.dirname, '../../../fixtures');
  const purchases = [join(fixtures, 'transactions.csv'), '--margin', '30%'];
  const subscriptions = [join(fixtures, 'subscriptions.csv'), '--margin', '30%', '--contract', '1m'];
  const xlsx = formatNamed('xlsx')!;
  const { mostRows } = xlsx;
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'clv-long-'));
    Object.assign(xlsx, { mostRows: 100 });
  });
  afterEach(() => {
    Object.assign(xlsx, { mostRows });
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['compute', purchases],
    ['compute', subscriptions],
    ['audit', purchases],
    ['audit', subscriptions],
  ])('E464: %s of %j is refused once customers are counted, before models are fitted', async (command, words) => {
    const said: string[] = [];
    const stderr = vi.spyOn(process.stderr, 'write').mockImplementation((text) => said.push(String(text)) > 0);
    const code = await main([
      command,
      ...words,
      '--verbose',
      '-o',
      join(folder, 'a.csv'),
      '-o',
      join(folder, 'a.xlsx'),
    ]);
    stderr.mockRestore();
    expect(code).toBe(2);
    expect(said.join('')).toMatch(
      /rolling up customers[\s\S]*error\[E464\] the list of customers has more rows .* 100 /,
    );
    expect(said.join('')).not.toContain('fitting');
    expect(readdirSync(folder)).toEqual([]);
  });
});
