/** What programs may import. */
export { ONE } from './base/decimal.ts';
export { openDuckDB } from './ledger/duckdb/open.ts';
export { paretoNbd } from './models/pareto-nbd/pareto-nbd.ts';
export { gammaGamma } from './models/spend/gamma-gamma.ts';
export { openTransactions } from './reader/transactions.ts';
