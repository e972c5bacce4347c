/** What programs may import. */
export { ONE } from './base/decimal.ts';
export { openDuckDB } from './ledger/duckdb/open.ts';
export { gammaGamma } from './models/gamma-gamma.ts';
export { paretoNbd } from './models/pareto-nbd.ts';
export { openTransactions } from './reader/transactions.ts';
