/** Loaded before the program: its engine has as many threads as TORTURE_THREADS says, however many processors there are. */
import { DuckDBInstance } from '@duckdb/node-api';

const create = DuckDBInstance.create;
DuckDBInstance.create = (path, options) =>
  create.call(DuckDBInstance, path, { ...options, threads: process.env['TORTURE_THREADS'] });
