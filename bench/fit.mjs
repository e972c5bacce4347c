// The fit alone: node bench/fit.mjs LOG.csv prints the seconds that the model takes on the states of a log.
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { buyingModel, Decimal, openDuckDB, openTransactions, spendModel } from '../dist/index.js';

const scratch = mkdtempSync(join(tmpdir(), 'clv-fit-'));
const ledger = await openDuckDB(scratch);
try {
  const transactions = await openTransactions([process.argv[2]], { scratch });
  await transactions.load([], ledger);
  await ledger.load({ keys: [], by: [], fitBy: [], margin: { rate: new Decimal(1), rules: null }, costs: null });
  await ledger.rollUp({ asOf: null, spendFrom: 'repeat', fillMeans: false });
  const { states } = await ledger.states();
  const spend = await ledger.spendStates();
  const start = performance.now();
  buyingModel('pareto-nbd').fit(states);
  spendModel('gamma-gamma').fit(spend);
  console.log(JSON.stringify({ states: states.length, seconds: (performance.now() - start) / 1e3 }));
} finally {
  await ledger.close();
  rmSync(scratch, { recursive: true, force: true });
}
