export type { Row, Store as DuckDBSession } from './store.ts';
