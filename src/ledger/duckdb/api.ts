/** The engine's own module: it is built into the program as one file, since loading its two hundred takes as long as a small log. */
export * as duckdb from '@duckdb/node-api';
