import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { main } from '../../../src/main.ts';

it('a market of which no share is known has no picture, in a page and in a workbook', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'clv-share-'));
  try {
    const [log, costs] = [join(import.meta.dirname, '../../../fixtures/transactions.csv'), join(folder, 'costs.csv')];
    const products = ['beans', 'capsules', 'accessories', 'courses', 'machines'];
    writeFileSync(costs, `product,unit_cost\n${products.map((product) => `${product},90\n`).join('')}`);
    const chosen = ['--model', 'pareto-nbd', '--season', 'none', '-qq'];
    const market = ['--margins', costs, '--market-equity', '1000'];
    const outputs = ['share.html', 'share.xlsx'].flatMap((name) => ['-o', join(folder, name)]);
    expect(await main(['share', log, ...market, ...chosen, ...outputs])).toBe(0);
    const page = readFileSync(join(folder, 'share.html'), 'utf8');
    expect(page).toContain('The market');
    expect(page).not.toContain('<svg');
  } finally {
    rmSync(folder, { recursive: true });
  }
});
