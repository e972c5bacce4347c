import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isoOf } from '../src/base/calendar.ts';
import { ONE } from '../src/base/decimal.ts';
import { unitsText } from '../src/base/money.ts';
import { openDuckDB } from '../src/ledger/duckdb/open.ts';
import { openTransactions } from '../src/reader/transactions.ts';
import { reconcile } from '../src/valuation/reconcile.ts';
import { runs } from './runs.ts';

/** Rolls a file up; by which path it went, and what the ledger makes of it. */
async function rolled(text: string) {
  const scratch = mkdtempSync(join(tmpdir(), 'clv-paths-'));
  const ledger = await openDuckDB(scratch);
  try {
    const file = join(scratch, 'data.csv');
    writeFileSync(file, text);
    const transactions = await openTransactions([file], { scratch });
    const read = await transactions.load(['region'], ledger);
    const plan = { keys: ['region'], by: [0], fitBy: [], margin: { rate: ONE, rules: null }, costs: null };
    const totals = await ledger.load(plan);
    reconcile(read.totals, totals);
    const population = await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
    const [states, spend] = [await ledger.states(), await ledger.spendStates()];
    return { plain: read.files[0]!.plain, facts: { totals, population, states, spend } };
  } finally {
    await ledger.close();
    rmSync(scratch, { recursive: true, force: true });
  }
}

const row = fc.record({
  id: fc.constantFrom('a', '007', 'Ünal, "B"', '__proto__', '=1+1', "o'x"),
  day: fc.integer({ min: 19000, max: 19060 }),
  units: fc.bigInt(-(10n ** 7n), 10n ** 18n - 1n),
  region: fc.constantFrom('', 'north', 'süd', '(none)', 'a,b'),
});

const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

describe('both paths into the ledger', () => {
  it('give the same totals, customers and states, whatever the rows', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(row, { minLength: 1, maxLength: 30 }), async (rows) => {
        const lines = rows.map(({ id, day, units, region }) =>
          [id, isoOf(day), unitsText(units, 4), region].map(cell).join(','),
        );
        const plain = await rolled(['customer,date,amount,region', ...lines].join('\n'));
        const noted = await rolled(
          ['customer,date,amount,region,note', ...lines.map((line) => `${line},"x\n\ny"`)].join('\n'),
        );
        expect([plain.plain, noted.plain]).toEqual([true, false]);
        expect(noted.facts).toEqual(plain.facts);
      }),
      { numRuns: runs(20) },
    );
  });
});
