/** Reads, fits, values and reports a file so many times through the library, and prints after each what the process then holds. */
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import * as clv from '../../dist/index.js';

const [file, rounds] = process.argv.slice(2);

/** How much a report has, or the code of an error where the data do not suffice for a fit. */
async function round() {
  const scratch = mkdtempSync(join(tmpdir(), 'round-'));
  const ledger = await clv.openDuckDB(scratch);
  try {
    return await reported(ledger, scratch);
  } catch (error) {
    if (/^E3\d\d$/.test(error.code)) return error.code;
    throw error;
  } finally {
    await ledger.close();
    rmSync(scratch, { recursive: true });
  }
}

async function reported(ledger, scratch) {
  const transactions = await clv.openTransactions([file], { scratch });
  const read = await transactions.load(['region'], ledger);
  const margin = { rate: new clv.Decimal('0.3'), rules: null };
  clv.reconcile(read.totals, await ledger.load({ keys: ['region'], by: [0], fitBy: [], margin, costs: null }));
  const settings = clv.valuing({ discountRate: new clv.Decimal('0.1') });
  const { spend, spendFrom } = settings;
  await ledger.rollUp({ asOf: null, spendFrom, fillMeans: spend.fillsMeans });
  await clv.valueCustomers(ledger, settings, { interval: 'covariance', pool: false });
  const customers = clv.customersSection({ blocks: ledger.customers() }, ['region'], 1, 2);
  const report = { command: 'round', document: [['customers', customers]], main: 'customers', views: [] };
  let bytes = 0;
  for await (const chunk of clv.formatNamed('csv').write(report, { width: 100, color: false })) bytes += chunk.length;
  return bytes;
}

// The runtime opens a file with the first stream it makes: that of what is printed, before the first count.
process.stdout.write('');
for (let i = 0; i < Number(rounds); i++) {
  const bytes = await round();
  globalThis.gc();
  const { rss, heapUsed, external } = process.memoryUsage();
  const files = readdirSync('/proc/self/fd').length;
  console.log(JSON.stringify({ bytes, rss, heap: heapUsed + external, files, left: readdirSync(tmpdir()).length }));
}
